"""Hashes of values, of hashes, and with salts."""

import base64
import hashlib
import hmac

import blake3
import mmh3
import pytest
from Crypto.Hash import HMAC, MD2, MD4, RIPEMD160
from tests.unit.leaks.known import CARD, EMAIL, PASSWORD, UMLAUT, found, searcher

from maskproof.leaks.rare.bundle import WITH_RARE_HASHES

LOWER = EMAIL.lower().encode()
SALT = b"tenant-7"
FIRST, SECOND = mmh3.hash64(LOWER, signed=False)
WRITTEN = {
    "md2": MD2.new(LOWER).hexdigest(),  # noqa: S303 - looked for
    "md4": MD4.new(LOWER).hexdigest(),  # noqa: S303 - looked for
    "ripemd160": RIPEMD160.new(LOWER).hexdigest(),
    "blake3": blake3.blake3(LOWER).hexdigest(),
    "blake2b": hashlib.blake2b(LOWER).hexdigest(),
    "blake2b of 32 bytes": hashlib.blake2b(LOWER, digest_size=32).hexdigest(),
    "murmur3 as JavaScript writes it": f"{FIRST:016x}{SECOND:016x}",
    "murmur3 as bytes": mmh3.hash_bytes(LOWER).hex(),
    "murmur3 as a number": str(mmh3.hash128(LOWER, signed=False)),
    "first half of murmur3": f"{FIRST:016x}",
    "second half of murmur3": f"{SECOND:016x}",
    "half of murmur3 as a number": f'{{"hash":{FIRST}}}',
    "half of murmur3 in base64": base64.b64encode(SECOND.to_bytes(8, "big")).decode(),
    **{
        name: hashlib.new(name, LOWER).hexdigest()
        for name in (
            "md5",
            "sha1",
            "sha224",
            "sha256",
            "sha384",
            "sha512",
            "sha3_224",
            "sha3_256",
            "sha3_384",
            "sha3_512",
        )
    },
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_hash_of_an_address_is_found(name: str) -> None:
    """Every hash of a value is found, in small letters and capitals."""
    assert found(f"id={WRITTEN[name]};") == {"email"}
    assert found(WRITTEN[name].upper() if "base64" not in name else WRITTEN[name]) == {"email"}


SPELLED = {
    "raw": ("email", EMAIL.encode()),
    "in lower case": ("email", LOWER),
    "in upper case": ("email", EMAIL.upper().encode()),
    "its letters and digits": ("email", b"trelawickbonsor412examplecom"),
    "with a line end": ("email", LOWER + b"\n"),
    "base64 before": ("email", base64.b64encode(LOWER)),
    "base16 before": ("email", LOWER.hex().encode()),
    "digits of a phone": ("phone", b"4155550134"),
    "E.164": ("phone", b"+14155550134"),
    "country code and digits": ("phone", b"14155550134"),
    "digits of an SSN": ("ssn", b"912347765"),
    "card in groups": ("card", b"4242 4212 3456 7892"),
    "compact date": ("birthday", b"19840309"),
    "American date": ("birthday", b"03/09/1984"),
    "names in the other order": ("name", b"quelmorn, gravid"),
    "names run together": ("name", b"gravidquelmorn"),
    "without diacritics": ("umlaut", b"zoe mullerstrohm"),
    "lower case with diacritics": ("umlaut", UMLAUT.lower().encode()),
    "UTF-16": ("password", PASSWORD.encode("utf-16-le")),
}


@pytest.mark.parametrize("name", SPELLED)
def test_a_hash_of_a_spelling_is_found(name: str) -> None:
    """A hash of any spelling is found, also of one that was encoded before."""
    value_id, text = SPELLED[name]
    assert found(hashlib.sha256(text).hexdigest()) == {value_id}


CHAINS = {
    "md5 of sha1": hashlib.md5(hashlib.sha1(LOWER).hexdigest().encode()).digest(),  # noqa: S324
    "sha256 of the bytes of sha256": hashlib.sha256(hashlib.sha256(LOWER).digest()).digest(),
    "md4 of md2 of ripemd160": MD4.new(  # noqa: S303 - looked for
        MD2.new(RIPEMD160.new(LOWER).hexdigest().encode()).hexdigest().encode()  # noqa: S303
    ).digest(),
    "sha3 of blake3 of murmur3": hashlib.sha3_512(
        blake3.blake3(f"{FIRST:016x}{SECOND:016x}".encode()).hexdigest().encode()
    ).digest(),
    "murmur3 half of sha256 of md5": mmh3.hash64(
        hashlib.sha256(hashlib.md5(LOWER).hexdigest().encode()).hexdigest().encode(), signed=False  # noqa: S324
    )[0].to_bytes(8, "big"),
    "sha1 of base64 of sha256": hashlib.sha1(base64.b64encode(hashlib.sha256(LOWER).digest())).digest(),  # noqa: S324
}  # fmt: skip


@pytest.mark.parametrize("name", CHAINS)
def test_hashes_of_hashes_are_found_and_named(name: str) -> None:
    """Chains of up to three hashes are found, of hexadecimal text and of bytes; the finding names each hash."""
    (match,) = searcher().scan_text(CHAINS[name].hex())
    assert (match.value_id, match.match) == ("email", "hash")
    assert len(match.encoding) == name.count(" of ") + 2 - ("bytes" in name) - ("base64" in name)


SALTED = {
    "before": hashlib.sha256(SALT + LOWER).hexdigest(),
    "behind": hashlib.sha512(LOWER + SALT).hexdigest(),
    "before, with a sign": hashlib.md5(SALT + b":" + LOWER).hexdigest(),  # noqa: S324 - looked for
    "as a key": hmac.new(SALT, LOWER, "sha256").hexdigest(),
    "as a key of RIPEMD-160": HMAC.new(SALT, LOWER, RIPEMD160).hexdigest(),
    "as a key of SHA-512/256": hmac.new(SALT, LOWER, "sha512_256").hexdigest(),
    "as a message, the value the key": HMAC.new(LOWER, SALT, MD4).hexdigest(),
    "MurmurHash3 of its library": mmh3.hash_bytes(SALT + LOWER).hex(),
    "as a key, with digits": hmac.new(SALT, CARD.encode(), "sha3_256").hexdigest(),
}


def test_other_digests_are_not_found() -> None:
    """A hash of something else, and a fourth hash, are of no value."""
    deep = LOWER
    for _ in range(4):
        deep = hashlib.sha256(deep).hexdigest().encode()
    assert found(deep) == set()
    assert found(hashlib.sha256(LOWER + b"x").hexdigest()) == set()


@pytest.mark.parametrize("form", SALTED)
def test_salted_hashes_are_found_with_the_salt(form: str) -> None:
    """Hashes with a configured salt before or behind, and HMACs, are found; without the salt they are not."""
    assert found(SALTED[form], SALT)
    assert found(SALTED[form]) == set()


def test_the_table_says_what_it_computes() -> None:
    """Every hash gives digests of its size in the table."""
    assert all(len(function.function(b"")) == function.size for function in WITH_RARE_HASHES.hashes)
