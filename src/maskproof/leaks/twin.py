"""
Two sessions of one journey with two personas: what differs, once declared nondeterminism is taken out.

It catches codings that nobody thought of: whatever depends on what was typed makes the two differ.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from maskproof.leaks.channels import channel_of
from maskproof.leaks.findings import Finding
from maskproof.openreplay.session import SessionView, StringField

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
# Whether one of these is noted can be chance (a request that was under way when recording began): it differs
# only where each of the two has one that the other has not.
BY_CHANCE = frozenset({"NetworkRequest", "NetworkRequestDeprecated", "SelectionChange"})
PORT = re.compile(r"(127\.0\.0\.1|localhost):\d+")


@dataclass(frozen=True, slots=True)
class Volatile:
    """Nondeterminism that a form fixture declares; what is empty matches everything."""

    message: str = ""
    field: str = ""
    selector: str = ""

    def covers(self, message: str, field: str, node: str) -> bool:
        """Whether a field of a message at a node (CSS path) is declared."""
        return (
            (not self.message or self.message == message)
            and (not self.field or self.field == field)
            and (not self.selector or self.selector in node)
        )


# Message, field, node and text.
Fact = tuple[str, str, str, str]


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
    places = _different(_facts(first, declared), _facts(second, declared))
    return [_finding(*place, session_id, "openreplay") for place in places]


def compare_events(first: Iterable[Fact], second: Iterable[Fact], *, session_id: str) -> list[Finding]:
    """
    What the analytics events of one of two sessions have and those of the other have not.

    Args:
        first: Kind, field, event and text of everything that was stored with one persona.
        second: The same with another.
        session_id: What findings call the pair.

    """
    return [_finding(*place, session_id, "umami") for place in _different(first, second)]


def _different(first: Iterable[Fact], second: Iterable[Fact]) -> list[tuple[str, str, str]]:
    """
    Places (message, field, node) where one has a text that the other has not.

    Texts are compared as sets: how often each was noted depends on how long a value is, key by key.
    """
    one, other = dict.fromkeys(first), dict.fromkeys(second)
    mine = {fact[:3]: None for fact in one if fact not in other}
    theirs = {fact[:3]: None for fact in other if fact not in one}
    return [place for place in {**mine, **theirs} if place[0] not in BY_CHANCE or (place in mine and place in theirs)]


def _facts(view: SessionView, volatile: Sequence[Volatile]) -> Iterator[Fact]:
    """
    Everything that does not change from run to run.

    Of what belongs to a node the last state counts, attribute by attribute; of anything else each message.
    """
    last: dict[tuple[object, ...], list[Fact]] = {}
    for number, message in enumerate(_grouped(view)):
        first = message[0]
        if first.message in RUN_MESSAGES:
            continue
        texts = {one.field: PORT.sub(r"\1", one.text) for one in message if one.field not in RUN_FIELDS}
        declared = {field for field in texts if any(_is_declared(rule, first, field) for rule in volatile)}
        facts = [(first.message, field, first.path, text) for field, text in texts.items() if field not in declared]
        last[_key(first, texts, number)] = facts
    for facts in last.values():
        yield from facts
    yield from _mask_lengths(view, volatile)


def _grouped(view: SessionView) -> Iterator[list[StringField]]:
    """The texts of one message together."""
    for _, texts in groupby(view.strings, key=lambda one: (one.source, one.offset, one.message)):
        yield list(texts)


def _key(first: StringField, texts: Mapping[str, str], number: int) -> tuple[object, ...]:
    """What a later message replaces: the same message of the same node and attribute."""
    if first.node is not None:
        return first.message, id(first.document), first.node, texts.get("Name")
    return (number,)


def _mask_lengths(view: SessionView, volatile: Sequence[Volatile]) -> Iterator[Fact]:
    """The last mask of every input: as long as what was typed, unless something hides it."""
    last: dict[str, str] = {}
    for fields in view.fields("SetInputValue"):
        node = view.documents[-1].path(int(str(fields["ID"])))
        if not any(rule.covers("SetInputValue", "Mask", node) for rule in volatile):
            last[node] = str(fields["Mask"])
    for node, mask in last.items():
        yield "SetInputValue", "Mask", node, mask


def _is_declared(rule: Volatile, first: StringField, field: str) -> bool:
    return rule.covers(first.message, field, first.path)


def _finding(message: str, field: str, node: str, session_id: str, system: str) -> Finding:
    return Finding(
        kind="difference",
        gating=True,
        accepted_by=None,
        value_id="",
        category="",
        system=system,
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
