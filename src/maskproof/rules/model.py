"""Masking rules as plain values."""

from dataclasses import dataclass
from pathlib import Path

TREATMENTS = ("hidden", "obscured", "plain")


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One rule; it matches an element if any of its matchers does.

    `names` are regular expressions on an input's name or id, without regard to case; `autocomplete`
    are tokens; `types` are input types. Of several rules that match, hidden wins over obscured, and
    obscured over plain.
    """

    id: str
    category: str
    treatment: str
    why: str
    selectors: tuple[str, ...]
    names: tuple[str, ...]
    autocomplete: tuple[str, ...]
    types: tuple[str, ...]
    source: Path
    line: int
