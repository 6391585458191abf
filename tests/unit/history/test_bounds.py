"""The lower bound of a share."""

import pytest

from maskproof.history.bounds import lower_bound


@pytest.mark.parametrize(
    ("successes", "trials", "expected"),
    [(100, 100, 0.9705), (10, 10, 0.7411), (1, 1, 0.05), (99, 100, 0.9534), (5, 10, 0.2224), (0, 10, 0.0)],
)
def test_it_is_the_exact_one_sided_bound(successes: int, trials: int, expected: float) -> None:
    """Values of Clopper and Pearson's tables, at 95 %."""
    assert lower_bound(successes, trials) == pytest.approx(expected, abs=1e-4)


def test_nothing_sent_proves_nothing() -> None:
    """There is no share of nothing."""
    assert lower_bound(0, 0) is None


def test_many_trials_are_no_fault() -> None:
    """Products of large and small numbers neither overflow nor vanish."""
    bound = lower_bound(19_990, 20_000)
    assert bound is not None
    assert 0.9990 < bound < 0.9995
