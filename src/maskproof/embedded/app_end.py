"""The error of a program of the application that ended by itself: its status, and the last thing that it said."""

import re
from pathlib import Path

from maskproof.errors import ConfigurationError
from maskproof.machine.failures import last_lines

IN_USE = re.compile("EADDRINUSE|address (is )?already in use", re.IGNORECASE)
OTHER_PROGRAM = "Its port is taken by another program: end that, or let the system choose"


def ended_by_itself(place: str, status: int, log: Path) -> ConfigurationError:
    """
    The error to raise.

    Args:
        place: Where the program is configured.
        status: What it ended with.
        log: What it said.

    """
    said = last_lines(log, 1).strip()
    is_taken = IN_USE.search(log.read_text(encoding="utf-8", errors="replace"))
    hint = f"{OTHER_PROGRAM} (port 0)." if is_taken else ""
    return ConfigurationError(
        f"{place}: ended with status {status}: {said or 'it said nothing'}",
        hint=f"{hint} Its messages are in {log}.".strip(),
    )
