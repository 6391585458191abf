"""Every string of JSON is a text with the way to it."""

import json

import pytest

from maskproof.leaks.files.formats.contents import Contents, Place
from maskproof.leaks.files.formats.json_texts import check_json, read_json
from maskproof.openreplay.primitives import DecodeError


def texts(data: bytes) -> dict[str, str | bytes]:
    """The texts by their field."""
    contents = Contents(1 << 20)
    read_json(data, Place("x", "json"), contents)
    return {text.field: text.text for text in contents.texts}


def test_strings_and_numbers_are_named_by_their_way() -> None:
    """Numbers stay the digits that stand there; truth values say nothing."""
    found = texts(b'{"a": [{"b": "text"}, 4111111111111111], "c": 1.50, "d": true, "e": null}')
    assert {field: text for field, text in found.items() if "(key)" not in field} == {
        "0.a.0.b": "text",
        "0.a.1": "4111111111111111",
        "0.c": "1.50",
    }


def test_keys_are_texts_too() -> None:
    """A value may be used as a key."""
    assert texts(b'{"ann": 1}')["0.(key)"] == "ann"


def test_pairs_of_name_and_value_are_named_by_their_name() -> None:
    """As headers, cookies and parameters are written."""
    assert texts(b'[{"name": "Cookie", "value": "a=b"}]')["0.Cookie.value"] == "a=b"


def test_lines_are_documents() -> None:
    """Each below its number; a line that is none is passed over, its bytes are scanned anyway."""
    assert texts(b'{"a": "one"}\nplain\n{"a": "two"}\n') == {"0.a": "one", "0.(key)": "a", "1.a": "two", "1.(key)": "a"}


def test_lines_know_their_place() -> None:
    """The offset of a text is that of its line."""
    contents = Contents(1 << 20)
    read_json(b'{"a": "one"}\n{"a": "two"}\n', Place("x"), contents)
    assert [text.offset for text in contents.texts if text.text in {"one", "two"}] == [0, 13]


def test_a_byte_order_mark_is_no_fault() -> None:
    """Some tools write one."""
    assert texts(b'\xef\xbb\xbf{"a": "b"}')["0.a"] == "b"


@pytest.mark.parametrize(("data", "offset"), [(b'{"a": 1', 0), (b'{"a": 1}\n{"a"\n', 9)])
def test_what_is_no_json_is_an_error_with_its_place(data: bytes, offset: int) -> None:
    """A file that calls itself JSON and is cut is told."""
    with pytest.raises(DecodeError, match=f"x, byte {offset}: not JSON"):
        check_json(data, "x")


def test_depth_does_not_matter() -> None:
    """Nesting beyond what the parser takes is an error, not a crash."""
    deep = b"[" * 200_000 + b"]" * 200_000
    with pytest.raises(DecodeError, match="nested too deeply"):
        check_json(deep, "x")
    assert texts(deep) == {}


def test_escapes_are_resolved() -> None:
    """What JSON writes in another way is read as what it stands for."""
    assert texts(json.dumps({"a": "gr\N{LATIN SMALL LETTER U WITH DIAERESIS}n"}).encode())["0.a"] == (
        "gr\N{LATIN SMALL LETTER U WITH DIAERESIS}n"
    )
