"""Encodings that spread a text out: which are joined, and that plain lists give nothing."""

import json

import pytest
from tests.unit.leaks.known import CYRILLIC, EMAIL, UMLAUT

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.coding_signs import hints_in
from maskproof.leaks.decoding.interleaved_codings import find_spread

DATA = EMAIL.encode()


def _found(*chunks: bytes) -> list[Candidate]:
    buffer = Buffer(chunks)
    return list(find_spread(buffer, hints_in(buffer.data)))


@pytest.mark.parametrize(("name", "codec"), [("utf-16le", "utf-16-le"), ("utf-16be", "utf-16-be")])
def test_utf16_is_read_from_an_even_and_an_odd_place(name: str, codec: str) -> None:
    """UTF-16 is read in either byte order; only from the beginning is it a whole text."""
    coded = EMAIL.encode(codec)
    assert Candidate(name, 0, 0, DATA) in _found(coded)
    (odd,) = [
        candidate
        for candidate in _found(b"x" + coded)
        if candidate.encoding == name and DATA in candidate.data and candidate.offset
    ]
    assert (odd.offset, odd.is_whole) == (1, False)


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf16_in_the_midst_of_other_bytes_is_read(name: str) -> None:
    """UTF-16 within other bytes is read by its Latin letters."""
    binary = "Вольдемарка Щукарёвская".encode()
    found = _found(b"\xfe" + binary + b"\xff\xff" + EMAIL.encode(name) + b"\xff\xff" + binary)
    assert (name.replace("16-", "16"), DATA) in {(candidate.encoding, candidate.data) for candidate in found}


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    """Text behind a byte order mark is read whole, in any script."""
    assert Candidate("utf-16le", 0, 0, DATA) in _found(b"\xff\xfe" + EMAIL.encode("utf-16-le"))
    other = "\u4e00" * 100 + EMAIL + "\u4e00" * 100
    assert other.encode() in {candidate.data for candidate in _found(b"\xfe\xff" + other.encode("utf-16-be"))}
    assert other.encode() not in {candidate.data for candidate in _found(other.encode("utf-16-be"))}


def test_utf16_of_the_other_order_is_left_out() -> None:
    """Only the right byte order is kept: in the other one a text is in several other scripts."""
    found = _found(EMAIL.encode("utf-16-le"))
    assert [candidate.encoding for candidate in found if candidate.offset == 0] == ["utf-16le"]


@pytest.mark.parametrize(
    "text",
    [
        DATA.hex(" "),
        DATA.hex(":"),
        DATA.hex("-").upper(),
        ", ".join(f"0x{byte:02x}" for byte in DATA),
        "\n".join(f"0x{byte:02x}" for byte in DATA),
        DATA.hex(","),
    ],
    ids=["blanks", "colons", "hyphens", "prefixes", "prefixes and lines", "commas"],
)
def test_spaced_base16_is_joined(text: str) -> None:
    """Base16 is joined whatever stands between its pairs."""
    assert _found(f"it is {text};".encode()).count(Candidate("base16", 0, 6, DATA)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (UMLAUT, [UMLAUT.encode("latin-1"), UMLAUT.encode()]),
        ("Gravid Ākorz", ["Gravid Ākorz".encode()]),
        ("Gravid \ufffd Quelmorn", ["Gravid \ufffd Quelmorn".encode()]),
    ],
    ids=["either", "no bytes", "a large one"],
)
def test_numbers_are_bytes_or_characters(text: str, expected: list[bytes]) -> None:
    """Numbers of a byte may be bytes or code points; with a larger number among them they are code points."""
    numbers = ", ".join(str(ord(character)) for character in text)
    found = [candidate for candidate in _found(f"it is [{numbers}]".encode()) if candidate.encoding == "decimal"]
    assert [(candidate.data, candidate.offset) for candidate in found] == [(data, 7) for data in expected]


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_code_points_of_any_script_are_read(indent: int | None) -> None:
    """Code points of four digits are read, also on lines of their own."""
    text = json.dumps(list(map(ord, CYRILLIC)), indent=indent)
    assert CYRILLIC.encode() in {candidate.data for candidate in _found(text.encode())}


def test_spaced_base16_of_another_script_is_joined() -> None:
    """Pairs of base16 may begin with any digit."""
    assert CYRILLIC.encode() in {candidate.data for candidate in _found(CYRILLIC.encode().hex(" ").encode())}


def test_an_object_of_numbers_is_an_array_of_bytes() -> None:
    """An object of numbered bytes is read, as JSON writes a typed array."""
    text = json.dumps({str(place): byte for place, byte in enumerate(DATA)})
    assert Candidate("decimal", 1, 4, DATA) in _found(b"nothing", b"x = " + text.encode())


def test_pieces_in_an_array_are_one_text() -> None:
    """Texts or numbers of an array are joined; the result is never a digest."""
    found = _found(b'{"q": ["Trela", "wick",\n"@x"]}', b"[4242, 4212, 3456]")
    assert found == [
        Candidate("pieces", 0, 6, b"Trelawick@x", is_whole=False),
        Candidate("pieces", 1, 0, b"424242123456", is_whole=False),
    ]


@pytest.mark.parametrize(
    "text",
    [b"one, two, three", b'["single"]', b'["a", 1, null]', b"12:45:07", b"10, 20 and 30", b'{"0": 1, "x": 2}'],
    ids=["words", "one item", "items of all kinds", "a time", "three numbers", "another object"],
)
def test_plain_lists_give_nothing(text: bytes) -> None:
    """Times, few numbers and lists of several kinds are no encoding."""
    assert _found(text) == []
