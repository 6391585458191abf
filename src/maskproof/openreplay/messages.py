"""
OpenReplay's message table, read once from `messages.txt`.

The table is the only place that defines a message's name and fields, its stream under protocol version 2, and the
file in which the server stores it. Decoder, encoder, collector, tests and documentation read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

PRIMITIVES = ("uint", "int", "boolean", "string")


@dataclass(frozen=True, slots=True)
class MessageField:
    """One field of a message; `type` is one of `PRIMITIVES`."""

    name: str
    type: str


@dataclass(frozen=True)
class MessageType:
    """
    The type of a message, found by its id.

    `stream` is player, assets, devtools, analytics, header or backend. `stored` names the files of version 1 that
    hold the message (`dom`, `devtools`).
    """

    id: int
    name: str
    stream: str
    stored: frozenset[str]
    fields: tuple[MessageField, ...]

    @cached_property
    def field_names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    @cached_property
    def string_fields(self) -> tuple[tuple[int, str], ...]:
        """Position and name of each text field."""
        return tuple((at, field.name) for at, field in enumerate(self.fields) if field.type == "string")


def _parse(line: str) -> MessageType:
    number, name, stream, stored, *fields = line.split()
    pairs = (field.split(":") for field in fields)
    return MessageType(
        id=int(number),
        name=name,
        stream=stream,
        stored=frozenset() if stored == "-" else frozenset(stored.split("+")),
        fields=tuple(MessageField(*pair) for pair in pairs),
    )


def _load() -> dict[int, MessageType]:
    text = files(__package__).joinpath("messages.txt").read_text(encoding="utf-8")
    types = [_parse(line) for line in text.splitlines() if line and not line.startswith("#")]
    return {kind.id: kind for kind in types}


MESSAGES: Mapping[int, MessageType] = _load()
BY_NAME: Mapping[str, MessageType] = {kind.name: kind for kind in MESSAGES.values()}

BATCH_METADATA = 81
TIMESTAMP = 0
TAB_DATA = 118
# Messages that the server rewrites before it stores a batch of assets (reference 2.4, 4.1).
URL_BASED_REWRITES: Mapping[int, int] = {60: 12, 61: 15, 71: 72, 73: 74}
HEADER_VERSIONS: Mapping[int, str] = {1: "full", 2: "player", 3: "assets", 4: "devtools", 5: "analytics"}
