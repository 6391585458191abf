"""A HAR is read request by request: every header, parameter, cookie and body with the name of its field."""

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from maskproof.leaks.budget import Budget
from maskproof.leaks.files.formats.bodies import read_body
from maskproof.leaks.files.formats.contents import Contents
from maskproof.leaks.files.formats.har import is_har, read_har
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.session import SessionView


def har(request: dict[str, Any] | None = None, response: dict[str, Any] | None = None) -> dict[str, Any]:
    """A HAR of one entry."""
    entry = {"startedDateTime": "2026-01-01", "request": request or {}, "response": response or {}}
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "c", "version": "1"},
            "pages": [{"title": "A page"}],
            "entries": [entry],
        }
    }


def read(document: dict[str, Any], *, salvage: bool = False, source: str = "x") -> Contents:
    """Read a HAR."""
    contents = Contents(Budget(1 << 20), salvage=salvage)
    read_har(document, source, contents, read_body)
    return contents


def texts(document: dict[str, Any]) -> dict[tuple[str, str], str | bytes]:
    """The texts by message and field."""
    return {(text.message, text.field): text.text for text in read(document).texts}


def test_a_har_is_recognised_by_its_log() -> None:
    """Other JSON is not a HAR."""
    assert is_har(har())
    assert not is_har({"log": []})
    assert not is_har(json.loads("[1]"))


def test_headers_cookies_and_parameters_have_their_names() -> None:
    """The fields of requests and responses keep their names."""
    found = texts(
        har(
            {
                "url": "https://x/a?q=one%20two",
                "headers": [{"name": "Authorization", "value": "Bearer t"}],
                "cookies": [{"name": "sid", "value": "c1"}],
                "queryString": [{"name": "q", "value": "one two"}],
            },
            {"headers": [{"name": "Set-Cookie", "value": "sid=c2"}], "redirectURL": "/next"},
        )
    )
    assert found["request", "entries.0.headers.Authorization.value"] == "Bearer t"
    assert found["request", "entries.0.cookies.sid.value"] == "c1"
    assert found["request", "entries.0.queryString.q.value"] == "one two"
    assert found["request", "entries.0.url.q"] == "one two"
    assert found["response", "entries.0.headers.Set-Cookie.value"] == "sid=c2"
    assert found["response", "entries.0.redirectURL"] == "/next"


@pytest.mark.parametrize(
    ("mime", "text", "field", "value"),
    [
        ("application/json", '{"user": {"mail": "ann"}}', "0.user.mail", "ann"),
        ("application/x-www-form-urlencoded", "mail=ann%40x", "mail", "ann@x"),
        (
            "multipart/form-data; boundary=b",
            '--b\r\nContent-Disposition: form-data; name="mail"\r\n\r\nann\r\n--b--\r\n',
            "mail",
            b"ann",
        ),
    ],
    ids=["json", "urlencoded", "multipart"],
)
def test_bodies_are_read_by_their_content(mime: str, text: str, field: str, value: str | bytes) -> None:
    """Each field of a body has its name."""
    found = texts(har({"postData": {"mimeType": mime, "text": text}}))
    assert found["request", f"entries.0.body.{field}"] == value


def test_parameters_of_a_body_are_read() -> None:
    """Browsers list the parameters of a form."""
    found = texts(har({"postData": {"mimeType": "", "params": [{"name": "mail", "value": "ann"}]}}))
    assert found["request", "entries.0.body.params.mail.value"] == "ann"


def test_a_body_in_base64_is_decoded() -> None:
    """The decoded body is read by its content, compressed or not."""
    packed = base64.b64encode(gzip.compress(b'{"mail": "ann"}')).decode()
    found = texts(har(response={"content": {"mimeType": "application/json", "encoding": "base64", "text": packed}}))
    assert found["response", "entries.0.body.0.mail"] == "ann"


def test_an_upload_of_the_tracker_is_decoded() -> None:
    """A HAR of an instrumented page holds the tracker's batches."""
    data = encode_batch([message("SetNodeData", 1, "ann")], location="http://127.0.0.1/")
    body = {"mimeType": "", "encoding": "base64", "text": base64.b64encode(data).decode()}
    (recording,) = read(har({"postData": body})).parts
    assert next(found for found in SessionView([recording]).messages if found.name == "SetNodeData").values == (
        1,
        "ann",
    )


def test_broken_base64_is_an_error() -> None:
    """The error names the entry; salvage lists it and scans the text."""
    document = har(response={"content": {"encoding": "base64", "text": "a"}})
    with pytest.raises(DecodeError, match=r"entries\.0\.body: not base64"):
        read(document)
    assert len(read(document, salvage=True).unscanned) == 1


def test_images_of_the_site_are_no_fault() -> None:
    """Images in responses were not sent by the page, so they are not listed as unscanned."""
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n0000").decode()
    contents = read(har(response={"content": {"mimeType": "image/png", "encoding": "base64", "text": png}}))
    assert ([image.kind for image in contents.images], contents.unscanned) == (["png"], [])


def test_a_body_in_a_file_beside_the_har_is_read(tmp_path: Path) -> None:
    """Playwright writes bodies to files beside the HAR; files elsewhere are not read."""
    (tmp_path / "body.json").write_text('{"mail": "ann"}')
    here = read(har(response={"content": {"_file": "body.json"}}), source=str(tmp_path / "a.har"))
    assert "ann" in {text.text for text in here.texts}
    for name in ("missing.json", "../body.json"):
        with pytest.raises(DecodeError, match="in a file that is not here"):
            read(har(response={"content": {"_file": name}}), source=str(tmp_path / "a.har"))


def test_everything_else_is_read_too() -> None:
    """Titles of pages and messages of sockets are texts, too."""
    document = har()
    document["log"]["entries"][0]["_webSocketMessages"] = [{"type": "send", "data": "over the socket"}]
    found = texts(document)
    assert found["har", "log.pages.0.title"] == "A page"
    assert found["har", "entries.0._webSocketMessages.0.data"] == "over the socket"


@pytest.mark.parametrize("entry", [None, "text", {"request": "text", "response": {"content": "text"}}])
def test_entries_of_another_shape_are_read_as_json(entry: object) -> None:
    """A HAR that somebody wrote by hand does not crash the reader."""
    document = {"log": {"entries": [entry]}}
    assert {text.text for text in read(document).texts} <= {"text", "request", "response", "content", "entries", "log"}
