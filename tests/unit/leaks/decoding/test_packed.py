"""Compressed data: what is unpacked, what is not taken for it, and where it ends."""

import gzip
import json
import random
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import assume, given
from hypothesis import strategies as st
from lzstring import LZString

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.packed import UnpackedTooLarge, Unpacker, looks_packed, lz_strings_within, wide_lz_strings
from maskproof.leaks.text_heuristics import has_wide

TEXT = b"quiet.lantern@example.com"
LONG = b"".join(b"%d %s " % (number * number, TEXT) for number in range(90))
LIMIT = 1 << 20
BOMB = gzip.compress(b" " * 600_000)
# Two letters beyond Latin-1 and others, so that it packs into characters of every kind.
WIDE = LZString.compressToUTF16("A quiet lantern, a quiet lantern.")


def _found(*chunks: bytes, roots: list[int] | None = None) -> list[Candidate]:
    return list(Unpacker(LIMIT).find_packed(Buffer(chunks), roots or list(range(len(chunks)))))


@pytest.mark.parametrize(
    ("name", "packed"),
    [("gzip", gzip.compress(TEXT)), ("zlib", zlib.compress(TEXT)), ("zstd", zstandard.compress(TEXT))],
    ids=["gzip", "zlib", "zstd"],
)
def test_packed_data_is_found_by_its_magic(name: str, packed: bytes) -> None:
    """In any text, wherever it begins, with what comes behind it left out."""
    assert _found(b"nothing", b"\x00\x01" + packed + b"behind") == [Candidate(name, 1, 2, TEXT)]


def test_a_stream_that_breaks_off_gives_its_beginning() -> None:
    """What was sent until then is as much of a leak."""
    packed = gzip.compress(TEXT + bytes(range(256)) * 4)
    (found,) = _found(packed[: len(packed) // 2])
    assert found.data.startswith(TEXT)


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "zlib"])
@pytest.mark.parametrize("size", [1, 9000], ids=["short", "long"])
def test_a_wrong_checksum_costs_nothing(pack: Callable[[bytes], bytes], size: int) -> None:
    """What unpacks was sent all the same."""
    text = TEXT + random.Random(1).randbytes(size).hex().encode()  # noqa: S311 - any bytes
    packed = bytearray(pack(text))
    packed[-5 if pack is gzip.compress else -1] ^= 1
    (found,) = _found(bytes(packed))
    assert found.data == text


def test_a_magic_alone_is_nothing() -> None:
    """Bytes that begin as packed data do, and go on otherwise, unpack to nothing."""
    assert _found(b"\x1f\x8b\x08 or so", b"\x78\x9c or so", b"\x28\xb5\x2f\xfd or so") == []


def test_the_limit_holds_for_each_text() -> None:
    """Two of a text are too large together; of two texts they are not."""
    assert len(_found(BOMB, BOMB)) == 2
    with pytest.raises(UnpackedTooLarge, match="more than 1 MB"):
        _found(BOMB, BOMB, roots=[0, 0])


def test_a_trial_ends_at_the_limit() -> None:
    """It only has to see whether something unpacks."""
    (found,) = Unpacker(1000, is_trial=True).find_packed(Buffer([BOMB]), [0])
    assert found.data == b" " * 1001


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("deflate", zlib.compress(TEXT, wbits=-15)),
        ("brotli", brotli.compress(TEXT)),
        ("lz-string", b"".join(ord(one).to_bytes(2, "big") for one in LZString.compress(TEXT.decode()))),
        ("lz-string", LZString.compressToUTF16(TEXT.decode()).encode()),
        ("lz-string", LZString.compressToUTF16(TEXT.decode()).encode("utf-8-sig")),
        ("lz-string", LZString.compress(TEXT.decode()).encode("utf-8", "surrogatepass")),
    ],
    ids=["deflate", "brotli", "LZ-string's bytes", "its UTF-16", "its UTF-16 with a mark", "its characters"],
)
def test_a_body_without_a_magic_is_unpacked(name: str, body: bytes) -> None:
    """As a whole, and named."""
    assert (name, TEXT) in list(Unpacker(LIMIT).whole(body, 0))


