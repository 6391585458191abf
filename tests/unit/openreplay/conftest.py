"""Uploads of the real tracker, and small recordings in every layout."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from maskproof.openreplay.batches import split_visual
from maskproof.openreplay.encode import encode_batch, encode_fields, encode_record, message
from maskproof.openreplay.primitives import write_uint
from maskproof.openreplay.recording_layout import HEADER_V1, HEADER_V2

WIRE = Path(__file__).parents[2] / "data" / "openreplay-wire"
SAMPLE = [
    message("Timestamp", 1_700_000_000_000),
    message("TabData", "tab"),
    message("CreateDocument"),
    *(message("CreateElementNode", number, 0, number, "div", False) for number in range(1, 9)),
    *(message("CreateTextNode", 10 + number, number, 0) for number in range(1, 9)),
    *(message("SetNodeData", 10 + number, f"text {number}") for number in range(1, 9)),
    message("StringDictGlobal", 9_812_345_678_901_234, "class"),
    message("SetInputValue", 300, "gr\N{LATIN SMALL LETTER U WITH DIAERESIS}n", -1),
]
RECORDS = [encode_record(7 + at, kind, values) for at, (kind, values) in enumerate(SAMPLE)]
BATCHES = [encode_batch(SAMPLE, version=2), encode_batch(SAMPLE, version=2, first_index=len(SAMPLE))]


def _uploads() -> Iterator[bytes]:
    for folder in sorted(WIRE.iterdir()):
        for request in json.loads((folder / "manifest.json").read_text())["requests"]:
            if request["file"] and "-i-" in request["file"]:
                body = (folder / request["file"]).read_bytes()
                split = request["query"].partition("&split=")[2]
                yield from split_visual(body, int(split)) if split else (body,)


@pytest.fixture(scope="session")
def uploads() -> list[bytes]:
    """Every batch that the real tracker sent, in order."""
    return list(_uploads())


@pytest.fixture(scope="session")
def layouts() -> dict[str, bytes]:
    """The sample in every layout of a stored file. Files of batches hold it twice."""
    bare = b"".join(write_uint(kind) + encode_fields(kind, values) for kind, values in SAMPLE)
    return {
        "v1": HEADER_V1 + b"".join(RECORDS),
        "v1 without indexes": HEADER_V1 + bare,
        "v2": HEADER_V2 + b"".join(BATCHES),
        "late second file of v2": b"".join(BATCHES),
        "old": b"".join(RECORDS),
        "old without indexes": bare,
    }
