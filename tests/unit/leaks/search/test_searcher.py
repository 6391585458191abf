"""The search: encodings to depth 3, hashes in them, offsets and limits."""

import base64
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from lzstring import LZString
from tests.unit.leaks.known import CYRILLIC, EMAIL, PHONE, SSN, UMLAUT, VALUES, found, searcher, value
from tests.unit.leaks.missed_once import MISSED_ONCE

from maskproof.leaks.budget import OverBudget
from maskproof.leaks.buffer import BATCH, Buffer
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.run_decoder import RunDecoder
from maskproof.leaks.digests.hash_chains import ChainTables, Hashed
from maskproof.leaks.search.matches import NEAR
from maskproof.leaks.search.searcher import ScanOptions, Searcher

JSON = json.dumps({"form": "signup", "mail": EMAIL})
DATA = EMAIL.encode()
# Long enough to be compressed and not only wrapped.
LONG = (
    json.dumps([{"row": number, "text": f"as said to {EMAIL[::-1]}"} for number in range(90)]).encode() + JSON.encode()
)
ENCODED = {
    "percent": ("percent", quote(EMAIL, safe="")),
    "percent of every character": ("percent", "".join(f"%{byte:02x}" for byte in DATA)),
    "html decimal": ("html", "".join(f"&#{byte};" for byte in DATA)),
    "html hexadecimal": ("html", "".join(f"&#x{byte:X};" for byte in DATA)),
    "html named": ("html", EMAIL.replace("@", "&commat;").replace(".", "&period;")),
    "json": ("escape", json.dumps(EMAIL.replace("@", "\u0040")).replace("@", "\\u0040")),
    "javascript hexadecimal": ("escape", "".join(f"\\x{byte:02x}" for byte in DATA)),
    "javascript octal": ("escape", "".join(f"\\{byte:03o}" for byte in DATA)),
    "javascript braces": ("escape", "".join(f"\\u{{{byte:x}}}" for byte in DATA)),
    "quoted-printable": ("quoted-printable", "".join(f"={byte:02X}" for byte in DATA)),
    "markup": ("markup", EMAIL.replace("Bon", "Bo</b>n")),
    "base16": ("base16", DATA.hex()),
    "base16 in capitals": ("base16", DATA.hex().upper()),
    "base16 with colons": ("base16", DATA.hex(":")),
    "base32": ("base32", base64.b32encode(DATA).decode()),
    "base32 in small letters": ("base32", base64.b32encode(DATA).decode().lower().rstrip("=")),
    "base64": ("base64", base64.b64encode(DATA).decode()),
    "base64 in lines": ("base64", base64.encodebytes(b"x" * 50 + DATA + b"y" * 50).decode()),
    "utf-16le": ("utf-16le", EMAIL.encode("utf-16-le")),
    "utf-16be": ("utf-16be", EMAIL.encode("utf-16-be")),
    "gzip": ("gzip", b"\x01\x02" + gzip.compress(DATA) + b"\x03"),
    "zlib": ("zlib", b"\x01\x02" + zlib.compress(DATA) + b"\x03"),
    "zstd": ("zstd", b"\x01\x02" + zstandard.compress(LONG) + b"\x03"),
    "deflate": ("deflate", zlib.compress(JSON.encode(), wbits=-15)),
    "brotli": ("brotli", brotli.compress(LONG)),
    "ascii85": ("ascii85", base64.a85encode(JSON.encode(), adobe=True)),
    "base85": ("base85", base64.b85encode(JSON.encode())),
    "list of bytes": ("decimal", json.dumps(list(DATA))),
    "array of pieces": ("pieces", json.dumps([EMAIL[:12], EMAIL[12:]])),
}


@pytest.mark.parametrize("name", MISSED_ONCE)
def test_what_was_missed_once_is_found(name: str) -> None:
    """Regressions: codings between others, in lines, in paths and behind other text."""
    text, value_id = MISSED_ONCE[name]
    data = text.encode() if isinstance(text, str) else text
    salts = [b"tenant-7"] if "salt" in name else []
    assert value_id in {match.value_id for match in searcher(*salts).scan_bytes(data)}


