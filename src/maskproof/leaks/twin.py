"""
Two sessions of one journey with two personas: what differs, once declared nondeterminism is taken out.

It catches codings that nobody thought of: whatever depends on what was typed makes the two differ.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maskproof.leaks.channels import channel_of
from maskproof.leaks.findings import Finding
from maskproof.openreplay.session import SessionView

# What two runs of one journey never share: clocks, coordinates, sizes, timings, ids of the run.
RUN_MESSAGES = frozenset(
    {
        "Timestamp", "TabData", "TabChange", "BatchMetadata", "MouseMove", "SetViewportScroll", "SetNodeScroll",
        "PerformanceTrack", "PageLoadTiming", "PageRenderTiming", "ResourceTiming", "WebVitals", "LongAnimationTask",
        "ConnectionInformation", "SetViewportSize", "SetPageVisibility",
        "UnbindNodes", "MouseThrashing", "SetNodeFocus",
        "StringDictGlobal", "StringDict", "NodeAnimationResult", "TechnicalInfo", "CreateElementNode", "CreateTextNode",
        "MoveNode", "RemoveNode", "CreateDocument", "IssueEvent",
    }
)  # fmt: skip
RUN_FIELDS = frozenset(
    {
        "Timestamp", "NavigationStart", "HesitationTime", "InputDuration", "Duration", "NormalizedX", "NormalizedY",
        "SelectionStart", "SelectionEnd", "TransferredBodySize", "ActionTime", "ID", "StartTime", "EndTime",
    }
)  # fmt: skip
PORT = re.compile(r"(127\.0\.0\.1|localhost):\d+")


@dataclass(frozen=True, slots=True)
class Volatile:
    """Nondeterminism that a form fixture declares; what is empty matches everything."""

    message: str = ""
    field: str = ""
    selector: str = ""


def compare_twins(
    first: SessionView,
    second: SessionView,
    *,
    session_id: str,
    volatile: Sequence[Mapping[str, str]] = (),
) -> list[Finding]:
    """
    What one of two sessions of a journey has and the other has not.

    Args:
        first: The journey with one persona.
        second: The same journey with another.
        session_id: What findings call the pair: the first's id.
        volatile: Declared nondeterminism: message, field and CSS selector, each optional.

    Returns:
        One finding of kind `difference` for each message, field and node.

    """
    declared = tuple(Volatile(**one) for one in volatile)
    one, other = Counter(_facts(first, declared)), Counter(_facts(second, declared))
    places = {(message, field, node): None for message, field, node, _ in (*(one - other), *(other - one))}
    return [_finding(message, field, node, session_id) for message, field, node in places]


def _facts(view: SessionView, volatile: Sequence[Volatile]) -> Iterator[tuple[str, str, str, str]]:
    """Message, field, node and content of everything that does not change from run to run; histories by their end."""
    last: dict[tuple[str, str, str], str] = {}
    for one in view.strings:
        if one.message in RUN_MESSAGES or one.field in RUN_FIELDS:
            continue
        node = one.path
        if any(_is_declared(rule, one.message, one.field, node) for rule in volatile):
            continue
        last[one.message, one.field, node] = PORT.sub(r"\1", one.text)
    for fields in view.fields("SetInputValue"):
        node = view.documents[-1].path(int(str(fields["ID"])))
        if not any(_is_declared(rule, "SetInputValue", "Mask", node) for rule in volatile):
            last["SetInputValue", "Mask", node] = str(fields["Mask"])
    for (message, field, node), text in last.items():
        yield message, field, node, text


def _is_declared(rule: Volatile, message: str, field: str, node: str) -> bool:
    return (
        (not rule.message or rule.message == message)
        and (not rule.field or rule.field == field)
        and (not rule.selector or rule.selector in node)
    )


def _finding(message: str, field: str, node: str, session_id: str) -> Finding:
    return Finding(
        kind="difference",
        gating=True,
        accepted_by=None,
        value_id="",
        category="",
        system="openreplay",
        session_id=session_id,
        channel=channel_of(message, field),
        message=message,
        field=field,
        node=node,
        encoding=(),
        match="",
        source="twin run",
        offset=0,
    )
