"""
Two sessions of one journey with two personas: what differs, once declared nondeterminism is taken out.

It catches codings that nobody thought of: whatever depends on what was typed makes the two differ. Every field
of every message is compared but for those that `run_to_run` names with a reason; what a node or a message
went through is compared as a whole, so that what was there for a moment cannot hide behind what came after.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from maskproof.leaks.channels import channel_of
from maskproof.leaks.findings import Finding
from maskproof.leaks.located import located_messages
from maskproof.leaks.run_to_run import (
    ADDRESSES,
    COUNTED,
    ECHOES,
    FAVICON,
    OWN_WORDS,
    REQUESTS,
    SIZES,
    WITHOUT_NUMBERS,
    is_exempt,
)
from maskproof.openreplay.session import SessionView

PORT = re.compile(r"(127\.0\.0\.1|localhost):\d+")
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?")
STARS = re.compile(r"\*+(?:[\s@.]+\*+)*")
COUNT = "(how many)"
NOT_SHARED = "[not in both]"
ATTRIBUTE = "SetNodeAttribute"
WHOLE = REQUESTS | {"ResourceTiming"}
DICTIONARY_ATTRIBUTE = "SetNodeAttributeDict"
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

    def covers(self, place: "Place") -> bool:
        """Whether what stands at a place is declared to differ."""
        return (
            self.message in {"", place.message}
            and self.field in {"", place.field}
            and (not self.selector or any(self._names(step) for step in re.split(r" >+ ", place.node)))
        )

    def _names(self, step: str) -> bool:
        return step == self.selector or (self.selector[0] in "#.[" and step.endswith(self.selector))


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: message, field and path of the node."""

    message: str
    field: str
    node: str


TIMING = Place("ResourceTiming", "URL", "")


@dataclass(slots=True)
class Facts:
    """What one session says: at each place, in order, everything that ever stood there."""

    at: dict[Place, list[str]] = field(default_factory=dict)

    def add(self, message: str, field_name: str, node: str, text: str) -> None:
        """Note what stands somewhere; the same once, and nothing that the protocol says by itself."""
        own = OWN_WORDS.get((message, field_name))
        if own is not None and own.fullmatch(text):
            return
        said = self.at.setdefault(Place(message, field_name, node), [])
        if text not in said:
            said.append(text)

    @property
    def nodes(self) -> frozenset[str]:
        """Paths of every node that anything was said of."""
        return frozenset(place.node for place in self.at)

    def repeats(self, text: str) -> bool:
        """Whether a text, or each part of an address, stands anywhere here but in what only repeats."""
        said = {
            text for place, texts in self.at.items() if (place.message, place.field) not in ECHOES for text in texts
        }
        parts = {part for place, texts in self.at.items() if place.field in ADDRESSES for part in _parts(texts)}
        return text in said or ("://" in text and parts.issuperset(_parts([text])))


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
            facts.add(message, name, "", _settled(message, name, text))
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


def _parts(addresses: Iterable[str]) -> set[str]:
    return {part for address in addresses for part in re.split(r"[/?&=#]+", address)}


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


def facts_of(view: SessionView) -> Facts:
    """Everything that a session says and that is not run to run."""
    facts = Facts()
    _add_texts(facts, view)
    longest: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for message, fields, path in located_messages(view):
        counts[message.name] += 1
        if message.name in REQUESTS:
            _add_whole(facts, message.name, fields, _settled(message.name, "URL", str(fields["URL"])))
        elif message.name == TIMING.message:
            if not FAVICON.fullmatch(str(fields["URL"])):
                _add_whole(facts, message.name, fields, "")
        elif message.name == "SetInputValue" and int(str(fields["Mask"])) > 0:
            longest[path] = max(int(str(fields["Mask"])), longest.get(path, 0))
        else:
            _add_values(facts, message.name, fields, path)
    for path, mask in longest.items():
        # While something is typed, its mask passes over every length up to the last.
        facts.add("SetInputValue", "Mask", path, str(mask))
    for name in COUNTED & counts.keys():
        facts.add(name, COUNT, "", str(counts[name]))
    return facts


def _add_texts(facts: Facts, view: SessionView) -> None:
    """Note what texts say at their nodes, attributes with their names; requests come with their other fields."""
    name = ""
    for one in view.strings:
        is_attribute = one.message.startswith(ATTRIBUTE)
        if is_attribute and one.field == "Name":
            name = one.text
        if one.message not in WHOLE and not is_exempt(one.message, one.field):
            text = f"{name}={one.text}" if is_attribute and one.field == "Value" else one.text
            facts.add(one.message, one.field, one.path, _settled(one.message, one.field, text))


def _add_values(facts: Facts, message: str, fields: Mapping[str, object], path: str) -> None:
    """Note what is no text; numbers of words stand for what the texts say."""
    if message.startswith(DICTIONARY_ATTRIBUTE):
        return
    for name, value in fields.items():
        if not isinstance(value, str) and not is_exempt(message, name):
            facts.add(message, name, path, str(value))


def _add_whole(facts: Facts, message: str, fields: Mapping[str, object], node: str) -> None:
    """Note a message whose texts belong to its other fields: a request stands at its address."""
    for name, value in fields.items():
        if value != "" and not is_exempt(message, name):
            facts.add(message, name, node, _settled(message, name, str(value)))


def _settled(message: str, field_name: str, text: str) -> str:
    text = PORT.sub(r"\1", text)
    return NUMBER.sub("0", text) if (message, field_name) in WITHOUT_NUMBERS else text


def _finding(kind: str, place: Place, node: str, session_id: str, system: str) -> Finding:
    is_size = place.field in SIZES
    return Finding(
        kind=kind,
        gating=True,
        accepted_by=None,
        value_id="",
        category="",
        system=system,
        session_id=session_id,
        channel="network size" if is_size else channel_of(place.message, place.field),
        message=place.message,
        field=place.field,
        node=node,
        encoding=(),
        match="",
        source="twin run",
        offset=0,
    )
