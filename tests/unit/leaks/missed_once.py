"""
Texts that the search missed once, found by acceptance tests that did not know how it works.

Each has a name, and the id of the value in it.
"""

import base64
import gzip
import hashlib
import json
import re
import unicodedata
import uuid
import zlib
from html import escape
from urllib.parse import quote, quote_plus

import mmh3
from lzstring import LZString
from tests.unit.leaks.known import EMAIL, IBAN, NAME, PHONE, SSN, UMLAUT

JSON = json.dumps({"form": "signup", "mail": EMAIL})
DATA = EMAIL.encode()
FULL_WIDTH = "".join(chr(ord(sign) + 0xFEE0) for sign in PHONE)
# Mathematical letters, each of which JavaScript has as two code units.
BOLD = "".join(f"\ud835{chr(0xDC1A + ord(sign) - ord('a'))}" if sign.isalpha() else sign for sign in NAME.lower())
DIGESTS = [
    hashlib.new(name, text).digest()
    for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512")
    for text in (DATA, DATA.lower(), DATA.upper(), DATA.lower().hex().encode())
]


def _asset_name(url: str) -> str:
    """How OpenReplay's asset cache calls its copy of a URL."""
    return quote_plus(url).replace("%", "!")


def _ascii85(digest: bytes) -> str:
    return base64.a85encode(digest).decode()


def _of_base85(digest: bytes) -> str:
    return base64.b85encode(digest).decode()


# Digests whose coding has a sign that ends other tokens: a backtick, or a quotation mark, which tables double.
ASCII85 = next(coded for coded in map(_ascii85, DIGESTS) if "`" in coded and not set(coded) & set(',"'))
QUOTED85 = next(coded for coded in map(_ascii85, DIGESTS) if '"' in coded).replace('"', '""')
BASE85 = next(coded for coded in map(_of_base85, DIGESTS) if "`" in coded and ";" not in coded)
PACKED_AS_A_DIGEST = zlib.compress(f"id:{SSN}".encode(), wbits=-15)
NOISE = bytes(range(128, 256)) * 3
PERCENT_OF_ALL = "".join(f"%{byte:02X}" for byte in DATA).encode()


def _zlib(bits: int, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, bits)
    return packer.compress(JSON.encode()) + packer.flush()


def _base85(text: str) -> str:
    return base64.b85encode(text.encode()).decode()


def _jwt(payload: object) -> str:
    parts = (json.dumps(part).encode() for part in ({"alg": "HS256"}, payload))
    return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), "c2lnbmF0dXJl"])


