"""
Clicks that led away from their page, and whose recording ended before them: the tracker had no chance to send them.

The tracker sends what it holds when its page is left, and no browser guarantees that this still goes out. Such a click
is lost with the end of its page, and not by itself: nothing that came after it may have arrived.
"""

from collections.abc import Iterator, Sequence

from maskproof.journey.model import Click, Ledger
from maskproof.openreplay.messages import BY_NAME
from maskproof.openreplay.session import SessionView

TIMESTAMP = BY_NAME["Timestamp"].id
BEGINNINGS = frozenset({BY_NAME["CreateDocument"].id, BY_NAME["SetPageLocation"].id})
# From the note of a click to the click itself: the browser first scrolls, and moves the pointer.
SLACK_MS = 500


def led_away(ledger: Ledger) -> list[Click]:
    """The clicks after which another document was loaded, before the next click."""
    after = [*(click.loads for click in ledger.clicks[1:]), len(ledger.loads)]
    return [click for click, loads in zip(ledger.clicks, after, strict=False) if loads > click.loads]


def ended_before(click: Click, view: SessionView) -> bool:
    """
    Whether nothing of a click's page arrived that came after it.

    Args:
        click: A click that led away from its page.
        view: The stored session.

    """
    if not click.time_ms:
        return False
    times, beginnings = _times(view)
    following = min((time for time in beginnings if time > click.time_ms), default=None)
    if following is None:
        return False  # where the next page is not recorded either, more is lost than a click
    return not any(click.time_ms + SLACK_MS < time < following for time in times)


def without_chance(missing: Sequence[Click], ledger: Ledger, view: SessionView) -> Iterator[Click]:
    """
    Those of the missing clicks that the tracker had no chance to send.

    Args:
        missing: The clicks that are not in the recording.
        ledger: What the browser did.
        view: The stored session.

    """
    left = led_away(ledger)
    yield from (click for click in missing if click in left and ended_before(click, view))


def _times(view: SessionView) -> tuple[list[int], list[int]]:
    """Every time of a session, and those at which a page began."""
    times, beginnings = [0], []
    for kind, values, *_ in view.records:
        if kind == TIMESTAMP:
            times.append(int(values[0]))
        elif kind in BEGINNINGS:
            beginnings.append(times[-1])
    return times, beginnings
