"""Profiles for tests: the small one of the repository, with single values replaced in its text."""

import tomllib
from pathlib import Path
from typing import Any

from tests.unit.docs.pages import ROOT

SMALL = ROOT / "deploy/profiles/small.toml"


def written(path: Path, replacements: dict[str, str]) -> Path:
    """
    Write the small profile with lines replaced.

    Args:
        path: Where.
        replacements: Old text to new text; each old text has to be there.

    """
    text = SMALL.read_text(encoding="utf-8")
    for old, new in replacements.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path


def data() -> dict[str, Any]:
    """The small profile as plain data."""
    return tomllib.loads(SMALL.read_text(encoding="utf-8"))
