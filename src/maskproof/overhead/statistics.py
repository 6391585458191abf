"""Paired differences to a verdict: the median, with a bootstrap bound on either side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from maskproof.errors import Inconclusive
from maskproof.overhead.model import Metric
from maskproof.verdict import Verdict

RESAMPLES = 4000
SEED = 20261123
MINIMUM_PAIRS = 8


@dataclass(frozen=True, slots=True)
class Interval:
    """Median and one-sided bounds, in milliseconds."""

    median_ms: float
    lower_ms: float
    upper_ms: float


def paired_interval(differences_ms: Sequence[float], *, confidence: float) -> Interval:
    """
    Median of paired differences with percentile-bootstrap bounds.

    Args:
        differences_ms: One a pair, in milliseconds.
        confidence: Of each bound alone, e.g. 0.95.

    """
    import numpy as np  # a second to import: only what measures pays for it
    from scipy.stats import bootstrap

    values = np.asarray(differences_ms, dtype=float)
    middle = float(np.median(values))
    if np.all(values == values[0]):
        return Interval(middle, middle, middle)
    result = bootstrap(
        (values,),
        np.median,
        confidence_level=1 - 2 * (1 - confidence),
        n_resamples=RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(SEED),
    )
    interval = result.confidence_interval
    return Interval(middle, float(interval.low), float(interval.high))


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
