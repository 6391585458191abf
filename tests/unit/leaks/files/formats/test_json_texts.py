"""Every string of JSON is a text with the path to it."""

import json
from collections.abc import Sequence

import pytest

from maskproof.leaks.budget import Budget
from maskproof.leaks.files.formats.contents import Contents, Location
from maskproof.leaks.files.formats.json_texts import check_json, read_json
from maskproof.leaks.texts import Text
from maskproof.openreplay.primitives import DecodeError


def texts(data: bytes) -> dict[str, str | bytes]:
    """Read JSON; returns its texts by field."""
    contents = Contents(Budget(1 << 20))
    read_json(data, Location("x", "json"), contents)
    return {text.field: text.text for text in contents.texts}


def test_strings_and_numbers_are_named_by_their_path() -> None:
    """Numbers keep their digits; truth values are left out."""
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
    """Headers, cookies and parameters are written as such pairs."""
    assert texts(b'[{"name": "Cookie", "value": "a=b"}]')["0.Cookie.value"] == "a=b"


def test_lines_are_documents() -> None:
    """Each line of JSON is a document below its number; other lines are skipped here."""
    assert texts(b'{"a": "one"}\nplain\n{"a": "two"}\n') == {"0.a": "one", "0.(key)": "a", "1.a": "two", "1.(key)": "a"}


def test_lines_have_offsets() -> None:
    """The offset of a text is that of its line."""
    contents = Contents(Budget(1 << 20))
    read_json(b'{"a": "one"}\n{"a": "two"}\n', Location("x"), contents)
    assert [text.offset for text in contents.texts if text.text in {"one", "two"}] == [0, 13]


def test_a_byte_order_mark_is_no_fault() -> None:
    """Some tools write a byte order mark."""
    assert texts(b'\xef\xbb\xbf{"a": "b"}')["0.a"] == "b"


@pytest.mark.parametrize(("data", "offset"), [(b'{"a": 1', 0), (b'{"a": 1}\n{"a"\n', 9)])
def test_broken_json_is_an_error_with_its_offset(data: bytes, offset: int) -> None:
    """A file that is named as JSON and cut is an error."""
    with pytest.raises(DecodeError, match=f"x, byte {offset}: not JSON"):
        check_json(data, "x")


def test_deep_nesting_is_an_error() -> None:
    """Nesting too deep for the parser is an error and no crash."""
    deep = b"[" * 200_000 + b"]" * 200_000
    with pytest.raises(DecodeError, match="nested too deeply"):
        check_json(deep, "x")
    assert texts(deep) == {}


def test_escapes_are_resolved() -> None:
    """Escaped characters are read as the characters they stand for."""
    assert texts(json.dumps({"a": "gr\N{LATIN SMALL LETTER U WITH DIAERESIS}n"}).encode())["0.a"] == (
        "gr\N{LATIN SMALL LETTER U WITH DIAERESIS}n"
    )


@pytest.mark.parametrize(
    "document",
    ['{"' + "k" * 50_000 + '": [' + '"a", ' * 5_000 + '"x"]}', '{"abcdefgh": ' * 500 + '"x"' + "}" * 500],
    ids=["a long key", "deep"],
)
def test_names_of_fields_stay_short(document: str) -> None:
    """Names come from the data and stand at each text, so that long ones are cut; the keys are texts of their own."""
    contents = Contents(Budget(1 << 20))
    read_json(document.encode(), Location("x"), contents)
    assert max(len(text.field) for text in contents.texts) < 1000
    assert {"k" * 50_000, "abcdefgh"} & {text.text for text in contents.texts}


def test_texts_are_handed_on_while_they_are_read() -> None:
    """So a large file is not held as a whole; together they are the texts of the file, in their order."""
    texts = [f"{number:08d}" for number in range(200_000)]
    scanned: list[Sequence[Text]] = []
    contents = Contents(Budget(1 << 20), scan=scanned.append)
    read_json(json.dumps(texts).encode(), Location("x"), contents)
    assert scanned
    assert [text.text for part in (*scanned, contents.texts) for text in part] == texts
