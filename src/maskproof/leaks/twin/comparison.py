"""
Compares two sessions of one journey with two personas: every difference that is not declared is a finding.

It catches codings that nobody thought of: whatever depends on what was typed makes the sessions differ. Every field of
every message is compared, except those that `run_to_run` names with a reason. The whole history of a node is compared,
so that a text that was there for a moment cannot hide behind a later one.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from maskproof.leaks.channels import channel_of
from maskproof.leaks.findings import Finding
from maskproof.leaks.twin.facts import TIMING, Place, SessionFacts, facts_of, settled
from maskproof.leaks.twin.run_to_run import ECHOES, REQUESTS, SIZES
from maskproof.openreplay.session import SessionView

STARS = re.compile(r"\*+(?:[\s@.]+\*+)*")
NOT_SHARED = "[not in both]"
NOTHING = "(nothing)"
# Most characters of a text whose shape is shown.
SHOWN = 60
# Typing is sampled by the clock: which beginnings are recorded differs from run to run.
TYPED = frozenset({("SetInputValue", "Value"), ("SetNodeData", "Data")})


@dataclass(frozen=True, slots=True)
class Volatile:
    """
    Nondeterminism that a form fixture declares; an empty field matches everything.

    `selector` is one step of a node's path, e.g. `input#code`, or the end of one: `#code`. `why` is the reason.

    Raises:
        ValueError: All fields are empty: everything would be declared.

    """

    message: str = ""
    field: str = ""
    selector: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        """Refuse a declaration of everything."""
        if not (self.message or self.field or self.selector):
            raise ValueError("a declaration of nondeterminism has to name a message, a field or a selector")

    def covers(self, place: Place) -> bool:
        """Whether a place is declared to differ."""
        return (
            self.message in {"", place.message}
            and self.field in {"", place.field}
            and (not self.selector or any(self._names(step) for step in re.split(r" >+ ", place.node)))
        )

    def _names(self, step: str) -> bool:
        return step == self.selector or (self.selector[0] in "#.[" and step.endswith(self.selector))

    def count(self, *sides: SessionFacts) -> int:
        """In how many places of some sessions it applies."""
        return sum(1 for place in {place for side in sides for place in side.at} if self.covers(place))

    def __str__(self) -> str:
        """What is declared."""
        return " ".join(part for part in (".".join(filter(None, (self.message, self.field))), self.selector) if part)


def compare_twins(
    first: SessionView,
    second: SessionView,
    *,
    session_id: str,
    volatile: Sequence[Mapping[str, str]] = (),
) -> list[Finding]:
    """
    The differences between two sessions of a journey.

    Args:
        first: The journey with one persona.
        second: The same journey with another persona.
        session_id: The session's id in findings: that of the first.
        volatile: Declared nondeterminism: message, field and CSS selector, each optional, at least one.

    Returns:
        One finding for each message, field and node: of kind `length` where only numbers of mask characters or
        sizes differ, else `difference`. A path that only one session has is not reported: it may hold a value.

    Raises:
        ValueError: A declaration names no message, field or selector.

    """
    return compare_facts(facts_of(first), facts_of(second), session_id=session_id, volatile=volatile)


def compare_fields(
    first: Iterable[tuple[str, str, str]], second: Iterable[tuple[str, str, str]], *, session_id: str, system: str
) -> list[Finding]:
    """
    The differences between two lists of texts that are not messages of a session.

    Args:
        first: Message, field and text of each, with one persona.
        second: The same with another persona.
        session_id: The session's id in findings.
        system: The system's name in findings, e.g. `umami`.

    """
    sides = (SessionFacts(), SessionFacts())
    for facts, given in zip(sides, (first, second), strict=True):
        for message, name, text in given:
            facts.add(message, name, "", settled(message, name, text))
    return compare_facts(*sides, session_id=session_id, system=system)


def compare_facts(
    first: SessionFacts,
    second: SessionFacts,
    *,
    session_id: str,
    volatile: Sequence[Mapping[str, str]] = (),
    system: str = "openreplay",
) -> list[Finding]:
    """
    The places at which two sessions differ; see `compare_twins`.

    Args:
        first: What the session with one persona says.
        second: What the session with another persona says.
        session_id: The session's id in findings.
        volatile: Declared nondeterminism.
        system: The system's name in findings.

    Raises:
        ValueError: A declaration names no message, field or selector.

    """
    declared = tuple(Volatile(**declaration) for declaration in volatile)
    shared = first.nodes & second.nodes
    found: dict[Finding, None] = {}
    for place in dict.fromkeys((*first.at, *second.at)):
        if _is_missed(place, first, second) or _is_missed(place, second, first):
            continue
        mine, others = first.at.get(place, []), second.at.get(place, [])
        if (place.message, place.field) in ECHOES:
            mine, others = _unrepeated(mine, others, second), _unrepeated(others, mine, first)
        kind = _difference(place, mine, others)
        if kind and not any(rule.covers(place) for rule in declared):
            node = _shown(place, shared)
            shapes = (_shape_of_first(mine, others), _shape_of_first(others, mine))
            found[_finding(kind, place, node, session_id, system, shapes)] = None
    return list(found)


def _is_missed(place: Place, noted: SessionFacts, other: SessionFacts) -> bool:
    """Whether the tracker noted a request in one session and, by the clock, missed it in another that has its URL."""
    return (
        place.message in REQUESTS
        and place in noted.at
        and place.node not in other.nodes
        and place.node in other.at.get(TIMING, ())
    )


def _shown(place: Place, shared: frozenset[str]) -> str:
    if place.message in REQUESTS:
        return ""
    return place.node if place.node in shared else NOT_SHARED


def _difference(place: Place, mine: Sequence[str], others: Sequence[str]) -> str:
    """The kind of finding for two histories; empty where they do not differ."""
    if (place.message, place.field) in TYPED:
        mine, others = _without_beginnings(mine, others), _without_beginnings(others, mine)
    if set(mine) == set(others):
        return ""
    return "length" if {*map(_lengthless(place), mine)} == {*map(_lengthless(place), others)} else "difference"


def _unrepeated(mine: Sequence[str], others: Sequence[str], other: SessionFacts) -> list[str]:
    """The texts of one session, without those that the other session says elsewhere."""
    return [text for text in mine if text in others or not other.repeats(text)]


def _without_beginnings(history: Sequence[str], other: Sequence[str]) -> Sequence[str]:
    """A history without beginnings of texts that both histories have."""
    shared = [text for text in history if text in other]
    return [text for text in history if text in other or not any(whole.startswith(text) for whole in shared)]


def _lengthless(place: Place) -> Callable[[str], str]:
    """A function that removes lengths from the texts of a place: a size, a mask above 0, runs of stars."""
    if place.field in SIZES:
        return lambda _: "some"
    if place.field == "Mask":
        return lambda mask: "some" if int(mask) > 0 else mask
    return lambda text: STARS.sub("*", text)


def _shape_of_first(mine: Sequence[str], others: Sequence[str]) -> str:
    """The shape of the first text that only one history has: enough to recognise the cause, and no letter of it."""
    text = next((text for text in mine if text not in others), None)
    if text is None:
        return NOTHING
    shape = "".join(map(_shape_of, text[:SHOWN]))
    return shape if len(text) <= SHOWN else f"{shape}\u2026 ({len(text)} characters)"


def _shape_of(character: str) -> str:
    if character.isdigit():
        return "9"
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return character


def _finding(kind: str, place: Place, node: str, session_id: str, system: str, shapes: tuple[str, str]) -> Finding:
    is_size = place.field in SIZES
    return Finding(
        kind=kind,
        system=system,
        session_id=session_id,
        channel="network size" if is_size else channel_of(place.message, place.field),
        message=place.message,
        field=place.field,
        node=node,
        source="twin run",
        offset=0,
        shapes=shapes,
    )
