"""The verdict of paired differences."""

import math

import numpy as np
import pytest

from maskproof.errors import Inconclusive
from maskproof.overhead.statistics import MINIMUM_PAIRS, judge, paired_interval

SPREAD = [float(number) for number in range(20)]


def verdict(differences_ms: list[float], margin_ms: float = 50) -> str:
    """The verdict of one metric."""
    return judge("form_ready", differences_ms, margin_ms=margin_ms, confidence=0.95).verdict


def test_differences_well_under_the_margin_pass() -> None:
    """An upper bound under 50 ms is a pass."""
    assert verdict(SPREAD) == "pass"


def test_differences_well_over_the_margin_fail() -> None:
    """A lower bound over 50 ms is a fail."""
    assert verdict([60 + difference for difference in SPREAD]) == "fail"


@pytest.mark.parametrize("shift", [38, 40])
def test_an_interval_around_the_margin_is_inconclusive(shift: float) -> None:
    """Bounds on both sides of the margin prove nothing."""
    assert verdict([shift + difference for difference in SPREAD]) == "inconclusive"


@pytest.mark.parametrize("difference", [0.0, 500.0])
def test_too_few_pairs_are_inconclusive(difference: float) -> None:
    """Fewer than eight pairs are inconclusive, however clear they look."""
    assert verdict([difference] * (MINIMUM_PAIRS - 1)) == "inconclusive"
    assert verdict([difference] * MINIMUM_PAIRS) != "inconclusive"


@pytest.mark.parametrize("differences", [[], [1.0, math.nan] * 8, [1.0, math.inf] * 8], ids=["none", "nan", "inf"])
def test_what_was_not_timed_is_inconclusive(differences: list[float]) -> None:
    """A visit without a time gives neither a number nor a pass."""
    with pytest.raises(Inconclusive, match="form_ready"):
        judge("form_ready", differences, margin_ms=50, confidence=0.95)


def test_a_few_outliers_do_not_decide() -> None:
    """Two wild differences do not change the verdict, as they would change a mean."""
    assert verdict([*SPREAD, 5000.0, 5000.0]) == "pass"


def test_the_bounds_hold_the_median_between_them() -> None:
    """The median lies between the bounds, which widen with the confidence."""
    narrow, wide = (paired_interval(SPREAD, confidence=confidence) for confidence in (0.9, 0.99))
    assert wide.lower_ms <= narrow.lower_ms < narrow.median_ms == 9.5 < narrow.upper_ms <= wide.upper_ms


def test_estimate_and_bounds_are_those_of_the_textbook() -> None:
    """Hollander and Wolfe, Nonparametric Statistical Methods: the depression scores of nine patients."""
    before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30]
    after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
    interval = paired_interval([second - first for first, second in zip(before, after, strict=True)], confidence=0.975)
    bounds = (interval.median_ms, interval.lower_ms, interval.upper_ms)
    assert bounds == pytest.approx((-0.46, -0.786, -0.010), abs=1e-9)


@pytest.mark.parametrize("disturbance", ["exponential", "lognormal", "standard_normal"])
def test_a_bound_errs_as_often_as_it_says(disturbance: str) -> None:
    """Whatever disturbs both visits, about 5 in 100 upper bounds at 95 % lie under the true difference."""
    disturbed = getattr(np.random.default_rng(7), disturbance)
    differences = 50 + 20 * (disturbed(size=(1000, 20)) - disturbed(size=(1000, 20)))
    under = sum(paired_interval(list(sample), confidence=0.95).upper_ms < 50 for sample in differences)
    assert 0.03 < under / len(differences) < 0.07


def test_equal_differences_have_no_spread() -> None:
    """Median and both bounds of equal differences are that difference."""
    interval = paired_interval([3.0] * 9, confidence=0.95)
    assert (interval.lower_ms, interval.median_ms, interval.upper_ms) == (3.0, 3.0, 3.0)
