"""The hashes by name, against published digests."""

import hashlib

import mmh3
import pytest
from Crypto.Hash import SHA512

from maskproof.leaks.digests.hashes import HASHES, SIZES, Hash, by_openssl, by_size, split

NAMED = {function.name: function for function in HASHES}
# Of `abc`: RFC 1321, FIPS 180-4 and 202, the page of RIPEMD-160, RFC 7693, BLAKE3's reference.
OF_ABC = {
    "md5": "900150983cd24fb0d6963f7d28e17f72",
    "sha1": "a9993e364706816aba3e25717850c26c9cd0d89d",
    "sha224": "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
    "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sha512-224": "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa",
    "sha512-256": "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
    "sha3-224": "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf",
    "sha3-256": "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
    "ripemd160": "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc",
    "blake2s": "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982",
    "blake3": "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85",
}


@pytest.mark.parametrize("name", OF_ABC)
def test_a_name_means_the_hash_of_that_name(name: str) -> None:
    """Digests are those in the definition of the hash."""
    assert NAMED[name].function(b"abc").hex() == OF_ABC[name]


def test_murmur_is_written_as_javascript_does() -> None:
    """Each half has its high byte first; the bytes of the library have the low one first."""
    first, second = mmh3.hash64(b"abc", signed=False)
    assert NAMED["murmur3-128"].function(b"abc").hex() == f"{first:016x}{second:016x}"


@pytest.mark.parametrize(
    ("size", "names"), [(20, {"sha1", "ripemd160", "blake2b-160"}), (28, {"sha224", "sha512-224", "sha3-224"})]
)
def test_a_size_names_its_hashes(size: int, names: set[str]) -> None:
    """Every size is that of whole digests; eight bytes, of half a MurmurHash3, are kept for rare hashes."""
    assert {function.name for function in by_size(HASHES)[size]} == names
    assert sorted(by_size(HASHES)) == [16, 20, 28, 32, 48, 64]
    assert sorted(SIZES) == [8, 16, 20, 28, 32, 48, 64]


def test_shorter_forms_are_not_hashed_again() -> None:
    """Shorter forms of a hash are only searched for at the end of a chain."""
    others = {function.name for function in HASHES if not function.is_listed}
    assert others == {"blake2b-128", "blake2b-160", "blake2b-384", "blake2s"}


@pytest.mark.parametrize("function", HASHES, ids=[function.name for function in HASHES])
@pytest.mark.parametrize("count", [0, 3, 200])
def test_many_messages_give_a_digest_each(function: Hash, count: int) -> None:
    """Digests of many messages are in their order, and the same as one by one."""
    messages = [b"%d" % (number * 7919) * (number % 5) for number in range(count)]
    assert split(function.of_each(messages), function.size) == [function.function(message) for message in messages]


def test_a_hash_that_openssl_lacks_is_made_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a build of OpenSSL lacks a hash, another library makes it."""

    def unknown(name: str, **_options: object) -> None:
        raise ValueError(name)

    monkeypatch.setattr(hashlib, "new", unknown)
    made = by_openssl("sha512-224", 28, lambda data: SHA512.new(data, truncate="224").digest(), block=128)
    assert made.function(b"abc").hex() == OF_ABC["sha512-224"]
