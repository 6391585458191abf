"""What the embedded servers keep of a request: lines of JSON, whole but for tokens of ours."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maskproof.clock import now_ms

if TYPE_CHECKING:
    from aiohttp import web

# Headers that hold tokens of ours are kept by name.
TOKENS = {"authorization": "Bearer TOKEN", "cookie": "COOKIE"}


def headers_of(request: "web.Request") -> dict[str, str]:
    """The headers of a request, without tokens of ours."""
    return {name: TOKENS.get(name.lower(), value) for name, value in request.headers.items()}


def head_of(request: "web.Request") -> dict[str, Any]:
    """When a request came, its method, path, query and headers."""
    return {
        "time_ms": now_ms(),
        "method": request.method,
        "path": request.path,
        "query": dict(request.query),
        "query_string": request.query_string,
        "headers": headers_of(request),
    }


def keep_whole(file: Path, request: "web.Request", body: bytes) -> None:
    """
    Keep a whole request that no part of the server reads: whatever it holds has left the page.

    Args:
        file: Where it is added as one line; `recording/stray.py` reads it.
        request: The request.
        body: Its body as received.

    """
    append(file, {**head_of(request), "body": base64.b64encode(body).decode()})


def append(file: Path, entry: Mapping[str, Any]) -> None:
    """
    Add one line of JSON to a file.

    Args:
        file: The file; made, with its folder, if absent.
        entry: What the line says. Bytes that are no text stand in it as surrogates, which JSON escapes.

    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(entry) + "\n")
