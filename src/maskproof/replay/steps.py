"""The steps of a stored session: the page before each click, and at the end."""

from typing import NamedTuple

from maskproof.openreplay.dom import DomDocument
from maskproof.openreplay.messages import BY_NAME, TIMESTAMP
from maskproof.openreplay.session import SessionView

CLICK = BY_NAME["MouseClick"].id


class Step(NamedTuple):
    """A step: what it is called, its time in ms since 1970, and the document of the first tab then."""

    title: str
    time_ms: int
    document: DomDocument


def steps_of(view: SessionView) -> list[Step]:
    """The steps of a session, in order; none if it holds no page."""
    times, now = dict[int, str](), 0
    for kind, values, _, _ in view.records:
        if kind == TIMESTAMP:
            now = max(now, int(values[0]))
        elif kind == CLICK and now:
            # Messages have the time of the last timestamp before them: what a click changes comes under the same one.
            times.setdefault(now - 1, "before a click")
    times[now] = "the end"
    steps: list[Step] = []
    for time_ms, title in sorted(times.items()):
        document = next(iter(view.documents_at(time_ms).values()), None)
        if document is not None and not document.is_empty:
            steps.append(Step(f"step {len(steps) + 1}: {title}", time_ms, document))
    return steps
