"""
What one session says, place by place: the facts that the differential test compares with those of another session.

Every field of every message counts, except those that `run_to_run` names with a reason.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from maskproof.leaks.twin.located import located_messages
from maskproof.leaks.twin.run_to_run import (
    ADDRESSES,
    COUNTED,
    ECHOES,
    FAVICON,
    OWN_WORDS,
    REQUESTS,
    TIMINGS,
    WITHOUT_NUMBERS,
    is_exempt,
)
from maskproof.openreplay.session import SessionView

PORT = re.compile(r"(127\.0\.0\.1|localhost):\d+")
# An address in a real server's asset store, which ends in the day of the month: twins may be recorded around midnight.
STORED_ASSET = re.compile(r"(https?%213A%212F%212F[^\s\"')]+)\.\d{1,2}(?!\d)")
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?")
COUNT = "(how many)"
ATTRIBUTE = "SetNodeAttribute"
DICTIONARY_ATTRIBUTE = "SetNodeAttributeDict"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands in a session: message, field and path of the node."""

    message: str
    field: str
    node: str


# Where a session lists the resources that a page requested.
TIMING = Place("ResourceTiming", "URL", "")
WHOLE = REQUESTS.union(TIMINGS)


@dataclass(slots=True)
class SessionFacts:
    """What one session says: at each place every text that ever stood there, in order, each once."""

    at: dict[Place, list[str]] = field(default_factory=dict)

    def add(self, message: str, field_name: str, node: str, text: str) -> None:
        """
        Note a text; words of the protocol itself are left out.

        Args:
            message: The tracker's message.
            field_name: Its field.
            node: Path of the node, or the URL of a request; empty without one.
            text: The text.

        """
        own = OWN_WORDS.get((message, field_name))
        if own is not None and own.fullmatch(text):
            return
        said = self.at.setdefault(Place(message, field_name, node), [])
        if text not in said:
            said.append(text)

    @property
    def nodes(self) -> frozenset[str]:
        """The paths of all nodes with facts."""
        return frozenset(place.node for place in self.at)

    def repeats(self, text: str) -> bool:
        """Whether a text, or each part of a URL, stands anywhere here; fields that only repeat others do not count."""
        said = {
            text for place, texts in self.at.items() if (place.message, place.field) not in ECHOES for text in texts
        }
        parts = {part for place, texts in self.at.items() if place.field in ADDRESSES for part in parts_of(texts)}
        return text in said or ("://" in text and parts.issuperset(parts_of([text])))


def merged(sides: Iterable[SessionFacts]) -> SessionFacts:
    """What several sessions of one person say, as if it were one."""
    whole = SessionFacts()
    for side in sides:
        for place, texts in side.at.items():
            said = whole.at.setdefault(place, [])
            said.extend(text for text in texts if text not in said)
    return whole


def facts_of(view: SessionView, is_left_out: Callable[[str], bool] = lambda _: False) -> SessionFacts:
    """
    Everything that a session says, except what differs from run to run.

    Args:
        view: The session.
        is_left_out: Whether requests to a URL are not compared.

    """
    facts = SessionFacts()
    _add_texts(facts, view)
    longest: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for message, fields, path in located_messages(view):
        counts[message.name] += 1
        if message.name in WHOLE and is_left_out(str(fields["URL"])):
            continue
        if message.name in REQUESTS:
            _add_whole(facts, message.name, fields, settled(message.name, "URL", str(fields["URL"])))
        elif message.name in TIMINGS:
            if not FAVICON.fullmatch(str(fields["URL"])):
                _add_whole(facts, TIMING.message, fields, "")
        elif message.name == "SetInputValue" and int(str(fields["Mask"])) > 0:
            longest[path] = max(int(str(fields["Mask"])), longest.get(path, 0))
        else:
            _add_values(facts, message.name, fields, path)
    for path, mask in longest.items():
        # The mask of a field grows while somebody types; only its longest says something.
        facts.add("SetInputValue", "Mask", path, str(mask))
    for name in COUNTED & counts.keys():
        facts.add(name, COUNT, "", str(counts[name]))
    return facts


def _add_texts(facts: SessionFacts, view: SessionView) -> None:
    """Note texts at their nodes, attributes with their names; requests are noted with their other fields."""
    name = ""
    for string in view.strings:
        is_attribute = string.message.startswith(ATTRIBUTE)
        if is_attribute and string.field == "Name":
            name = string.text
        if string.message not in WHOLE and not is_exempt(string.message, string.field):
            text = f"{name}={string.text}" if is_attribute and string.field == "Value" else string.text
            facts.add(string.message, string.field, string.path, settled(string.message, string.field, text))


def _add_values(facts: SessionFacts, message: str, fields: Mapping[str, object], path: str) -> None:
    """Note fields that are not texts; numbers of dictionary words are left out, since their texts are noted."""
    if message.startswith(DICTIONARY_ATTRIBUTE):
        return
    for name, value in fields.items():
        if not isinstance(value, str) and not is_exempt(message, name):
            facts.add(message, name, path, str(value))


def _add_whole(facts: SessionFacts, message: str, fields: Mapping[str, object], node: str) -> None:
    """Note all fields of a message together: those of a request stand at its URL."""
    for name, value in fields.items():
        if value != "" and not is_exempt(message, name):
            facts.add(message, name, node, settled(message, name, str(value)))


def settled(message: str, field_name: str, text: str) -> str:
    """
    A text without what depends on machine or day: ports, days of stored assets, numbers in fields of measurements.

    Args:
        message: The tracker's message.
        field_name: Its field.
        text: The text of the field.

    """
    text = STORED_ASSET.sub(r"\1", PORT.sub(r"\1", text))
    return NUMBER.sub("0", text) if (message, field_name) in WITHOUT_NUMBERS else text


def parts_of(addresses: Iterable[str]) -> set[str]:
    """The parts of URLs: scheme, host, steps of the path, names and values of parameters."""
    return {part for address in addresses for part in re.split(r"[/?&=#]+", address)}