def test_the_street_line_of_an_address_is_found() -> None:
    """The street line is found without the rest of the address."""
    search = Searcher([value("street", "address", "1483 Wrenfield Terrace, Flat 9")])
    assert [match.match for match in search.scan_text("ship to 1483 Wrenfield Terrace today")] == ["partial"]
    assert search.scan_text("ship to 1483 Renfield Street today") == []


@pytest.mark.parametrize("name", ENCODED)
def test_an_encoding_is_found_and_named(name: str) -> None:
    """Each encoding is undone, and the finding names it."""
    encoding, data = ENCODED[name]
    matches = searcher().scan_bytes(data if isinstance(data, bytes) else data.encode())
    assert encoding in {match.encoding[0].removesuffix("url") for match in matches if match.value_id == "email"}


NESTED = {
    "base64 of gzip of json with percent": base64.b64encode(gzip.compress(json.dumps({"q": quote(EMAIL)}).encode())),
    "percent three times": quote(quote(quote(EMAIL, safe=""), safe=""), safe="").encode(),
    "base64 three times": base64.b64encode(base64.b64encode(base64.b64encode(DATA))),
    "base16 three times": DATA.hex().encode().hex().encode().hex().encode(),
    "json in json in json": json.dumps(json.dumps(json.dumps({"name": UMLAUT}))).encode(),
    "percent of base64 of brotli": b"a=1&q=" + quote(base64.b64encode(brotli.compress(JSON.encode()))).encode(),
    "base85 of deflate of utf-16": base64.b85encode(zlib.compress(EMAIL.encode("utf-16"), wbits=-15)),
    "base32 of another script": base64.b32encode(CYRILLIC.encode()),
    "base64 of utf-16 of another script": base64.b64encode(CYRILLIC.encode("utf-16-le")),
}


@pytest.mark.parametrize("name", NESTED)
def test_nested_encodings_are_found(name: str) -> None:
    """Encodings of encodings are undone, to depth 3."""
    assert found(NESTED[name])


def test_a_fifth_encoding_is_not_undone() -> None:
    """The default depth is three and one for the carrier; an option sets another."""
    deep = base64.b64encode(base64.b64encode(base64.b64encode(base64.b64encode(DATA))))
    assert searcher().scan_bytes(deep)[0].encoding == ("base64",) * 4
    deeper = base64.b64encode(deep)
    assert searcher().scan_bytes(deeper) == []
    further = Searcher(VALUES[:1], options=ScanOptions(depth=5))
    assert further.scan_bytes(deeper)[0].encoding == ("base64",) * 5


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.text(st.characters(codec="utf-8"), max_size=40))
def test_base64_property_any_alignment(before: str, after: str) -> None:
    """A value is found in base64 of any text around it, wherever its groups fall."""
    assert "email" in found(base64.b64encode(f"{before} {EMAIL} {after}".encode()))


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_compressed_property_any_surroundings(before: bytes, after: bytes) -> None:
    """Compressed data are found inside any binary data."""
    assert "email" in found(before + gzip.compress(JSON.encode()) + after)


@given(st.binary(max_size=2000))
def test_binary_property_nothing_is_found_in_noise(data: bytes) -> None:
    """Any bytes can be scanned, and hold no value by chance."""
    assert found(data) == set()


@given(st.text(max_size=500))
def test_text_property_nothing_is_found_in_noise(text: str) -> None:
    """Any text can be scanned, lone surrogates included, and holds no value by chance."""
    assert searcher().scan_text(text) == []


def test_the_least_encoded_match_of_a_place_is_reported() -> None:
    """A value that stands in a text plain and encoded is one match: the plain one."""
    (match,) = searcher().scan_text(f"{EMAIL} {base64.b64encode(DATA).decode()}")
    assert (match.encoding, match.match) == ((), "exact")


