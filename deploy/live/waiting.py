"""Waits for a condition of a deployment, with a deadline."""

import time
from collections.abc import Callable

POLL_SECONDS = 5


def wait_for(what: str, condition: Callable[[], bool], seconds: float) -> float:
    """
    Wait until a condition holds, and return how many seconds it took.

    Args:
        what: What is waited for, for the message.
        condition: Whether it holds.
        seconds: The deadline.

    """
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > seconds:
            raise AssertionError(f"{what}: not after {seconds:.0f} s")
        time.sleep(POLL_SECONDS)
    return time.monotonic() - started
