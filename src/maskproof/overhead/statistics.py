"""
Turns paired differences into a verdict: the Hodges-Lehmann estimate, with the bounds of Wilcoxon's signed-rank test.

Both use every pair, and a few outliers move them little. The only assumption is that the differences spread
symmetrically. That holds for two visits that the same machine disturbs, whatever the disturbance is. It would not hold
for the difference between one visit and the mean of several.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from maskproof.errors import Inconclusive
from maskproof.overhead.model import Metric
from maskproof.verdicts.verdict import Verdict

MINIMUM_PAIRS = 8


@dataclass(frozen=True, slots=True)
class Interval:
    """Hodges and Lehmann's median and its one-sided bounds, in milliseconds."""

    median_ms: float
    lower_ms: float
    upper_ms: float


def paired_interval(differences_ms: Sequence[float], *, confidence: float) -> Interval:
    """
    The median of all means of two differences (Hodges-Lehmann), with exact bounds.

    Args:
        differences_ms: One for each pair, in milliseconds.
        confidence: Of each bound alone, e.g. 0.95; with too few pairs for it, the bounds are the extremes.

    """
    values = np.asarray(differences_ms, dtype=float)
    firsts, seconds = np.triu_indices(len(values))
    means = np.sort((values[firsts] + values[seconds]) / 2)
    outside = max(1, _means_outside(len(values), 1 - confidence))
    return Interval(float(np.median(means)), float(means[outside - 1]), float(means[-outside]))


@cache
def _means_outside(pairs: int, error: float) -> int:
    """The place of a bound among the sorted means, counted from their end, by the distribution of signed ranks."""
    chances = np.ones(1)  # of each sum of the ranks of positive differences, if both signs are equally likely
    for rank in range(1, pairs + 1):
        chances = (np.pad(chances, (0, rank)) + np.pad(chances, (rank, 0))) / 2
    return int(np.searchsorted(np.cumsum(chances), error, side="right"))


def judge(name: str, differences_ms: Sequence[float], *, margin_ms: float, confidence: float) -> Metric:
    """
    One metric's verdict.

    Args:
        name: The metric.
        differences_ms: One for each pair, in milliseconds.
        margin_ms: The upper bound has to stay below it, in milliseconds.
        confidence: Of each bound alone.

    Raises:
        Inconclusive: There is no pair, or one was not timed.

    """
    if not differences_ms or not all(map(math.isfinite, differences_ms)):
        raise Inconclusive(f"{name}: {len(differences_ms)} pairs, and not all of them are numbers.")
    interval = paired_interval(differences_ms, confidence=confidence)
    verdict: Verdict = "inconclusive"
    if len(differences_ms) >= MINIMUM_PAIRS:
        if interval.upper_ms < margin_ms:
            verdict = "pass"
        elif interval.lower_ms > margin_ms:
            verdict = "fail"
    return Metric(
        name=name,
        pairs=len(differences_ms),
        median_ms=round(interval.median_ms, 2),
        lower_ms=round(interval.lower_ms, 2),
        upper_ms=round(interval.upper_ms, 2),
        verdict=verdict,
    )
