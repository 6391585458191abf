"""The option of rare codings and hashes: on finds them, off does not, and all else is found either way."""

import base64
import hashlib
import json
import zlib
from functools import cache

import mmh3
import pytest
from Crypto.Hash import MD2, MD4
from lzstring import LZString
from tests.unit.leaks.known import EMAIL, VALUES

from maskproof.leaks.rare.base85 import coded85
from maskproof.leaks.search.searcher import ScanOptions, Searcher

LOWER = EMAIL.lower().encode()
TEXT = f"the address is {EMAIL}".encode()
PACKED = LZString.compressToUTF16(TEXT.decode())
FIRST, SECOND = mmh3.hash64(LOWER, signed=False)


def _zlib(bits: int) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, bits)
    return packer.compress(TEXT) + packer.flush()


def _hex(name: str, text: bytes) -> bytes:
    return hashlib.new(name, text).hexdigest().encode()


RARE: dict[str, bytes] = {
    "z85": dict(coded85(TEXT))["z85"],
    "ascii85": b"q=" + base64.a85encode(TEXT),
    "ascii85 between marks": b"it is " + base64.a85encode(TEXT, adobe=True, wrapcol=12),
    "ascii85 of a short value": b"it is " + base64.a85encode(b"Gravid Quelmorn") + b" there",
    "lz-string in UTF-16 text": PACKED.encode(),
    "lz-string in a field": json.dumps({"state": PACKED}, ensure_ascii=False).encode(),
    "lz-string in UTF-16": PACKED.encode("utf-16-le"),
    "lz-string in bytes": b"".join(ord(unit).to_bytes(2, "big") for unit in LZString.compress(TEXT.decode())),
    "zlib with a small window": b"\x07ab" + _zlib(10) + b"\x00",
    "md2": MD2.new(LOWER).hexdigest().encode(),  # noqa: S303 - looked for
    "md4": MD4.new(LOWER).hexdigest().encode(),  # noqa: S303 - looked for
    "first half of murmur": b"%016x" % FIRST,
    "second half of murmur": b"%016x" % SECOND,
    "half of murmur as a number": b'{"hash":%d}' % FIRST,
    "murmur in memory order": mmh3.hash_bytes(LOWER).hex().encode(),
    "hash of half a murmur": _hex("sha256", b"%016x" % SECOND),
    "three hashes": _hex("sha256", _hex("sha1", _hex("md5", LOWER))),
}
COMMON: dict[str, bytes] = {
    "as it is": TEXT,
    "base85": b"q=" + base64.b85encode(TEXT),
    "base64": base64.b64encode(TEXT),
    "lz-string in base64": LZString.compressToBase64(TEXT.decode()).encode(),
    "lz-string for URLs": LZString.compressToEncodedURIComponent(TEXT.decode()).encode(),
    "zlib": b"\x07ab" + _zlib(15) + b"\x00",
    "md5": _hex("md5", LOWER),
    "blake2s": _hex("blake2s", LOWER),
    "murmur": b"%016x%016x" % (FIRST, SECOND),
    "two hashes": _hex("sha1", _hex("md5", LOWER)),
}


@cache
def _searcher(*, rare: bool) -> Searcher:
    return Searcher(VALUES, options=ScanOptions(rare=rare))


def _found(data: bytes, *, rare: bool) -> list[tuple[str, tuple[str, ...], str, int]]:
    matches = _searcher(rare=rare).scan_bytes(data)
    return [(match.value_id, match.encoding, match.match, match.offset) for match in matches]


@pytest.mark.parametrize("name", RARE)
def test_what_is_rare_is_found_unless_it_is_switched_off(name: str) -> None:
    """The option decides."""
    assert _found(RARE[name], rare=True)
    assert _found(RARE[name], rare=False) == []


@pytest.mark.parametrize("name", COMMON)
def test_what_is_common_is_found_either_way(name: str) -> None:
    """The option changes nothing of the finding."""
    assert _found(COMMON[name], rare=True)
    assert _found(COMMON[name], rare=True) == _found(COMMON[name], rare=False)


def test_rare_is_on_by_default() -> None:
    """Nobody has to ask for it."""
    assert ScanOptions().rare


def test_a_salted_rare_hash_is_found_unless_it_is_switched_off() -> None:
    """The option holds for salted hashes and HMACs, too."""
    digest = MD4.new(b"tenant-7" + LOWER).hexdigest()  # noqa: S303 - looked for
    found = {
        rare: Searcher(VALUES, options=ScanOptions(salts=(b"tenant-7",), rare=rare)).scan_text(digest)
        for rare in (True, False)
    }
    assert [match.encoding for match in found[True]] == [("base16", "salted-md4")]
    assert found[False] == []
