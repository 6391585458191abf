"""Prints on standard error what set-up is doing and how long each step took."""

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager


def note(text: str) -> None:
    """Print one line of progress on standard error."""
    print(f"maskproof: {text}", file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Generator[None]:
    """
    Print that a step begins, and then how many seconds it took, or after how many seconds it failed.

    Args:
        title: What the step does, e.g. `build Umami`.

    """
    note(f"{title} ...")
    started = time.monotonic()
    try:
        yield
    except BaseException:
        note(f"{title}: failed after {time.monotonic() - started:.1f} s")
        raise
    note(f"{title}: {time.monotonic() - started:.1f} s")
