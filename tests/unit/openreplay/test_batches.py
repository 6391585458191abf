"""Batches of the real tracker decode to the last byte; other data is an error with its position."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.openreplay.batches import Batch, decode_batch, split_visual
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.primitives import DecodeError

WIRE = Path(__file__).parents[2] / "data" / "openreplay-wire"
UPLOADS = [
    (folder.name, request)
    for folder in sorted(WIRE.iterdir())
    for request in json.loads((folder / "manifest.json").read_text())["requests"]
    if request["file"] and "-i-" in request["file"]
]


def batches_of(folder: str, request: dict[str, Any]) -> list[Batch]:
    """The batches of one recorded upload."""
    body = (WIRE / folder / request["file"]).read_bytes()
    split = request["query"].partition("&split=")[2]
    parts = split_visual(body, int(split)) if split else (body,)
    return [decode_batch(part, source=request["file"]) for part in parts]


@pytest.mark.parametrize(("folder", "request_"), UPLOADS, ids=[f"{name}-{r['order']}" for name, r in UPLOADS])
def test_recorded_uploads_decode_to_the_last_byte(folder: str, request_: dict[str, Any]) -> None:
    """The message counts equal those noted when the session was recorded."""
    batches = batches_of(folder, request_)
    counts = Counter(str(decoded.id) for batch in batches for decoded in (batch.header_message, *batch.messages))
    assert counts == request_["message_counts"]
    assert [batch.version for batch in batches] == request_["batch_versions"]


def sample() -> bytes:
    """A small batch with all primitive types."""
    return encode_batch(
        [
            message("Timestamp", 1_700_000_000_000),
            message("TabData", "tab"),
            message("CreateElementNode", 300, 0, 0, "div", False),
            message("SetInputValue", 3, "text", -1),
        ],
        location="http://127.0.0.1/",
    )


def test_fields_have_their_names() -> None:
    """A decoded message returns its fields by name."""
    batch = decode_batch(sample(), source="sample")
    assert batch.messages[3].fields() == {"ID": 3, "Value": "text", "Mask": -1}
    assert batch.messages[2].get("ID") == 300


@pytest.mark.parametrize("version", [0, 6])
def test_an_unknown_header_version_is_an_error(version: int) -> None:
    """The error names a version outside 1 to 5."""
    with pytest.raises(DecodeError, match=f"version {version}"):
        decode_batch(encode_batch([], version=version), source="x")


def test_an_unknown_message_is_an_error_with_its_position() -> None:
    """The error names the source, the byte and the id."""
    data = sample()
    with pytest.raises(DecodeError, match=f"x, byte {len(data)}: unknown message id 99"):
        decode_batch(data + b"\x63\x01\x00\x00\x00", source="x")


def test_every_truncation_is_an_error_or_a_shorter_batch() -> None:
    """Cut data is never read as the whole batch, and never crashes the decoder."""
    data = sample()
    whole = decode_batch(data, source="x").messages
    for end in range(len(data)):
        try:
            cut = decode_batch(data[:end], source="x").messages
        except DecodeError:
            continue
        assert len(cut) < len(whole)


@given(st.integers(0, len(sample()) - 1), st.integers(1, 255))
def test_fuzz_a_changed_byte_is_noticed(position: int, change: int) -> None:
    """A changed byte gives a `DecodeError` or another result."""
    data = bytearray(sample())
    data[position] ^= change
    try:
        got = decode_batch(bytes(data), source="x")
    except DecodeError:
        return
    assert got != decode_batch(sample(), source="x")


@pytest.mark.parametrize("split", [0, 10, 11])
def test_a_split_outside_the_upload_is_an_error(split: int) -> None:
    """Neither part of a visual upload may be empty."""
    with pytest.raises(DecodeError, match="outside the upload"):
        split_visual(bytes(10), split)


def test_a_second_header_within_a_batch_is_an_error() -> None:
    """Only a visual upload has two headers, and it is split before."""
    with pytest.raises(DecodeError, match=f"byte {len(sample())}: a second batch header"):
        decode_batch(sample() * 2, source="x")


@pytest.mark.parametrize(("data", "what"), [(b"\x0e", "got id 14"), (b"\x51\x01\x00", "ends within it")])
def test_a_missing_or_cut_header_is_an_error(data: bytes, what: str) -> None:
    """A batch begins with a whole header."""
    with pytest.raises(DecodeError, match=what):
        decode_batch(data + b"\x01" * (data == b"\x0e"), source="x")


def test_a_header_is_a_message_too() -> None:
    """The header holds the URL of the page, which is scanned too."""
    batch = decode_batch(encode_batch([], version=4, page_no=1, first_index=2, location="/a"), source="x")
    assert batch.header_message.fields()["Location"] == "/a"
    assert batch.header_message.index == (1 << 32) + 2
    assert batch.stream == "devtools"