def test_other_places_are_other_findings() -> None:
    """A value far from another occurrence is reported again, with its offset."""
    text = f"{EMAIL}{' ' * 2 * NEAR}{SSN}{' ' * 2 * NEAR}{EMAIL.upper()}"
    places = [(match.value_id, match.offset) for match in searcher().scan_text(text)]
    assert sorted(places) == [("email", 0), ("email", text.rindex(EMAIL.upper())), ("ssn", text.index(SSN))]


def test_plain_text_in_the_output_of_a_decoder_is_not_reported_again() -> None:
    """A plain value in a long text with an escape far away is not reported as encoded."""
    text = f"{EMAIL}{'-' * 1500}%20{'-' * 20_000}"
    assert [match.encoding for match in searcher().scan_text(text)] == [()]


def test_many_texts_are_distinguished() -> None:
    """Each match names its text; no match spans two texts, however many batches there are."""
    chunks = [b"x " * (BATCH // 2), PHONE.encode(), b"Gravid", b"Quelmore", b"", base64.b64encode(DATA)]
    assert {(index, match.value_id) for index, match in searcher().scan_many(chunks)} == {(1, "phone"), (5, "email")}


def test_digests_are_found_in_encodings() -> None:
    """A digest is found as hexadecimal in a path, as base64, as bytes, and through escapes."""
    digest = hashlib.sha256(EMAIL.lower().encode()).digest()
    for data in (
        f"/avatar/{digest.hex()}?s=80".encode(),
        base64.b64encode(digest),
        base64.urlsafe_b64encode(digest).rstrip(b"="),
        base64.b32encode(digest),
        base64.b85encode(digest),
        digest,
        quote(base64.b64encode(digest), safe="").encode(),
    ):
        (match,) = searcher().scan_bytes(data)
        assert (match.value_id, match.match, match.encoding[-1]) == ("email", "hash", "sha256")


def test_a_bomb_is_an_error() -> None:
    """Data that unpack to more than the limit are an error, never a pass; a higher limit reads them."""
    bomb = gzip.compress(b" " * 3_000_000 + DATA)
    with pytest.raises(OverBudget, match="more than 1 MB"):
        Searcher(VALUES[:1], options=ScanOptions(unpack_limit=1 << 20)).scan_bytes(bomb)
    assert Searcher(VALUES[:1], options=ScanOptions(unpack_limit=4 << 20)).scan_bytes(bomb)


def test_many_small_bombs_are_an_error() -> None:
    """The limit is for all packed data of one text together."""
    with pytest.raises(OverBudget):
        Searcher(VALUES[:1], options=ScanOptions(unpack_limit=1 << 20)).scan_bytes(gzip.compress(b" " * 300_000) * 5)


def test_no_values_find_nothing() -> None:
    """A search without values finds nothing."""
    assert Searcher(()).scan_bytes(hashlib.md5(DATA).hexdigest().encode()) == []  # noqa: S324 - no secret


def test_digests_can_be_looked_up() -> None:
    """A digest is reported with the value that it is of; an unknown digest is not."""
    digest = hashlib.sha1(DATA).digest()  # noqa: S324 - no secret
    assert searcher().find_digests([digest, b"\x07" * 20]) == {digest: "email"}


OTHER = hashlib.md5(b"of nobody").digest()  # noqa: S324 - no secret
WITHIN = base64.b64encode(f"was {OTHER.hex()}".encode()).decode()
LOOKED_UP = {
    "a digest": (OTHER.hex(), True),
    "a digest in base64": (base64.b64encode(OTHER).decode(), True),
    "a digest in an encoded text": (f"={WITHIN}", True),
    "a path": ("/assets/index-CprV81fG.css", False),
    "a digest in text that a path decodes to": (f"/assets/{WITHIN}-x", True),
    "half a digest in what base85 of an id gives": ("a2ae838e12ec5fe393fd", False),
    "a fraction": ('{"ttfb":5.300000000745058}', False),
    "text that was packed": (LZString.compressToUTF16("sixteen letters!"), False),
}


@pytest.mark.parametrize("name", LOOKED_UP)
def test_hashes_of_hashes_are_looked_up_for_likely_digests(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their tables take long to build: the output of a decoded path or number counts only if it is text."""
    text, expected = LOOKED_UP[name]
    looked_up: list[bytes] = []

    def find(_tables: ChainTables, digests: Sequence[bytes]) -> Mapping[bytes, Hashed]:
        looked_up.extend(digests)
        return {}

    monkeypatch.setattr(ChainTables, "find", find)
    assert Searcher(VALUES[:1]).scan_text(text) == []
    assert bool(looked_up) is expected


@pytest.mark.parametrize("text", ["q={sign} {token}", "{token} q={sign}"])
def test_a_likely_place_counts_beside_an_unlikely_one(text: str) -> None:
    """The signature of a web token is not looked up; the same digest elsewhere is, in any order."""
    inner = hashlib.sha1(DATA.lower()).hexdigest()  # noqa: S324 - looked for
    outer = hashlib.sha256(inner.encode()).digest()
    head, payload, sign = (
        base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (b'{"alg":"HS256"}', b'{"n":12345}', outer)
    )
    token = f"{head}.{payload}.{sign}"
    assert found(token) == set()
    assert found(text.format(sign=sign, token=token)) == {"email"}


def test_hashes_of_hashes_are_not_searched_for_in_joined_texts() -> None:
    """Joined texts may look like digests by chance; values and their own hashes are found in them."""
    inner = hashlib.sha1(DATA.lower()).hexdigest()  # noqa: S324 - looked for
    outer = hashlib.md5(inner.encode()).hexdigest()  # noqa: S324 - looked for
    chunks = [text.encode() for text in (outer, inner, EMAIL)]
    assert {index for index, _ in searcher().scan_many(chunks)} == {0, 1, 2}
    assert {index for index, _ in searcher().scan_many(chunks, made={0, 1, 2})} == {1, 2}


def test_a_text_that_holds_nothing_is_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions share a searcher and most texts; a text that holds a value is reported for each of them."""
    texts = [f"/assets/{WITHIN}-x".encode(), base64.b64encode(b"nothing to be seen here"), base64.b64encode(DATA)]
    shared = Searcher(VALUES)
    decoded: list[bytes] = []
    find = RunDecoder.find

    def noted(self: RunDecoder, buffer: Buffer, *others: Any) -> Iterator[Candidate]:
        decoded.extend(buffer.chunks)
        return find(self, buffer, *others)

    monkeypatch.setattr(RunDecoder, "find", noted)
    first = shared.scan_many(texts)
    assert [(index, match.value_id) for index, match in first] == [(2, "email")]
    assert set(texts) <= set(decoded)
    decoded.clear()
    assert shared.scan_many(texts) == first
    assert texts[1] not in decoded
    assert texts[2] in decoded


def test_a_joined_text_that_holds_nothing_is_searched_again_as_a_text_of_its_own() -> None:
    """Less is searched for in joined texts, so the cache keeps them apart."""
    inner = hashlib.sha1(DATA.lower()).hexdigest()  # noqa: S324 - looked for
    outer = hashlib.md5(inner.encode()).hexdigest()  # noqa: S324 - looked for
    shared = Searcher(VALUES)
    assert shared.scan_many([outer.encode()], made={0}) == []
    assert [match.value_id for _, match in shared.scan_many([outer.encode()])] == ["email"]


def test_an_unlikely_digest_is_searched_again() -> None:
    """A digest is found in an unlikely place if it also stands in a likely one, even after a scan without that."""
    inner = hashlib.sha1(DATA.lower()).hexdigest()  # noqa: S324 - looked for
    outer = hashlib.sha256(inner.encode()).digest()
    sign = base64.urlsafe_b64encode(outer).rstrip(b"=")
    token = b".".join(
        [*(base64.urlsafe_b64encode(part).rstrip(b"=") for part in (b'{"alg":"HS256"}', b'{"n":12345}')), sign]
    )
    shared = Searcher(VALUES)
    assert shared.scan_many([token]) == []
    assert {index for index, _ in shared.scan_many([token, sign])} == {0, 1}
