"""Texts and bytes around an encoded value: a message field, a sentence, JSON, a URL, a header, a body, binary data."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from maskproof.leaks.texts import Text

FRAME = bytes.fromhex("51030012ff80e0a9f3c1b6fe01")


@dataclass(frozen=True, slots=True)
class Carrier:
    """
    One carrier.

    Attributes:
        name: Name in the printed table.
        put: Puts an encoded value into the carrier.
        takes: Kinds of data that it may hold without another encoding: `text`, `token`, `binary`.
        is_whole: Whether it holds nothing else.

    """

    name: str
    put: Callable[[bytes], Text]
    takes: frozenset[str]
    is_whole: bool


def _text(message: str, field: str, data: bytes) -> Text:
    return Text("corpus", message, field, data)


ANY = frozenset({"text", "token", "binary"})
WORDS = frozenset({"text", "token"})
TOKEN = frozenset({"token"})
CARRIERS = (
    Carrier("message field", lambda data: _text("SetNodeData", "Data", data), WORDS, is_whole=True),
    Carrier("body", lambda data: _text("", "", data), ANY, is_whole=True),
    Carrier(
        "sentence",
        lambda data: _text("ConsoleLog", "Value", b"The form said " + data + b" and was sent."),
        WORDS,
        is_whole=False,
    ),
    Carrier(
        "json",
        lambda data: _text("CustomEvent", "Payload", b'{"id": 17, "note": "' + data + b'", "ok": true}'),
        TOKEN,
        is_whole=False,
    ),
    Carrier(
        "url",
        lambda data: _text("SetPageLocation", "URL", b"https://shop.example/a/b?step=2&ref=" + data + b"&lang=en#top"),
        TOKEN,
        is_whole=False,
    ),
    Carrier(
        "header",
        lambda data: _text(
            "NetworkRequest", "Request", b"accept: */*\r\ncookie: seen=1; sid=" + data + b"; theme=dark"
        ),
        TOKEN,
        is_whole=False,
    ),
    Carrier("binary", lambda data: _text("", "", FRAME + data + b"\x00\x07" + FRAME), ANY, is_whole=False),
)


def payloads(value: str) -> dict[str, bytes]:
    """Texts that hold the value, by name; each is the input of the first encoding."""
    return {
        "bare": value.encode(),
        "json": json.dumps({"form": "signup", "field": value, "step": 2}, ensure_ascii=False).encode(),
        "sentence": f"I am reached as {value} on weekdays".encode(),
        "query": f"step=2&who={value}&lang=en".encode(),
    }
