"""
What one session says, place by place: the facts that a twin comparison holds against another session's.

Of every message every field counts but for those that `run_to_run` names with a reason.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from maskproof.leaks.twin.located import located_messages
from maskproof.leaks.twin.run_to_run import (
    ADDRESSES,
    COUNTED,
    ECHOES,
    FAVICON,
    OWN_WORDS,
    REQUESTS,
    WITHOUT_NUMBERS,
    is_exempt,
)
from maskproof.openreplay.session import SessionView

PORT = re.compile(r"(127\.0\.0\.1|localhost):\d+")
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?")
COUNT = "(how many)"
ATTRIBUTE = "SetNodeAttribute"
DICTIONARY_ATTRIBUTE = "SetNodeAttributeDict"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: message, field and path of the node."""

    message: str
    field: str
    node: str


# Where a session says which resources a page asked for.
TIMING = Place("ResourceTiming", "URL", "")
WHOLE = REQUESTS | {TIMING.message}


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
        parts = {part for place, texts in self.at.items() if place.field in ADDRESSES for part in parts_of(texts)}
        return text in said or ("://" in text and parts.issuperset(parts_of([text])))


def facts_of(view: SessionView) -> Facts:
    """Everything that a session says and that is not run to run."""
    facts = Facts()
    _add_texts(facts, view)
    longest: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for message, fields, path in located_messages(view):
        counts[message.name] += 1
        if message.name in REQUESTS:
            _add_whole(facts, message.name, fields, settled(message.name, "URL", str(fields["URL"])))
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
            facts.add(one.message, one.field, one.path, settled(one.message, one.field, text))


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
            facts.add(message, name, node, settled(message, name, str(value)))


def settled(message: str, field_name: str, text: str) -> str:
    """A text without what the machine gives it: ports, and where only measurements differ, numbers."""
    text = PORT.sub(r"\1", text)
    return NUMBER.sub("0", text) if (message, field_name) in WITHOUT_NUMBERS else text


def parts_of(addresses: Iterable[str]) -> set[str]:
    """What addresses are made of."""
    return {part for address in addresses for part in re.split(r"[/?&=#]+", address)}
