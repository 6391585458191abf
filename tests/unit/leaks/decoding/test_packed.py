"""Compressed data: what is unpacked, what is not taken for it, and where it ends."""

import gzip
import random
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard

from maskproof.leaks.budget import Budget, OverBudget
from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.packed import Unpacker, looks_packed

TEXT = b"quiet.lantern@example.com"
LONG = b"".join(b"%d %s " % (number * number, TEXT) for number in range(90))
LIMIT = 1 << 20
BOMB = gzip.compress(b" " * 600_000)


def _found(*chunks: bytes) -> list[Candidate]:
    return list(Unpacker(Budget(LIMIT)).find_packed(Buffer(chunks)))


@pytest.mark.parametrize(
    ("name", "packed"),
    [("gzip", gzip.compress(TEXT)), ("zlib", zlib.compress(TEXT)), ("zstd", zstandard.compress(TEXT))],
    ids=["gzip", "zlib", "zstd"],
)
def test_packed_data_is_found_by_its_magic(name: str, packed: bytes) -> None:
    """Packed data is found anywhere in a text, and what follows it is left out."""
    assert _found(b"nothing", b"\x00\x01" + packed + b"behind") == [Candidate(name, 1, 2, TEXT)]


def test_a_stream_that_breaks_off_gives_its_beginning() -> None:
    """The beginning of a stream that breaks off is unpacked: it is a leak, too."""
    packed = gzip.compress(TEXT + bytes(range(256)) * 4)
    (found,) = _found(packed[: len(packed) // 2])
    assert found.data.startswith(TEXT)


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "zlib"])
@pytest.mark.parametrize("size", [1, 9000], ids=["short", "long"])
def test_a_wrong_checksum_costs_nothing(pack: Callable[[bytes], bytes], size: int) -> None:
    """Data with a wrong checksum is unpacked all the same."""
    text = TEXT + random.Random(1).randbytes(size).hex().encode()  # noqa: S311 - any bytes
    packed = bytearray(pack(text))
    packed[-5 if pack is gzip.compress else -1] ^= 1
    (found,) = _found(bytes(packed))
    assert found.data == text


def test_a_magic_alone_is_nothing() -> None:
    """Bytes that begin like packed data and go on otherwise unpack to nothing."""
    assert _found(b"\x1f\x8b\x08 or so", b"\x78\x9c or so", b"\x28\xb5\x2f\xfd or so") == []


def test_the_limit_holds_for_all_texts_together() -> None:
    """Streams of any texts count together."""
    assert len(_found(BOMB)) == 1
    with pytest.raises(OverBudget, match="more than 1 MB"):
        _found(BOMB, BOMB)


def test_a_trial_ends_at_the_limit() -> None:
    """A trial only shows whether something unpacks, so it ends at the limit without an error."""
    (found,) = Unpacker(Budget(1000), is_trial=True).find_packed(Buffer([BOMB]))
    assert found.data == b" " * 1001


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("deflate", zlib.compress(TEXT, wbits=-15)),
        ("brotli", brotli.compress(TEXT)),
    ],
    ids=["deflate", "brotli"],
)
def test_a_body_without_a_magic_is_unpacked(name: str, body: bytes) -> None:
    """A body without a magic is unpacked as a whole, and its coding is named."""
    assert (name, TEXT) in list(Unpacker(Budget(LIMIT)).whole(body))


@pytest.mark.parametrize("strategy", range(5))
@pytest.mark.parametrize("level", range(10))
def test_deflate_of_every_kind_of_block_is_unpacked(level: int, strategy: int) -> None:
    """Stored blocks, and blocks with fixed and with own codes, are unpacked."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, 8, strategy)
    assert ("deflate", LONG) in list(Unpacker(Budget(LIMIT)).whole(packer.compress(LONG) + packer.flush()))


@pytest.mark.parametrize("head", [b"\x07", b"\x01\x05\x00\xfa\xfe"], ids=["no kind of block", "another length"])
def test_deflate_has_to_begin_as_such(head: bytes) -> None:
    """A block of no kind, or a stored one whose two lengths differ, is not deflate."""
    stored = zlib.compressobj(0, zlib.DEFLATED, -15)
    body = stored.compress(TEXT) + stored.flush()
    assert dict(Unpacker(Budget(LIMIT)).whole(body)).get("deflate") == TEXT
    assert "deflate" not in dict(Unpacker(Budget(LIMIT)).whole(head + body[len(head) :]))


@pytest.mark.parametrize(
    "body",
    [b"plain text, nothing more", "Zoë says: ещё один текст".encode(), b"\x00\x01\x02\x03\x04\x05\x06\x07" * 4, b""],
    ids=["text", "another script", "numbers", "nothing"],
)
def test_a_body_that_is_not_packed_unpacks_to_nothing(body: bytes) -> None:
    """Text and plain binary data are no stream of any kind."""
    assert list(Unpacker(Budget(LIMIT)).whole(body)) == []


@pytest.mark.parametrize(
    ("name", "body"),
    [("deflate", zlib.compress(LONG, wbits=-15)), ("brotli", brotli.compress(LONG))],
    ids=["deflate", "brotli"],
)
def test_a_body_that_breaks_off_is_read_if_it_is_text(name: str, body: bytes) -> None:
    """Without an end, only text shows that the data was packed."""
    ((found, text),) = Unpacker(Budget(LIMIT)).whole(body[:-40])
    assert found == name
    assert LONG.startswith(text)
    assert len(text) > 100


@pytest.mark.parametrize("byte", [b" ", b"\0"], ids=["text", "binary"])
@pytest.mark.parametrize(
    "pack", [lambda data: zlib.compress(data, wbits=-15), brotli.compress], ids=["deflate", "brotli"]
)
def test_a_body_that_is_a_bomb_is_an_error(pack: Callable[[bytes], bytes], byte: bytes) -> None:
    """The limit also holds for bodies without a magic, whatever they unpack to."""
    with pytest.raises(OverBudget):
        list(Unpacker(Budget(1 << 20)).whole(pack(b"some text " + byte * (1 << 25))))


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
    """The two bytes of zlib stand anywhere by chance: they count at the beginning, or if something unpacks."""
    assert looks_packed(data) is expected
