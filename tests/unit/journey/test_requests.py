"""What a request carried."""

from dataclasses import dataclass
from typing import Any, cast

import pytest
from playwright.sync_api import Request

from maskproof.journey.requests import fields_of, json_of, posted


@dataclass
class Sent:
    """A request as Playwright returns it."""

    post_data_buffer: bytes | None


def sent(data: bytes | None) -> Request:
    """A request that carried this."""
    return cast("Request", Sent(data))


def form_data(boundary: str) -> tuple[bytes, str]:
    """A form as a page sends it with a file."""
    parts = (
        ('name="plan"', "team"),
        ('name="note"', "h\u00e4llo\r\nthere"),
        ('name="extra"', "a"),
        ('name="extra"', "b"),
        ('name="photo"; filename="me.png"', "\x00\x01"),
    )
    body = "".join(f"--{boundary}\r\nContent-Disposition: form-data; {name}\r\n\r\n{text}\r\n" for name, text in parts)
    return f"{body}--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (b'{"a": [1]}', {"a": [1]}),
        (b"a=1&b=x%20y", {"a": "1", "b": "x y"}),
        (b"a=1&a=2&b=3", {"a": ["1", "2"], "b": "3"}),
        (b"\xff\xfe\x00", {}),
        (b"", {}),
    ],
    ids=["json", "form", "several", "binary", "nothing"],
)
def test_a_body_is_read_by_what_it_is(data: bytes, body: Any) -> None:
    """JSON as it is, forms by name; bytes that are neither hold no field."""
    assert fields_of(data, "") == body


def test_a_form_with_files_is_the_same_whatever_its_boundary() -> None:
    """Chromium draws the boundary anew for each request."""
    fields = {"plan": "team", "note": "h\u00e4llo\r\nthere", "extra": ["a", "b"], "photo": "me.png"}
    assert (
        fields_of(*form_data("----WebKitFormBoundaryA")) == fields_of(*form_data("----WebKitFormBoundaryB")) == fields
    )


def test_only_json_is_json() -> None:
    """A form is none."""
    assert json_of(b"a=1") is None
    assert json_of(b"[1]") == [1]


def test_a_body_that_is_not_known_is_no_json() -> None:
    """Nothing is said of it."""
    assert json_of(None) is None


@pytest.mark.parametrize(("data", "body"), [(b"a=1", b"a=1"), (None, b"")])
def test_chromium_shows_what_a_request_carried(data: bytes | None, body: bytes) -> None:
    """One without a body carried nothing."""
    assert posted(sent(data)) == body
