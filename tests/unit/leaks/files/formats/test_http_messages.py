"""HTTP messages are read as a head and a body."""

import gzip
import json

import brotli
import pytest
from tests.unit.leaks.files.formats.test_forms import BOUNDARY, multipart

from maskproof.leaks.budget import Budget
from maskproof.leaks.files.formats.bodies import read_body
from maskproof.leaks.files.formats.contents import Contents, Location
from maskproof.leaks.files.formats.http_messages import looks_like_http

JSON = json.dumps({"who": "ann"}).encode()
FORM = multipart(('Content-Disposition: form-data; name="blob"', brotli.compress(JSON)))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)


def _message(body: bytes, *headers: str, first: str = "POST /x HTTP/1.1") -> bytes:
    return "\r\n".join([first, *headers, "", ""]).encode() + body


def _read(data: bytes) -> Contents:
    contents = Contents(Budget(1 << 20))
    read_body(data, "", Location("x"), contents)
    return contents


def _texts(data: bytes) -> dict[str, str | bytes]:
    return {text.field: text.text for text in _read(data).texts}


@pytest.mark.parametrize(
    ("data", "field", "expected"),
    [
        (_message(JSON, "Content-Type: application/json"), "who", "ann"),
        (_message(b"a=1&who=ann", "Content-Type: application/x-www-form-urlencoded"), "who", "ann"),
        (_message(FORM, f"Content-Type: multipart/form-data; boundary={BOUNDARY}"), "blob", brotli.compress(JSON)),
        (_message(JSON, first="HTTP/2 200"), "who", "ann"),
        (_message(b"5\r\n" + JSON[:5] + b"\r\na;x=y\r\n" + JSON[5:15] + b"\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
         "who", "ann"),
    ],
    ids=["JSON", "a form", "parts", "a response", "chunks"],
)  # fmt: skip
def test_a_body_is_read_by_its_declared_type(data: bytes, field: str, expected: str | bytes) -> None:
    """Fields and parts are texts with their names."""
    assert (field, expected) in {(name.rpartition(".")[2], text) for name, text in _texts(data).items()}


@pytest.mark.parametrize(
    "body", [gzip.compress(JSON) + b"\r\n--end of the log", FORM[:-20]], ids=["packed data", "parts"]
)
def test_a_body_in_a_log_may_be_followed_or_cut_off(body: bytes) -> None:
    """Such a body is no fault: its bytes are scanned."""
    data = _message(body, f"Content-Type: multipart/form-data; boundary={BOUNDARY}")
    assert _texts(data)["body"] == body


def test_an_image_of_a_response_was_not_sent_by_the_page() -> None:
    """An image in a request was sent, so it is listed as unscanned."""
    assert _read(_message(PNG, first="HTTP/1.1 200 OK")).unscanned == []
    assert len(_read(_message(PNG)).unscanned) == 1


@pytest.mark.parametrize("data", [b"GET the milk\r\n", b"post /x HTTP/1.1\r\n", b"x GET / HTTP/1.1\r\n", b""])
def test_other_texts_are_no_messages(data: bytes) -> None:
    """The first line decides whether a text is an HTTP message."""
    assert not looks_like_http(data)


def test_a_head_without_a_body_holds_nothing_more() -> None:
    """The caller scans the bytes of the head."""
    assert _texts(b"GET / HTTP/1.1\r\nHost: a.example") == {}
