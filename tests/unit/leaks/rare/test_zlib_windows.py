"""zlib with small windows."""

import zlib

import pytest

from maskproof.leaks.budget import Budget
from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.coding_signs import Hint, SignSearch, hints_in
from maskproof.leaks.decoding.packed import Unpacker, looks_packed
from maskproof.leaks.rare.bundle import WITH_RARE_CODINGS
from maskproof.leaks.rare.zlib_windows import EVERY_ZLIB

TEXT = b"quiet.lantern@example.com, \xc3\xa9"
LIMIT = 1 << 20


def _packed(bits: int, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, bits)
    return packer.compress(TEXT) + packer.flush()


@pytest.mark.parametrize("level", [0, 3, 6, 9])
@pytest.mark.parametrize("bits", range(9, 15))
def test_every_window_and_level_is_unpacked(bits: int, level: int) -> None:
    """Small windows unpack with the rare codings, and have no magic without them."""
    buffer = Buffer([b"it is " + _packed(bits, level)])
    (found,) = WITH_RARE_CODINGS.unpacker(Budget(LIMIT)).find_packed(buffer)
    assert (found.encoding, found.offset, found.data) == ("zlib", 6, TEXT)
    assert list(Unpacker(Budget(LIMIT)).find_packed(buffer)) == []


@pytest.mark.parametrize("level", [0, 3, 6, 9])
@pytest.mark.parametrize("bits", range(9, 15))
def test_every_window_and_level_shows_a_sign(bits: int, level: int) -> None:
    """The decoders only read what a sign points at."""
    packed = _packed(bits, level)
    assert Hint.PACKED in SignSearch(WITH_RARE_CODINGS.signs).hints_in(packed)
    assert Hint.PACKED not in hints_in(packed)


@pytest.mark.parametrize("level", [0, 3, 6, 9])
def test_the_common_window_is_read_either_way(level: int) -> None:
    """What browsers and servers write does not depend on the rare codings."""
    packed = _packed(15, level)
    assert looks_packed(packed)
    assert looks_packed(packed, EVERY_ZLIB)


@pytest.mark.parametrize("text", [b"XGraphics", b"HKong", b"80 (Street)", b"(Some text)", b"hConfig"])
def test_letters_before_text_are_no_magic(text: bytes) -> None:
    """First bytes that are letters only count before bytes that text has not."""
    assert not looks_packed(text, EVERY_ZLIB)
    assert Hint.PACKED not in SignSearch(WITH_RARE_CODINGS.signs).hints_in(text)
