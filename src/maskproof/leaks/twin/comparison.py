"""
Two sessions of one journey with two personas: what differs, once declared nondeterminism is taken out.

It catches codings that nobody thought of: whatever depends on what was typed makes the two differ. Every field
of every message is compared but for those that `run_to_run` names with a reason; what a node or a message
went through is compared as a whole, so that what was there for a moment cannot hide behind what came after.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from maskproof.leaks.channels import channel_of
from maskproof.leaks.findings import Finding
from maskproof.leaks.twin.facts import TIMING, Facts, Place, facts_of, settled
from maskproof.leaks.twin.run_to_run import ECHOES, REQUESTS, SIZES
from maskproof.openreplay.session import SessionView

STARS = re.compile(r"\*+(?:[\s@.]+\*+)*")
NOT_SHARED = "[not in both]"
# What is typed is sampled by the clock: which beginnings of it are seen differs from run to run.
TYPED = frozenset({("SetInputValue", "Value"), ("SetNodeData", "Data")})


@dataclass(frozen=True, slots=True)
class Volatile:
    """
    Nondeterminism that a form fixture declares; what is empty matches everything.

    `selector` is one step of a node's path, e.g. `input#code`, or the end of one: `#code`.

    Raises:
        ValueError: All is empty: everything would be declared.

    """

    message: str = ""
    field: str = ""
    selector: str = ""

    def __post_init__(self) -> None:
        """Refuse a declaration of everything."""
        if not (self.message or self.field or self.selector):
            raise ValueError("a declaration of nondeterminism has to name a message, a field or a selector")

    def covers(self, place: Place) -> bool:
        """Whether what stands at a place is declared to differ."""
        return (
            self.message in {"", place.message}
            and self.field in {"", place.field}
            and (not self.selector or any(self._names(step) for step in re.split(r" >+ ", place.node)))
        )

    def _names(self, step: str) -> bool:
        return step == self.selector or (self.selector[0] in "#.[" and step.endswith(self.selector))


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
        volatile: Declared nondeterminism: message, field and CSS selector, each optional, one at least.

    Returns:
        One finding for each message, field and node: of kind `length` where only numbers of mask characters or
        sizes differ, else `difference`. A path that only one of the two has is not told: it may hold a value.

    """
    return compare_facts(facts_of(first), facts_of(second), session_id=session_id, volatile=volatile)


def compare_fields(
    first: Iterable[tuple[str, str, str]], second: Iterable[tuple[str, str, str]], *, session_id: str, system: str
) -> list[Finding]:
    """The same for anything else than messages: of each text its message, its field and itself."""
    sides = (Facts(), Facts())
    for facts, given in zip(sides, (first, second), strict=True):
        for message, name, text in given:
            facts.add(message, name, "", settled(message, name, text))
    return compare_facts(*sides, session_id=session_id, system=system)


def compare_facts(
    first: Facts,
    second: Facts,
    *,
    session_id: str,
    volatile: Sequence[Mapping[str, str]] = (),
    system: str = "openreplay",
) -> list[Finding]:
    """The places at which two sessions differ; see `compare_twins`."""
    declared = tuple(Volatile(**one) for one in volatile)
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
            found[_finding(kind, place, node, session_id, system)] = None
    return list(found)


def _is_missed(place: Place, one: Facts, other: Facts) -> bool:
    """Whether a request was noted in one session and, by the clock, not in the other, which knows its address."""
    return (
        place.message in REQUESTS
        and place in one.at
        and place.node not in other.nodes
        and place.node in other.at.get(TIMING, ())
    )


def _shown(place: Place, shared: frozenset[str]) -> str:
    if place.message in REQUESTS:
        return ""
    return place.node if place.node in shared else NOT_SHARED


def _difference(place: Place, mine: Sequence[str], others: Sequence[str]) -> str:
    """The kind of finding that two histories are, or nothing."""
    if (place.message, place.field) in TYPED:
        mine, others = _without_beginnings(mine, others), _without_beginnings(others, mine)
    if set(mine) == set(others):
        return ""
    return "length" if {*map(_lengthless(place), mine)} == {*map(_lengthless(place), others)} else "difference"


def _unrepeated(mine: Sequence[str], others: Sequence[str], other: Facts) -> list[str]:
    """What one session repeats, without what the other says only elsewhere."""
    return [one for one in mine if one in others or not other.repeats(one)]


def _without_beginnings(history: Sequence[str], other: Sequence[str]) -> Sequence[str]:
    """A history without beginnings of what both came to."""
    shared = [text for text in history if text in other]
    return [text for text in history if text in other or not any(one.startswith(text) for one in shared)]


def _lengthless(place: Place) -> Callable[[str], str]:
    """Takes lengths out of what stands at a place: a size, a mask of at least 1, runs of stars."""
    if place.field in SIZES:
        return lambda _: "some"
    if place.field == "Mask":
        return lambda mask: "some" if int(mask) > 0 else mask
    return lambda text: STARS.sub("*", text)


def _finding(kind: str, place: Place, node: str, session_id: str, system: str) -> Finding:
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
    )
