"""
Z85 (ZeroMQ's RFC 32) and Ascii85 (Adobe, btoa), for configuration files and PDFs that hold a value.

Base85 in the alphabet of Python and git is common (`decoding/whole_token_codings.py`).
"""

import base64
import re
from collections.abc import Iterator, Sequence

from maskproof.leaks.decoding.base_runs import Guess
from maskproof.leaks.decoding.coding_signs import Hint
from maskproof.leaks.decoding.whole_token_codings import B85_ALPHABET, SHORTEST, Coding85, tried

ASCII85 = re.compile(rb"[!-uyz]{%d,}" % SHORTEST)
Z85 = re.compile(rb"[0-9a-zA-Z.\-:+=^!/*?&<>()\[\]{}@%%$#]{%d,}" % SHORTEST)
ADOBE = re.compile(rb"<~[!-uyz\s]{%d,}~>" % SHORTEST)
ADOBE_TOKEN = re.compile(rb"<~.*~>", re.DOTALL)
Z85_ALPHABET = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"
TO_Z85 = bytes.maketrans(B85_ALPHABET, Z85_ALPHABET)
TO_B85 = bytes.maketrans(Z85_ALPHABET, B85_ALPHABET)
# Z85 has whole blocks of four bytes: programs fill the last one up.
FILLED_UP = (b"\x00", b" ")
SIGNS = {Hint.ADOBE: rb"<~"}


def _z85(token: bytes) -> Sequence[bytes]:
    data = base64.b85decode(token.translate(TO_B85))
    return (data, data.rstrip(b"".join(FILLED_UP))) if data.endswith(FILLED_UP) else (data,)


def _ascii85(token: bytes) -> Sequence[bytes]:
    return (base64.a85decode(token, foldspaces=b"y" in token),)


def _adobe(token: bytes) -> Sequence[bytes]:
    return (base64.a85decode(token, adobe=True, foldspaces=b"y" in token),)


RARE_CODINGS85 = (
    Coding85("ascii85", ADOBE_TOKEN, _adobe, is_marked=True),
    Coding85("z85", Z85, _z85),
    Coding85("ascii85", ASCII85, _ascii85),
)


def adobe_guesses(data: bytes) -> Iterator[Guess]:
    """Ascii85 between `<~` and `~>`, with blanks in it or without."""
    for match in ADOBE.finditer(data):
        for decoded in tried(_adobe, match[0]):
            yield Guess("ascii85", match.start(), decoded)


def coded85(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and codings of some bytes, as they stand in a text."""
    yield "ascii85", base64.a85encode(data)
    yield "z85", base64.b85encode(data).translate(TO_Z85)
    yield "z85", base64.b85encode(data, pad=True).translate(TO_Z85)
