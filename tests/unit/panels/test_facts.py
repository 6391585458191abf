"""What panels show is held against what is known; each kind of fact is shown what agrees and what does not."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from maskproof.panels.facts import (
    Fact,
    Numbers,
    PerHour,
    Points,
    Row,
    Rows,
    Shown,
    Within,
    Word,
    amount,
    too_large,
    unproven,
)

HOUR = 3_600_000
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
TABLE = Rows((("/a", 5, 2), ("/b", 3, 3), ("/c", 1, 1)), limit=2, by=1)
HOURS = PerHour((HOUR + 1, HOUR + 2, 3 * HOUR + 1), late_ms=1_000)


def shown(*rows: Row, columns: tuple[str, ...] = ("time", "value")) -> Shown:
    return Shown(columns, rows)


AGREE: list[tuple[Fact, Shown]] = [
    (amount(3), shown((3,))),
    (amount(3), shown((Decimal("3.0000"),))),
    (amount(3, 4), shown((4,))),
    (Numbers(((8.0,), (5.0,))), shown((8, 5))),
    (Within(1, 2), shown((Decimal("1.5"),))),
    (Word("pass"), shown(("pass",))),
    (TABLE, shown(("/a", 5, 2), ("/b", 3, 3))),
    (Rows((("a", NOON),)), shown(("a", NOON.astimezone()))),
    (HOURS, shown((3600, 2), (10800, 1))),
    (HOURS, shown((Decimal(3600), 1), (0, 1), (7200, 1))),
    (Points(((NOON, 4.0),)), shown((NOON, Decimal(4)))),
]
DIFFER: list[tuple[Fact, Shown, str]] = [
    (amount(3), shown((2,)), "expected 3, shown 2"),
    (amount(3), shown((None,)), "expected 3, shown no number"),
    (amount(3), shown(("3",)), "shown no number"),
    (amount(3), shown((True,)), "shown no number"),
    (amount(3), shown(), "expected 1 row, shown 0"),
    (amount(3), shown((3,), (3,)), "expected 1 row, shown 2"),
    (amount(3), shown((3, 3)), "expected 1 numbers, shown 2"),
    (Numbers(((8.0,), (5.0,))), shown((5, 8)), "expected 8, shown 5"),
    (Within(1, 2), shown((3,)), "expected 1 to 2, shown 3"),
    (Within(1, 2), shown((None,)), "expected one number"),
    (Word("pass"), shown(("fail",)), "expected the word pass"),
    (Word("pass"), shown(), "expected the word pass"),
    (TABLE, shown(("/a", 5, 2)), "expected 2 rows, shown 1"),
    (TABLE, shown(("/a", 4, 2), ("/b", 3, 3)), "1 of 2 rows are none that was driven: 4, 2 where 5, 2 were driven"),
    (TABLE, shown(("/a", 5, 2), ("/x", 3, 3)), "their labels are unknown"),
    (TABLE, shown(("/a", 5, 2), ("/a", 5, 2)), "1 of 2 rows"),
    (TABLE, shown(("/b", 3, 3), ("/a", 5, 2)), "not in order"),
    (TABLE, shown(("/a", 5, 2), ("/c", 1, 1)), "rows with more are left out"),
    (HOURS, shown((3600, 2)), "expected 3 in all, shown 2"),
    (HOURS, shown((3600, 3)), "1 hours show another number"),
    (HOURS, shown((86400, 3)), "1 hours show another number"),
    (HOURS, shown((3600, 3), columns=("hour", "value")), "a first column named time"),
    (HOURS, shown((None, 3)), "rows of a time and one number"),
    (Points(((NOON, 4.0),)), shown((NOON, 5)), "1 of 1 rows"),
    (Points(((NOON, 4.0),)), shown((NOON, 4), columns=("finished_at", "v")), "a first column named time"),
]


@pytest.mark.parametrize(("fact", "table"), AGREE)
def test_what_agrees_is_no_difference(fact: Fact, table: Shown) -> None:
    """Whatever type the database gives a number."""
    assert fact.difference(table) == ""


@pytest.mark.parametrize(("fact", "table", "message"), DIFFER)
def test_what_differs_is_said(fact: Fact, table: Shown, message: str) -> None:
    """With both numbers."""
    assert message in fact.difference(table)


def test_no_label_is_in_what_is_said() -> None:
    """A path or a name can hold what somebody typed."""
    said = TABLE.difference(shown(("/user/jane@example.com", 5, 2), ("/b", 3, 3)))
    assert said
    assert "jane" not in said


def test_facts_that_are_nothing_prove_nothing() -> None:
    """A panel that shows zero for everything would agree with them."""
    nothing: dict[str, Fact] = {
        "a": amount(0),
        "b": Rows(()),
        "c": PerHour(()),
        "d": Points(()),
        "e": Numbers(((0.0,), (0.0,))),
    }
    assert set(unproven({**nothing, "f": amount(1), "g": Word("pass"), "h": TABLE})) == set(nothing)


def test_numbers_that_grafana_rounds_are_found() -> None:
    """Ids of sessions pass 2^53; as texts they are left alone."""
    assert "column id" in too_large(shown((2**53 + 1,), columns=("id",)))
    assert too_large(shown((str(2**60), 2**52), columns=("id", "n"))) == ""
