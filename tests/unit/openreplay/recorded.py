"""Requests to real Go services and their answers, as they were recorded of OpenReplay 1.27.0."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "data"
FOLDER = DATA / "openreplay-go"
NAMES = sorted(file.stem for file in FOLDER.glob("*.json"))
PLACEHOLDER = re.compile(r"<(\d+) bytes(?:, first ([0-9a-f]+))?>")
# The upload that is small on the wire and 3 MB when it is unpacked.
BOMB = "i-gzip-bomb"


def document(name: str) -> dict[str, Any]:
    """Request and response of one recorded document."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return loaded


def body_of(name: str, body: Any) -> bytes:
    """A body as it was sent; one that was too long to be kept has the right size, and the beginning if it is known."""
    if body is None:
        return b""
    if name == BOMB:
        return gzip.compress(bytes(3_000_000))
    if not isinstance(body, str):
        return json.dumps(body).encode()
    if not (kept := PLACEHOLDER.fullmatch(body)):
        return body.encode("latin-1")
    return bytes.fromhex(kept[2] or "").ljust(int(kept[1]), b" ")