MISSED_ONCE: dict[str, tuple[str | bytes, str]] = {
    "a digest as a UUID": (f'{{"id": "{uuid.UUID(bytes=hashlib.md5(DATA).digest())}"}}', "email"),  # noqa: S324 - looked for
    "quoted-printable, two signs in small letters": (f'name="blob"\r\n\r\n{SSN.replace("-", "=2d")}', "ssn"),
    "UTF-16 of letters and their marks within other bytes": (
        NOISE + unicodedata.normalize("NFD", UMLAUT).encode("utf-16-le") + NOISE,
        "umlaut",
    ),
    "base64 of a web token of JSON in JSON": (
        base64.b64encode(_jwt({"data": json.dumps({"who": UMLAUT})}).encode()).decode(),
        "umlaut",
    ),
    "three encodings in markup": (
        f"<p>{escape(_base85(base64.b64encode(gzip.compress(DATA)).decode()))}</p>",
        "email",
    ),
    "numbers of packed data as long as a digest": (json.dumps({"body": list(PACKED_AS_A_DIGEST)}), "ssn"),
    "base16 with blanks, of another script": (UMLAUT.encode().hex(" "), "umlaut"),
    "base16 with blanks, of packed data": (gzip.compress(DATA).hex(" "), "email"),
    "base16, a byte a line": (DATA.hex("\n"), "email"),
    "base16, with tabs": (DATA.hex("\t"), "email"),
    "base16, with commas and blanks": (", ".join(f"{byte:02x}" for byte in DATA), "email"),
    "base16 in lines": ("\n".join(re.findall(".{1,60}", (b"said " * 6 + DATA + b" and so on").hex())), "email"),
    "base16 in groups of four": (DATA.hex(" ", -2), "email"),
    "base16 in groups of eight": (DATA.hex(" ", -4), "email"),
    "base16 in short lines": ("\n".join(re.findall(".{1,40}", DATA.hex())), "email"),
    "base64 in short lines": ("\n".join(re.findall(".{1,20}", base64.b64encode(DATA).decode())), "email"),
    "base32 in short lines": ("\n".join(re.findall(".{1,32}", base64.b32encode(DATA).decode())), "email"),
    "base16 as in C": (
        ",\n  ".join(", ".join(f"0x{byte:02x}" for byte in DATA[start : start + 12]) for start in range(0, 36, 12)),
        "email",
    ),
    "base32 in lines": (
        "\n".join(re.findall(".{1,76}", base64.b32encode(b"said " * 6 + DATA + b" and so on").decode())),
        "email",
    ),
    "base64 in indented lines": (
        "\n  ".join(re.findall(".{1,64}", base64.b64encode(b"x" * 30 + DATA + b"y" * 9).decode())),
        "email",
    ),
    "zlib within base64": ("d=" + base64.b64encode(b"ab" + zlib.compress(DATA)).decode(), "email"),
    "zlib within base16": ("d=" + (b"id" + zlib.compress(DATA)).hex(), "email"),
    "zlib in a path": (
        f"/v1/track/{base64.urlsafe_b64encode(zlib.compress(DATA)).decode().rstrip('=')}/p.gif",
        "email",
    ),
    "deflate in a path": (
        f"/v1/track/{base64.urlsafe_b64encode(zlib.compress(JSON.encode(), wbits=-15)).decode().rstrip('=')}/p.gif",
        "email",
    ),
    "percent in base64 behind letters": ("ab" + base64.b64encode(PERCENT_OF_ALL).decode(), "email"),
    "percent in base64 in a path": (f"/v1/{base64.urlsafe_b64encode(PERCENT_OF_ALL).decode().rstrip('=')}/x", "email"),
    "base16 in base64 behind letters": ("ab" + base64.b64encode(DATA.hex().encode()).decode(), "email"),
    "percent in base32 behind letters": ("ABCD" + base64.b32encode(PERCENT_OF_ALL).decode(), "email"),
    "escapes in quoted-printable": ("".join(f"=5Cu{byte:04x}" for byte in DATA), "email"),
    "colons in quoted-printable": (DATA.hex(":").replace(":", "=3A"), "email"),
    "quoted-printable in small letters": ("".join(f"={byte:02x}" for byte in UMLAUT.encode()), "umlaut"),
    "UTF-8 as escaped bytes": ("".join(f"\\x{byte:02x}" for byte in UMLAUT.encode()), "umlaut"),
    "UTF-8 as octal bytes": ("".join(f"\\{byte:03o}" for byte in UMLAUT.encode()), "umlaut"),
    "a line that goes on": (EMAIL.replace("Bon", "Bo\\\nn"), "email"),
    "marked UTF-16 with few letters of ASCII": ("\ufeffZoë\xa0Müllerströhm".encode("utf-16-be"), "umlaut"),
    "UTF-16 of several scripts in base64": (
        base64.b64encode(f"\u7528\u6237\uff1a{UMLAUT}\uff0c\u597d".encode("utf-16-le")).decode(),
        "umlaut",
    ),
    "lz-string in XML": (f"<v>{LZString().compressToUTF16(EMAIL)}</v>", "email"),
    "lz-string in a table": (f"17,{LZString().compressToUTF16(EMAIL)},2024\n", "email"),
    "base16 in groups of eight, of another script": (UMLAUT.encode().hex(" ", -4), "umlaut"),
    "base16, a byte a line of two characters": (DATA.hex("\n").replace("\n", "\r\n"), "email"),
    **{
        f"zlib with a window of {bits} bits, level {level}": (b"\x07ab" + _zlib(bits, level) + b"\x00", "email")
        for bits in range(9, 15)
        for level in (0, 3, 6, 9)
    },
    "UTF-16 of full width": (FULL_WIDTH.encode("utf-16-le"), "phone"),
    "UTF-16 of full width in base64": (base64.b64encode(FULL_WIDTH.encode("utf-16-be")).decode(), "phone"),
    "marked UTF-16 within other bytes": (b"GET / HTTP/1.1\r\n\r\n\n" + FULL_WIDTH.encode("utf-16"), "phone"),
    "lz-string of surrogates": (LZString.compressToBase64(BOLD), "name"),
    "lz-string in a part of XML that is as it is": (f"<v><![CDATA[{LZString.compressToUTF16(EMAIL)}]]></v>", "email"),
    "base85 in a part of XML that is as it is": (f"<v><![CDATA[{_base85(JSON)}]]></v>", "email"),
    "base85 between tags": (f"<p>{_base85(JSON)}</p>", "email"),
    "base85 escaped in XML": (f"<v>{escape(_base85(JSON))}</v>", "email"),
    "base85 in a path": (f"/v1/{quote(_base85(JSON), safe='')}/p.gif", "email"),
    "base16 in a word of a mail's header": (
        f"=?UTF-8?Q?{'=2C_'.join(f'0x{byte:02x}' for byte in DATA)}?=",
        "email",
    ),
    "base16 with escaped signs": (DATA.hex("-").replace("-", "\\-"), "email"),
    "base64 of SHA-384 behind its name": (
        f'<script integrity="sha384-{base64.b64encode(hashlib.sha384(DATA).digest()).decode()}">',
        "email",
    ),
    "base64 of SHA-512 behind a name": (
        f"id_{base64.urlsafe_b64encode(hashlib.sha512(DATA).digest()).decode().rstrip('=')}",
        "email",
    ),
    "a digest within other bytes": (b"\x0a\x20" + hashlib.sha256(DATA).digest() + b"\x10\x01\xff", "email"),
    "a hash of an account in groups": (hashlib.sha256(b"DE89 3704 0044 0532 0130 00").hexdigest(), "iban"),
    "a hash of what is encoded and normalised": (
        hashlib.sha512(base64.b64encode(b"+14155550134").rstrip(b"=")).hexdigest(),
        "phone",
    ),
    "a hash of half of murmur in capitals": (
        hashlib.sha512(f"{mmh3.hash64(DATA, signed=False)[1]:016X}".encode()).hexdigest(),
        "email",
    ),
    "a hash of a hash of a rare spelling in base64": (
        hashlib.sha256(base64.b64encode(hashlib.md5(b"09/03/1984").digest())).hexdigest(),  # noqa: S324
        "birthday",
    ),
    "a hash of a hash in base64 without padding": (
        hashlib.sha256(base64.urlsafe_b64encode(hashlib.md5(DATA).digest()).rstrip(b"=")).hexdigest(),  # noqa: S324
        "email",
    ),
    "three hashes with capitals between": (
        hashlib.sha1(  # noqa: S324
            hashlib.sha384(hashlib.sha224(DATA).hexdigest().upper().encode()).hexdigest().upper().encode()
        ).hexdigest(),
        "email",
    ),
    "a hash of a spelling in base64": (hashlib.sha256(base64.b64encode(b"09.03.1984")).hexdigest(), "birthday"),
    "a hash of what is escaped for HTML": (
        hashlib.sha256("".join(f"&#{byte};" for byte in DATA).encode()).hexdigest(),
        "email",
    ),
    "a hash of what is escaped for JavaScript": (
        hashlib.sha256("".join(f"\\u{byte:04x}" for byte in DATA).encode()).hexdigest(),
        "email",
    ),
    "a hash with a line end around": (hashlib.sha256(b"+14155550134\r\n").hexdigest(), "phone"),
    "a salted hash of a hash": (
        hashlib.sha256(b"tenant-7" + hashlib.md5(DATA).hexdigest().encode()).hexdigest(),  # noqa: S324
        "email",
    ),
    "a path in the asset cache": (
        f"http://127.0.0.1/sessions-assets/{quote(_asset_name(f'http://a.example/users/{EMAIL}/a.css'), safe='')}.26",
        "email",
    ),
    "an escaped parameter in the asset cache": (
        f"url('http://127.0.0.1/sessions-assets/{_asset_name(f'http://a.example/a.woff?who={quote(EMAIL)}')}')",
        "email",
    ),
    "a name with a blank in the asset cache": (
        f"http://127.0.0.1/sessions-assets/{_asset_name(f'http://a.example/{NAME}/a.css')}",
        "name",
    ),
    "lz-string in a log": (f'ident="{LZString.compressToUTF16(EMAIL)}" level=4\n', "email"),
    "lz-string in a comment": (f"<!-- {LZString.compressToUTF16(EMAIL)} -->", "email"),
    "UTF-16 of full width in the midst of other bytes": (
        b"\x12\x0f" + FULL_WIDTH.encode("utf-16-be") + b"\x18\x01",
        "phone",
    ),
    "percent-encoded deflate in brackets": (
        f"seen [{quote(zlib.compress(JSON.encode(), wbits=-15), safe='')}] ",
        "email",
    ),
    "ascii85 in single quotation marks": (f"  - ident: '{base64.a85encode(JSON.encode()).decode()}'\n", "email"),
    "base85 behind a name": (f"a=1&k={_base85(JSON)}", "email"),
    "base16 in a form": (DATA.hex("+"), "email"),
    "ascii85 of a digest in a table": (f"id,n\n7,{ASCII85},3\n", "email"),
    "ascii85 of a digest in a quoted field of a table": (f'id,n\n7,"{QUOTED85}",3\n', "email"),
    "base85 of a digest in a table": (f"7;{BASE85};3\n", "email"),
    "a hash of what is percent-encoded wholly": (hashlib.sha256(PERCENT_OF_ALL).hexdigest(), "email"),
    "a hash of what is escaped byte by byte": (
        hashlib.sha256("".join(f"\\x{byte:02x}" for byte in DATA).encode()).hexdigest(),
        "email",
    ),
    "three hashes of an account": (
        hashlib.sha1(  # noqa: S324
            hashlib.blake2b(hashlib.sha256(IBAN.encode()).hexdigest().encode()).hexdigest().encode()
        ).hexdigest(),
        "iban",
    ),
}
