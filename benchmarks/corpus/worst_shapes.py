"""Texts that hold nothing and cost a lot: what expressions and decoders once read again and again."""

import base64
import random
import string
import struct
from collections.abc import Callable

SEED = 20261126
GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
# A stored block of ten bytes, which covers the next header.
STORED_BLOCK = b"\x00" + struct.pack("<HH", len(GZIP_HEADER), len(GZIP_HEADER) ^ 0xFFFF)

# What is repeated.
UNITS = {
    "one_letter": b"a",
    "changing_case": b"aA",
    "quotes": b'"a\\"',
    "backslashes": b"\\\\",
    "unicode_escapes": b"\\ud83d\\ude00",
    "percent": b"%2541",
    "percent_pairs": b"a=%41&",
    "entities": b"&amp;",
    "open_entities": b"&#65",
    "quoted_printable": b"=C3=A9",
    "open_brackets": b"[1",
    "open_objects": b'{"0":1,',
    "lists_of_lists": b'["a",',
    "open_tags": b"a<b ",
    "tags": b"a<b>c",
    "closed_fields": b">aBcDeFgH</",
    "open_cdata": "CDATA[éé".encode(),
    "open_comments": "<!--é".encode(),
    "gzip_magic": b"\x1f\x8b\x08",
    "gzip_names": b"\x1f\x8b\x08\x08 abcdefgh",
    "gzip_within_gzip": GZIP_HEADER + STORED_BLOCK,
    "zlib_magic": b"x\x9c",
    "zstd_magic": b"\x28\xb5\x2f\xfd",
    "byte_order_marks": b"\xff\xfea\x00",
    "utf16": "Hello ".encode("utf-16-le"),
    "web_token_starts": b"eyJ-",
    "web_token_heads": b"eyJhbGciOiJIUzI1NiJ9.",
    "base64_lines": base64.encodebytes(b"The quick brown fox jumps" * 9),
    "base64_strings": b'"' + base64.b64encode(b"The quick brown fox jumps over it. " * 3) + b'",',
    "mail_parts": b"a.",
    "mail_addresses": b"a@a.",
    "digits": b"1234567890",
    "numbers": b"41 ",
    "dates": b"2024-01-01T00:00:00Z",
    "masks": b"a**",
    "combining_marks": "á".encode(),
    "short_words": b"ab cd ",
}
# A beginning, and what is repeated behind it.
BEGUN = {
    "one_string": (b'"', b"a"),
    "one_parameter": (b"?a=", b"aB1"),
    "one_closed_tag": (b"</", b">aB1"),
    "one_list": (b"[1", b",1"),
    "one_long_number": (b"&#", b"1"),
}
# Random characters.
ALPHABETS = {
    "random_base64": string.ascii_letters + string.digits + "+/",
    "random_base32": "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    "random_hex": "0123456789abcdef",
    "random_brackets": "[]{}()<>",
    "random_escapes": '\\u0041nx"',
    "random_url": "abc%&=?#/+",
}


def _repeated(unit: bytes) -> Callable[[int], bytes]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _begun(begin: bytes, unit: bytes) -> Callable[[int], bytes]:
    return lambda size: begin + _repeated(unit)(size - len(begin))


def _random(alphabet: str) -> Callable[[int], bytes]:
    return lambda size: "".join(random.Random(SEED).choices(alphabet, k=size)).encode()  # noqa: S311 - no secrets


SHAPES: dict[str, Callable[[int], bytes]] = {
    **{name: _repeated(unit) for name, unit in UNITS.items()},
    **{name: _begun(*parts) for name, parts in BEGUN.items()},
    **{name: _random(alphabet) for name, alphabet in ALPHABETS.items()},
    "random_bytes": lambda size: random.Random(SEED).randbytes(size),  # noqa: S311 - no secrets
}


def shaped(name: str, size: int) -> bytes:
    """
    A text of a shape.

    Args:
        name: The name of the shape.
        size: Its bytes.

    """
    return SHAPES[name](size)
