"""Masking rules as plain values."""

from dataclasses import dataclass
from pathlib import Path

TREATMENTS = ("hidden", "obscured", "plain")
MATCHERS = ("selectors", "names", "autocomplete", "types", "attributes")


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One rule; it matches an element if any of its matchers does.

    `names` are regular expressions on an input's name or id, without regard to case; `autocomplete`
    are tokens; `types` are input types. With `attributes`, the rule treats these attributes of what it matches, and
    nothing else of it. Of several rules that match, hidden wins over obscured, and
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
    attributes: tuple[str, ...] = ()
