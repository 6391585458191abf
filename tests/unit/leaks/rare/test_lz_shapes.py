"""LZ-string outside tokens: bodies, fields, and bodies in UTF-16."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lzstring import LZString

from maskproof.leaks.budget import Budget, OverBudget
from maskproof.leaks.decoding.packed import Unpacker
from maskproof.leaks.rare import lz_shapes
from maskproof.leaks.rare.bundle import WITH_RARE_CODINGS
from maskproof.leaks.text_heuristics import PART_LETTERS, has_wide

TEXT = "quiet.lantern@example.com"
LIMIT = 1 << 20
# Two letters beyond Latin-1 and others, so that it packs into characters of every kind.
WIDE = LZString.compressToUTF16("A quiet lantern, a quiet lantern.")


def _bytes(text: str) -> bytes:
    return b"".join(ord(unit).to_bytes(2, "big") for unit in LZString.compress(text))


@given(
    st.text(st.characters(codec="utf-8", max_codepoint=0xD7FF, exclude_categories=["Cc", "Cs"]), min_size=PART_LETTERS)
)
def test_lz_shapes_property_every_shape_comes_back(text: str) -> None:
    """What another library compressed in any shape is undone."""
    assert lz_shapes.from_utf16(LZString.compressToUTF16(text)) == text
    assert lz_shapes.from_units(LZString.compress(text)) == text
    assert lz_shapes.from_bytes(_bytes(text)) == text


@given(st.binary(max_size=200))
def test_lz_shapes_property_noise_is_no_error(data: bytes) -> None:
    """Anything can be tried."""
    assert isinstance(lz_shapes.from_bytes(data), str)
    assert isinstance(lz_shapes.from_utf16(data.decode("latin-1")), str)


@pytest.mark.parametrize(
    "body",
    [
        _bytes(TEXT),
        LZString.compressToUTF16(TEXT).encode(),
        LZString.compressToUTF16(TEXT).encode("utf-8-sig"),
        LZString.compress(TEXT).encode("utf-8", "surrogatepass"),
    ],
    ids=["bytes", "UTF-16 text", "UTF-16 text with a mark", "code units"],
)
def test_a_body_is_unpacked(body: bytes) -> None:
    """A whole body of any shape is unpacked with the rare codings, and not without them."""
    found = ("lz-string", TEXT.encode())
    assert found in list(WITH_RARE_CODINGS.unpacker(Budget(LIMIT)).whole(body))
    assert found not in list(Unpacker(Budget(LIMIT)).whole(body))


@pytest.mark.parametrize(
    "body",
    [b"plain text, nothing more", "Zoë says: ещё один текст".encode(), b"\x00\x01\x02\x03\x04\x05\x06\x07" * 4, b""],
    ids=["text", "another script", "numbers", "nothing"],
)
def test_another_body_unpacks_to_nothing(body: bytes) -> None:
    """Text and plain binary data are no LZ-string."""
    assert list(lz_shapes.of_body(body)) == []


def test_what_unpacks_counts_for_the_limit() -> None:
    """A text of more than the limit is an error."""
    with pytest.raises(OverBudget):
        list(WITH_RARE_CODINGS.unpacker(Budget(100)).whole(_bytes("a quiet lantern, " * 9)))


def test_a_quoted_string_is_read() -> None:
    """It is read beside other strings of JSON, with its place; a string in another script is none."""
    body = json.dumps({"a": "тихий фонарь", "b": WIDE}, ensure_ascii=False).encode()
    place = body.index(WIDE.encode())
    assert list(lz_shapes.of_fields(body)) == [(place, "A quiet lantern, a quiet lantern.")]


@given(st.text(st.characters(categories=("L", "N", "P", "Zs"), max_codepoint=0x2FFF), min_size=5, max_size=40))
def test_lz_shapes_property_any_quoted_text_is_found(text: str) -> None:
    """Any characters are found; JSON's escapes are undone before, and no value unpacks from fewer characters."""
    packed = LZString.compressToUTF16(text)
    written = json.dumps(packed, ensure_ascii=False)
    assume(written == f'"{packed}"' and len(packed) >= 4 and has_wide(packed.encode()))
    assert [unpacked for _, unpacked in lz_shapes.of_fields(written.encode())] == [text]


def test_a_body_in_utf16_is_known_in_both_byte_orders() -> None:
    """UTF-16 has an even number of bytes, with a mark or without."""
    assert list(lz_shapes.utf16_bodies(WIDE.encode("utf-16-le"))) == ["utf-16-le"]
    assert list(lz_shapes.utf16_bodies(WIDE.encode("utf-16-be"))) == ["utf-16-be"]
    assert list(lz_shapes.utf16_bodies(f"\ufeff{WIDE}".encode("utf-16-le"))) == ["utf-16-le"]
    assert list(lz_shapes.utf16_bodies(f'"{WIDE}"'.encode("utf-16-le"))) == ["utf-16-le"]
    assert list(lz_shapes.utf16_bodies(WIDE.encode("utf-16-le")[:-1])) == []
    assert list(lz_shapes.utf16_bodies("тихий фонарь".encode("utf-16-le"))) == []