@pytest.mark.parametrize("strategy", range(5))
@pytest.mark.parametrize("level", range(10))
def test_deflate_of_every_kind_of_block_is_unpacked(level: int, strategy: int) -> None:
    """Stored, with codes that are fixed, and with codes of its own."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, 8, strategy)
    assert ("deflate", LONG) in list(Unpacker(LIMIT).whole(packer.compress(LONG) + packer.flush(), 0))


@pytest.mark.parametrize("head", [b"\x07", b"\x01\x05\x00\xfa\xfe"], ids=["no kind of block", "another length"])
def test_deflate_has_to_begin_as_such(head: bytes) -> None:
    """What is stored tells its length twice."""
    stored = zlib.compressobj(0, zlib.DEFLATED, -15)
    body = stored.compress(TEXT) + stored.flush()
    assert dict(Unpacker(LIMIT).whole(body, 0)).get("deflate") == TEXT
    assert "deflate" not in dict(Unpacker(LIMIT).whole(head + body[len(head) :], 0))


@pytest.mark.parametrize(
    "body",
    [b"plain text, nothing more", "Zoë says: ещё один текст".encode(), b"\x00\x01\x02\x03\x04\x05\x06\x07" * 4, b""],
    ids=["text", "another script", "numbers", "nothing"],
)
def test_a_body_that_is_not_packed_unpacks_to_nothing(body: bytes) -> None:
    """Text and plain binary data are no stream of any kind."""
    assert list(Unpacker(LIMIT).whole(body, 0)) == []


@pytest.mark.parametrize(
    ("name", "body"),
    [("deflate", zlib.compress(LONG, wbits=-15)), ("brotli", brotli.compress(LONG))],
    ids=["deflate", "brotli"],
)
def test_a_body_that_breaks_off_is_read_if_it_is_text(name: str, body: bytes) -> None:
    """Without an end nothing else tells what was packed from noise."""
    ((told, text),) = Unpacker(LIMIT).whole(body[:-40], 0)
    assert told == name
    assert LONG.startswith(text)
    assert len(text) > 100


@pytest.mark.parametrize("byte", [b" ", b"\0"], ids=["text", "binary"])
@pytest.mark.parametrize(
    "pack", [lambda data: zlib.compress(data, wbits=-15), brotli.compress], ids=["deflate", "brotli"]
)
def test_a_body_that_is_a_bomb_is_an_error(pack: Callable[[bytes], bytes], byte: bytes) -> None:
    """The limit holds for what has no magic as well, whatever it unpacks to."""
    with pytest.raises(UnpackedTooLarge):
        list(Unpacker(1 << 20).whole(pack(b"some text " + byte * (1 << 25)), 0))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (gzip.compress(TEXT), True),
        (b"behind it " + zstandard.compress(TEXT), True),
        (zlib.compress(TEXT), True),
        (b"behind it " + zlib.compress(TEXT), True),
        (b"behind it " + zlib.compress(zlib.compress(TEXT)), True),
        (b"behind it \x78\x9c" + TEXT, False),
        (b"\x1f\x8b text", False),
        (TEXT, False),
    ],
    ids=["gzip", "zstd within", "zlib", "zlib within", "twice zlib within", "zlib by chance", "half a magic", "text"],
)
def test_the_magic_shows_what_is_packed(data: bytes, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """The two bytes of zlib stand anywhere by chance, and only count at the beginning or if something unpacks."""
    assert looks_packed(data) is expected


def test_a_quoted_string_of_lz_string_is_read() -> None:
    """Beside others in JSON, with its place; a string in another script is none."""
    body = json.dumps({"a": "тихий фонарь", "b": WIDE}, ensure_ascii=False).encode()
    place = body.index(WIDE.encode())
    assert list(lz_strings_within(body)) == [(place, "A quiet lantern, a quiet lantern.")]


@given(st.text(st.characters(categories=("L", "N", "P", "Zs"), max_codepoint=0x2FFF), min_size=5, max_size=40))
def test_quoted_lz_string_property_any_text_is_found(text: str) -> None:
    """Whatever characters it packs into; JSON's escapes are undone before, and of fewer characters no value unpacks."""
    packed = LZString.compressToUTF16(text)
    written = json.dumps(packed, ensure_ascii=False)
    assume(written == f'"{packed}"' and len(packed) >= 4 and has_wide(packed.encode()))
    assert [one for _, one in lz_strings_within(written.encode())] == [text]


def test_lz_string_is_known_in_both_byte_orders() -> None:
    """UTF-16 of an even number of bytes; with a mark or without."""
    assert list(wide_lz_strings(WIDE.encode("utf-16-le"))) == ["utf-16-le"]
    assert list(wide_lz_strings(WIDE.encode("utf-16-be"))) == ["utf-16-be"]
    assert list(wide_lz_strings(f"\ufeff{WIDE}".encode("utf-16-le"))) == ["utf-16-le"]
    assert list(wide_lz_strings(f'"{WIDE}"'.encode("utf-16-le"))) == ["utf-16-le"]
    assert list(wide_lz_strings(WIDE.encode("utf-16-le")[:-1])) == []
    assert list(wide_lz_strings("тихий фонарь".encode("utf-16-le"))) == []
