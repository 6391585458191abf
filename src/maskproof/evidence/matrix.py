"""Forms by channels: what was looked at in each way out of the page, and what was found there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from maskproof.evidence.audit.sessions import Session
from maskproof.verdicts.results import Result


@dataclass(frozen=True, slots=True)
class Cell:
    """How many texts were searched, and how many findings fail."""

    looked_at: int
    found: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The channels, and for each form one cell for each of them."""

    channels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def matrix(sessions: Sequence[Session], results: Sequence[Result]) -> Matrix:
    """
    The matrix of a run, over all protocol versions of a form.

    Args:
        sessions: Every session that was kept.
        results: The results, whose findings have their channels.

    """
    looked_at: Counter[tuple[str, str]] = Counter()
    for session in sessions:
        for channel, count in (session.looked_at or {}).items():
            looked_at[session.form_id, channel] += count
    found = Counter((result.form, finding["channel"]) for result in results for finding in result.findings)
    channels = tuple(sorted({channel for _, channel in (*looked_at, *found)}))
    forms = sorted({form for form, _ in (*looked_at, *found)})
    rows = ((form, tuple(Cell(looked_at[form, name], found[form, name]) for name in channels)) for form in forms)
    return Matrix(channels, tuple(rows))
