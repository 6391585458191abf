"""Reads the documentation: its pages, their sections, and what they have in backquotes."""

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
PAGES = (*sorted(DOCS.rglob("*.md")), ROOT / "reports/README.md", ROOT / "README.md", ROOT / "CONTRIBUTING.md")
QUOTED = re.compile(r"`([^`\n]+)`")


@cache
def text_of(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def page(name: str) -> str:
    """The text of a page below `docs/`."""
    return text_of(DOCS / name)


def section(name: str, heading: str) -> str:
    """
    The text below one heading of a page, up to the next heading of its level.

    Args:
        name: The page, relative to `docs/`.
        heading: The whole line, with its number signs.

    """
    level = heading.partition(" ")[0]
    _, found, rest = page(name).partition(f"\n{heading}\n")
    assert found, f"{name} has no heading {heading!r}"
    return re.split(rf"^#{{2,{len(level)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def quoted(text: str) -> set[str]:
    """Every text in backquotes."""
    return set(QUOTED.findall(text))


def first_cells(rows: str) -> list[str]:
    """The first cell of each table row that begins with a text in backquotes."""
    return [line.split("|")[1] for line in rows.splitlines() if line.startswith("| `")]


def schema_of(name: str) -> dict[str, Any]:
    """One of the package's schemas."""
    schema: dict[str, Any] = json.loads(files("maskproof").joinpath("schemas", name).read_text(encoding="utf-8"))
    return schema
