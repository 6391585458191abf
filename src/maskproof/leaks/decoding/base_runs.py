"""
Encodings that stand anywhere in a text as a run of one alphabet: base16, base32, base64, decimal numbers.

What is decoded is a guess; only what is found in it counts.
"""

import binascii
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from maskproof.leaks.digests.hashes import SIZES
from maskproof.leaks.text_heuristics import is_clean_text

BASE64_RUN = re.compile(rb"[A-Za-z0-9+/_\-]{8,}")
LINE = re.compile(rb"[A-Za-z0-9+/]{16,76}")
LINE_END = re.compile(rb"[A-Za-z0-9+/]{0,76}\r?\n")
# From so many bytes on, text is no chance.
LONG_TEXT = 64
LONGEST_LINE = 76
HEX_RUN = re.compile(rb"[0-9A-Fa-f]{12,}")
BASE32_HEX_RUN = re.compile(rb"[0-9A-V]{10,}")
BASE32_RUN = re.compile(rb"[A-Z2-7]{10,}|[a-z2-7]{10,}")
# Hexadecimal digits of one case, a number, a date: no base64 or base32 of so many signs is that by chance.
PLAIN = re.compile(rb"[0-9a-f_\-/]{12,}|[0-9A-F_\-/]{12,}|[0-9_\-/]{10,}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2,9})?Z?")
JWT = re.compile(rb"eyJ[A-Za-z0-9_\-]+\.([A-Za-z0-9_\-]{8,})(?:\.[A-Za-z0-9_\-]*)?")
UUID = re.compile(rb"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
TO_STANDARD = bytes.maketrans(b"-_", b"+/")
TO_BASE32_DIGITS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghijklmnopqrstuv")
SHORTEST64, SHORTEST32, SHORTEST16 = 7, 10, 11
# A run of small letters that is shorter is a word; what a value alone becomes is searched for as it is.
LETTERS32 = 16
DECIMAL_HALF, DECIMAL_WHOLE = range(15, 21), range(34, 40)


class Guess(NamedTuple):
    """
    What a part of a run may stand for.

    `is_whole` if it is all of one alphabet's run; `is_likely` unless plain text looks like this too; `is_digest` if it
    can be nothing else.
    """

    encoding: str
    offset: int
    data: bytes
    is_whole: bool = True
    is_likely: bool = True
    is_digest: bool = False


def guesses(run: bytes) -> Iterator[Guess]:
    """
    Everything that a run without blanks may stand for in these encodings.

    Args:
        run: Letters, digits and the signs of base64.

    """
    is_plain = PLAIN.fullmatch(run) is not None
    if not is_plain:
        yield from _base64(run)
        if is_text64(run):
            return
    for match in HEX_RUN.finditer(run):
        yield from _base16(match[0], match.start())
    for match in UUID.finditer(run):  # a digest may be written as one, but most are none
        yield Guess("base16", match.start(), bytes.fromhex(match[0].replace(b"-", b"").decode()), is_likely=False)
    if is_plain:
        return
    for match in BASE32_RUN.finditer(run):
        if match[0].isupper() or len(match[0]) >= LETTERS32 or not match[0].isalpha():
            yield from _base32(match[0].upper().translate(TO_BASE32_DIGITS), match.start())
    for match in BASE32_HEX_RUN.finditer(run):
        if not match[0].isdigit():
            yield from _base32(match[0], match.start())


def _base16(run: bytes, offset: int) -> Iterator[Guess]:
    for shift in (0, 1):
        body = run[shift : shift + (len(run) - shift) // 2 * 2]
        if len(body) >= SHORTEST16:
            is_whole = len(body) == len(run) or (len(run) == len(body) + 1 and len(body) // 2 in SIZES)
            yield Guess("base16", offset + shift, binascii.unhexlify(body), is_whole)
    if run.isdigit():
        yield from _decimal(run, offset)


def _decimal(run: bytes, offset: int) -> Iterator[Guess]:
    """Digests written as one decimal number: halves of 64 bits and wholes of 128."""
    if len(run) in DECIMAL_HALF and int(run) < 1 << 64:
        for number in (int(run), -int(run) % (1 << 64)):  # ids of sessions are as long, so that few are likely
            yield Guess("decimal", offset, number.to_bytes(8, "big"), is_likely=False, is_digest=True)
    elif len(run) in DECIMAL_WHOLE and int(run) < 1 << 128:
        yield Guess("decimal", offset, int(run).to_bytes(16, "big"), is_digest=True)


def _base64(run: bytes) -> Iterator[Guess]:
    """From each of the four places that a group can begin at."""
    is_url = b"-" in run or b"_" in run
    name = "base64url" if is_url else "base64"
    plain = run.translate(TO_STANDARD) if is_url else run
    is_likely = not (is_url and (b"+" in run or b"/" in run))  # no alphabet has both: a path
    for shift in range(4):
        if len(plain) - shift >= SHORTEST64:
            data = decoded64(plain[shift:])
            yield Guess(name, shift, data, shift == 0 or _is_behind_length(shift, data), is_likely)
            if is_clean_text(data, LONG_TEXT):  # groups that begin at another place give none
                return


def _is_behind_length(shift: int, data: bytes) -> bool:
    """Whether data are as long as a digest, behind one letter: protocols write a length there, which may be one."""
    return shift == 1 and len(data) in SIZES


def is_text64(run: bytes) -> bool:
    """Whether a run is base64 of so much text that it can be nothing else; hexadecimal digits can be both."""
    if len(run) <= LONG_TEXT or HEX_RUN.fullmatch(run):
        return False
    return is_clean_text(decoded64(run.translate(TO_STANDARD)), LONG_TEXT)


def decoded64(run: bytes) -> bytes:
    """The bytes of a base64 run, padded or not; empty if it is none."""
    body = run.rstrip(b"=")
    usable = body if len(body) % 4 != 1 else body[:-1]
    try:
        return binascii.a2b_base64(usable + b"=" * (-len(usable) % 4))
    except binascii.Error:
        return b""


def _base32(run: bytes, offset: int) -> Iterator[Guess]:
    """From each of the eight places that a group can begin at."""
    for shift in range(8):
        if len(run) - shift >= SHORTEST32:
            data = decoded32(run[shift:])
            yield Guess("base32", offset + shift, data, shift == 0 or _is_behind_length(shift, data))
            if is_clean_text(data, LONG_TEXT):  # groups that begin at another place give none
                return


def decoded32(digits: bytes) -> bytes:
    """The whole bytes of base32 digits; in blocks, as conversion of long numbers takes the square of the time."""
    blocks = [digits[start : start + 800] for start in range(0, len(digits), 800)]
    return b"".join(map(_block32, blocks))


def _block32(digits: bytes) -> bytes:
    bits = len(digits) * 5
    return (int(digits, 32) >> bits % 8).to_bytes(bits // 8, "big")


def jwt_payloads(run: bytes) -> Iterator[Guess]:
    """Payloads of JSON Web Tokens."""
    for match in JWT.finditer(run):
        yield Guess("jwt", match.start(1), decoded64(match[1].translate(TO_STANDARD)))


def lines_of_base64(data: bytes, ends: Sequence[int]) -> Iterator[Guess]:
    """Base64 that is broken into lines of one length, as in mail, around signs; base16 and base32 as well."""
    done, newline = 0, -1
    for end in ends:
        if newline < end:
            newline = data.find(b"\n", end) % (len(data) + LONGEST_LINE + 2)
        if end <= done or newline - end > LONGEST_LINE + 1 or (rest := LINE_END.match(data, end)) is None:
            continue
        done = rest.end()
        stop = data.rfind(b"\n", end, done) if data[done - 2 : done] != b"\r\n" else done - 2
        line = LINE.match(data[max(0, stop - LONGEST_LINE) : stop][::-1])
        match = _lines_of(line.end()).match(data, stop - line.end()) if line is not None else None
        if match is not None:
            done = match.end()
            run = b"".join(match[0].split())
            yield Guess("base64", match.start(), decoded64(run))
            yield from (guess._replace(offset=match.start()) for guess in _of_few_letters(run.rstrip(b"=")))


@cache
def _lines_of(length: int) -> re.Pattern[bytes]:
    """Lines of so many letters, indented or not, and a last one."""
    letters = b"[A-Za-z0-9+/]"
    return re.compile(rb"(?:%b{%d}\r?\n[ \t]{0,8})+%b{0,%d}(?!%b)={0,6}" % (letters, length, letters, length, letters))


def _of_few_letters(run: bytes) -> Iterator[Guess]:
    """A run that is all of base16's or base32's letters; those of base64 hold both."""
    if HEX_RUN.fullmatch(run):
        yield from _base16(run, 0)
    elif run.isupper() and BASE32_RUN.fullmatch(run):
        yield from _base32(run.translate(TO_BASE32_DIGITS), 0)
