"""The budget of one file or text."""

from itertools import count

import pytest

from maskproof.leaks.budget import MEGABYTE, SHARE_OF_READ, Budget, OverBudget


def test_all_bytes_count_together() -> None:
    """What is unpacked in several places is spent from one sum, and less than nothing is never left."""
    budget = Budget(3 * MEGABYTE)
    budget.spend(2 * MEGABYTE)
    assert budget.left == MEGABYTE
    with pytest.raises(OverBudget, match="unpacks to more than 3 MB"):
        budget.spend(2 * MEGABYTE)
    assert budget.left == 0


def test_what_is_read_counts_by_a_share() -> None:
    """Reading the same bytes again and again ends, too, however little is read at once."""
    budget = Budget(10)
    for _ in range(10 * SHARE_OF_READ):
        budget.read(1)
    with pytest.raises(OverBudget):
        budget.read(SHARE_OF_READ)


def test_the_time_counts_from_the_beginning() -> None:
    """After the deadline, neither spending nor checking goes on."""
    budget = Budget(seconds=2, clock=map(float, count()).__next__)
    budget.check()
    budget.spend(1)
    for ask in (budget.check, lambda: budget.spend(1)):
        with pytest.raises(OverBudget, match="takes longer than 2 s"):
            ask()
