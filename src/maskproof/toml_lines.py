"""
Finds the line of a value in a TOML file, for error messages: the standard library's parser keeps no lines.

A value is complete in the first line whose text up to there parses and has it, and it begins behind the last line whose
text up to there parsed before.
"""

import tomllib
from collections.abc import Sequence
from typing import Any


def line_of(text: str, names: Sequence[str | int]) -> int:
    """
    The line that a value begins in; that of the nearest table around it if it is not there.

    Args:
        text: A valid TOML file.
        names: The names that lead to the value; an index leads to the line of its list.

    """
    wanted = [name for name in names if isinstance(name, str)]
    lines = text.splitlines(keepends=True)
    found, depth, begins = 1, 0, 1
    for number in range(1, len(lines) + 1):
        try:
            data = tomllib.loads("".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue
        if (reached := _depth(data, wanted)) > depth:
            found, depth = begins, reached
        begins = number + 1
    return found


def _depth(data: Any, names: Sequence[str]) -> int:  # noqa: ANN401 - TOML
    """How many of the names are there, one within the other."""
    for depth, name in enumerate(names):
        if not isinstance(data, dict) or name not in data:
            return depth
        data = data[name]
    return len(names)
