"""Reads what a request carried and how it was answered."""

import email.policy
import json
from collections.abc import Callable, Iterable
from email.message import MIMEPart
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl

from playwright.sync_api import Error, Request, Response

SHOWN_CHARACTERS = 200
MULTIPART = "multipart/"
# The body of a request; None if it is not known.
ReadBody = Callable[[Request], bytes | None]


def posted(request: Request) -> bytes | None:
    """The body of a request as Chromium shows it to Playwright; empty without one."""
    return request.post_data_buffer or b""


def response_of(request: Request) -> Response | None:
    """The response of a request; None until it is there. If its page was left it may never be, so nobody waits."""
    return request.existing_response


def is_good(request: Request) -> bool:
    """Whether a request was answered well."""
    response = response_of(request)
    return response is not None and response.ok


def text_of(response: Response | None) -> str | None:
    """The body of a response; None where the browser has dropped it, as it does when a page is left."""
    try:
        return response.text() if response is not None else None
    except (Error, UnicodeDecodeError):
        return None


def json_of(data: bytes | None) -> Any:  # noqa: ANN401 - JSON
    """The JSON that a request carried; None if it carried something else, or if that is not known."""
    try:
        return json.loads(data or b"")
    except ValueError:
        return None


def fields_of(data: bytes, kind: str) -> Any:  # noqa: ANN401 - JSON
    """
    What a request carried: its JSON, or the fields of its form by name.

    Args:
        data: Its body.
        kind: Its content type.

    """
    if kind.startswith(MULTIPART):
        return _multipart(data, kind)
    try:
        return json.loads(data)
    except ValueError:
        return query_of(data.decode("utf-8", "replace"))


def query_of(text: str) -> dict[str, str | list[str]]:
    """The fields of a query or form by name; one that is there several times, as of a multiple select, is a list."""
    return _by_name(parse_qsl(text))


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str | list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {name: each[0] if len(each) == 1 else each for name, each in values.items()}


def _multipart(data: bytes, kind: str) -> dict[str, str | list[str]]:
    """The parts of a form by name: texts as they are, files by their names. The boundary differs from run to run."""
    head = f"content-type: {kind}\r\n\r\n".encode()
    parts = BytesParser(policy=email.policy.HTTP).parsebytes(head + data).iter_parts()
    return _by_name((_name(part), part.get_filename() or _content(part)) for part in parts)


def _name(part: MIMEPart) -> str:
    return str(part.get_param("name", "", header="content-disposition"))


def _content(part: MIMEPart) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
