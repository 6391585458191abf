"""The share that a count proves: the exact (Clopper-Pearson) lower bound of a proportion."""

from math import comb, exp, fsum, log, log1p

CONFIDENCE = 0.95
STEPS = 60  # halvings of an interval of 1: beyond the precision of a float


def lower_bound(successes: int, trials: int, confidence: float = CONFIDENCE) -> float | None:
    """
    The smallest share for which at least so many successes would still be likely; one-sided.

    Of 100 that all arrived, it is 0.05 ** (1 / 100): nobody has shown more than 97 %.

    Args:
        successes: How many arrived.
        trials: How many were sent; without any there is no bound.
        confidence: How often the bound holds.

    """
    if trials <= 0:
        return None
    if successes <= 0:
        return 0.0
    rest = 1 - confidence
    if successes >= trials:
        return float(rest ** (1 / trials))
    low, high = 0.0, successes / trials
    for _ in range(STEPS):
        middle = (low + high) / 2
        if _at_least(successes, trials, middle) > rest:
            high = middle
        else:
            low = middle
    return low


def _at_least(successes: int, trials: int, share: float) -> float:
    """The probability of that many successes or more: of the losses, which are few, fewer than or as many as seen."""
    losses = trials - successes
    return fsum(
        exp(log(comb(trials, lost)) + lost * log1p(-share) + (trials - lost) * log(share)) for lost in range(losses + 1)
    )
