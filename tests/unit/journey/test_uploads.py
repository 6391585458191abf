"""Files that a journey makes up."""

import json
from collections.abc import Callable

import pytest

from maskproof.journey.uploads import file_of


@pytest.mark.parametrize(
    ("kind", "mime", "begins"),
    [
        ("png", "image/png", b"\x89PNG"),
        ("gif", "image/gif", b"GIF89a"),
        ("pdf", "application/pdf", b"%PDF-1.4"),
        ("svg", "image/svg+xml", b"<svg"),
        ("txt", "text/plain", b"An empty file"),
    ],
)
def test_a_file_is_what_its_name_says(kind: str, mime: str, begins: bytes) -> None:
    """Its type and its contents fit, and are the same each time."""
    file = file_of(f"a.b.{kind}")
    assert (file["name"], file["mimeType"]) == (f"a.b.{kind}", mime)
    assert file["buffer"].startswith(begins)
    assert file == file_of(f"a.b.{kind}")


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        ("json", lambda text: json.loads(text)["text"]),
        ("csv", lambda text: text.splitlines()[1][1:-1].replace('""', '"')),
        ("txt", str.strip),
        ("svg", lambda text: text.partition("<text>")[2].partition("</text>")[0].replace("&lt;", "<")),
    ],
)
def test_a_file_of_text_holds_the_words(kind: str, read: Callable[[str], str]) -> None:
    """As its format writes them."""
    assert read(file_of(f"a.{kind}", 'a "b" <c')["buffer"].decode()) == 'a "b" <c'
