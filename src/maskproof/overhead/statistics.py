"""
Paired differences to a verdict: the Hodges-Lehmann estimate, with the bounds of Wilcoxon's signed-rank test.

Both use every pair, and a few wild ones move them little. Nothing is assumed of the differences but that they
spread alike to both sides: those of two visits do that the same machine disturbs, however it does (the difference
to the mean of several would not).
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
        differences_ms: One a pair, in milliseconds.
        confidence: Of each bound alone, e.g. 0.95; so few pairs that none has it are bounded by their extremes.

    """
    values = np.asarray(differences_ms, dtype=float)
    firsts, seconds = np.triu_indices(len(values))
    means = np.sort((values[firsts] + values[seconds]) / 2)
    outside = max(1, _means_outside(len(values), 1 - confidence))
    return Interval(float(np.median(means)), float(means[outside - 1]), float(means[-outside]))


@cache
def _means_outside(pairs: int, error: float) -> int:
    """Which of the sorted means is a bound, counted from its end: the last that signed ranks leave out by chance."""
    chances = np.ones(1)  # of each sum of the ranks of positive differences, if either sign is as likely
    for rank in range(1, pairs + 1):
        chances = (np.pad(chances, (0, rank)) + np.pad(chances, (rank, 0))) / 2
    return int(np.searchsorted(np.cumsum(chances), error, side="right"))


def judge(name: str, differences_ms: Sequence[float], *, margin_ms: float, confidence: float) -> Metric:
    """
    One metric's verdict.

    Args:
        name: The metric.
        differences_ms: One a pair, in milliseconds.
        margin_ms: What the upper bound has to stay under.
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
