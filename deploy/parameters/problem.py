"""One thing that is wrong with a profile, and small helpers of the rules."""

import re
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong: the parameter, what was expected and what came, and what to do."""

    name: str
    message: str
    hint: str = ""


def version_of(text: str) -> tuple[int, ...]:
    """The numbers of a version; empty for what is none."""
    return tuple(int(part) for part in text.split(".")) if re.fullmatch(r"\d+(\.\d+)*", text) else ()
