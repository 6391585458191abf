"""What the embedded servers keep of a request."""

import base64
import json
from pathlib import Path

from aiohttp.test_utils import make_mocked_request

from maskproof.kept_requests import append, headers_of, keep_whole


def test_a_request_is_kept_whole(tmp_path: Path) -> None:
    """The line has method, path, query, headers and body; the folder is made."""
    file = tmp_path / "new" / "unknown.jsonl"
    keep_whole(file, make_mocked_request("PUT", "/other?q=1", headers={"X-Page": "shop"}), b"\x00\xff")
    entry = json.loads(file.read_text(encoding="utf-8"))
    assert entry.pop("time_ms") > 0
    body = base64.b64encode(b"\x00\xff").decode()
    assert entry == {
        "method": "PUT",
        "path": "/other",
        "query": {"q": "1"},
        "query_string": "q=1",
        "headers": {"X-Page": "shop"},
        "body": body,
    }


def test_tokens_of_ours_are_kept_by_name() -> None:
    """The work folder is passed on with the reports."""
    request = make_mocked_request("GET", "/", headers={"AUTHORIZATION": "Bearer abc", "Cookie": "a=b", "Accept": "*/*"})
    assert headers_of(request) == {"AUTHORIZATION": "Bearer TOKEN", "Cookie": "COOKIE", "Accept": "*/*"}


def test_bytes_that_are_no_text_come_back(tmp_path: Path) -> None:
    """A header or body with any byte is kept, one line each, and read again as it was."""
    file = tmp_path / "wire.jsonl"
    odd = b"caf\xe9\n".decode("utf-8", "surrogateescape")
    append(file, {"body": odd})
    append(file, {"body": "plain"})
    assert [json.loads(line)["body"] for line in file.read_text(encoding="utf-8").splitlines()] == [odd, "plain"]
