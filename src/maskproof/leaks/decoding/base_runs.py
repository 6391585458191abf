"""
Encodings that stand anywhere in a text as a run of one alphabet: base16, base32, base64, decimal numbers.

What is decoded is a guess; only what is found in it counts. Chances in comments are those of random runs, computed from
the share of the alphabet.
"""

import binascii
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from maskproof.leaks.digests.hashes import SIZES
from maskproof.leaks.text_heuristics import is_clean_text

# Runs are decoded that hold six bytes, the letters of the shortest part that identifies: 8 letters of base64, 10 of
# base32, 12 of base16. Within a run, groups may begin later: 7 letters of base64 are the five letters (`PART_LETTERS`)
# that any form of a value has; of the others what is left is as long as the run has to be, in whole bytes.
RUN64, RUN32, RUN16 = 8, 10, 12
SHORTEST64, SHORTEST32, SHORTEST16 = 7, 10, 11
BASE64_RUN = re.compile(rb"[A-Za-z0-9+/_\-]{%d,}" % RUN64)
# RFC 2045 has lines of 76 letters at most, PEM of 64. A line of fewer than 16 is a word.
SHORTEST_LINE, LONGEST_LINE = 16, 76
LINE = re.compile(rb"[A-Za-z0-9+/]{%d,%d}" % (SHORTEST_LINE, LONGEST_LINE))
LINE_END = re.compile(rb"[A-Za-z0-9+/]{0,%d}\r?\n" % LONGEST_LINE)
# So many bytes of text are no chance: of random bytes (98 / 256) ** 64 = 2e-27 are ASCII without control characters.
LONG_TEXT = 64
HEX_RUN = re.compile(rb"[0-9A-Fa-f]{%d,}" % RUN16)
BASE32_HEX_RUN = re.compile(rb"[0-9A-V]{%d,}" % RUN32)
BASE32_RUN = re.compile(rb"[A-Z2-7]{%d,}|[a-z2-7]{%d,}" % (RUN32, RUN32))
# Hexadecimal digits of one case, a number, a date: not base64 or base32. Of random base64 (19 / 64) ** 12 = 5e-7 are
# such digits and signs, and (13 / 64) ** 10 = 1e-7 are digits and signs.
PLAIN = re.compile(
    rb"[0-9a-f_\-/]{%d,}|[0-9A-F_\-/]{%d,}|[0-9_\-/]{%d,}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2,9})?Z?"
    % (RUN16, RUN16, RUN32)
)
# RFC 7519: `eyJ` is `{"` in base64, with which the header begins; the first one of a run counts. Matches start where a
# run begins, never within one, so that no run is read again and again.
JWT = re.compile(
    rb"(?<![A-Za-z0-9_\-])(?>[A-Za-z0-9_\-]*?(?=eyJ))"
    rb"(eyJ[A-Za-z0-9_\-]++\.([A-Za-z0-9_\-]{%d,}+)(?:\.[A-Za-z0-9_\-]*+)?)" % RUN64
)
UUID = re.compile(rb"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
TO_STANDARD = bytes.maketrans(b"-_", b"+/")
TO_BASE32_DIGITS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghijklmnopqrstuv")
# A shorter run of small letters is a word; what a value alone becomes is searched for as it is. Of runs of 16 random
# letters of base32, (26 / 32) ** 16 = 4 % are without a digit.
LETTERS32 = 16
# Digits of numbers of 64 and 128 bits. Of random ones 1e14 / 2**64 = 5e-6 and 1e33 / 2**128 = 3e-6 have fewer.
DECIMAL_HALF, DECIMAL_WHOLE = range(15, 21), range(34, 40)
# Converting a number takes the square of its length: so many digits at a time, in whole groups of eight.
BLOCK32 = 800


class Guess(NamedTuple):
    """
    What a part of a run may stand for.

    Attributes:
        encoding: Its encoding.
        offset: Where in the run it begins.
        data: The decoded bytes.
        is_whole: All of a run of one alphabet was decoded.
        is_likely: Plain text hardly looks like this.
        is_digest: It can be nothing but a digest.

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
        for number in (int(run), -int(run) % (1 << 64)):  # session ids are as long, so few are likely
            yield Guess("decimal", offset, number.to_bytes(8, "big"), is_likely=False, is_digest=True)
    elif len(run) in DECIMAL_WHOLE and int(run) < 1 << 128:
        yield Guess("decimal", offset, int(run).to_bytes(16, "big"), is_digest=True)


def _base64(run: bytes) -> Iterator[Guess]:
    """From each of the four places where a group can begin."""
    is_url = b"-" in run or b"_" in run
    name = "base64url" if is_url else "base64"
    plain = run.translate(TO_STANDARD) if is_url else run
    is_likely = not (is_url and (b"+" in run or b"/" in run))  # a path: no alphabet has both
    for shift in range(4):
        if len(plain) - shift >= SHORTEST64:
            data = decoded64(plain[shift:])
            yield Guess(name, shift, data, shift == 0 or _is_behind_length(shift, data), is_likely)
            if is_clean_text(data, LONG_TEXT):  # groups that begin elsewhere give none
                return


def _is_behind_length(shift: int, data: bytes) -> bool:
    """Whether data are as long as a digest, behind one letter, which may be the length that protocols write."""
    return shift == 1 and len(data) in SIZES


def is_text64(run: bytes) -> bool:
    """Whether a run is base64 of so much text that it can be nothing else; hexadecimal digits can be both."""
    if len(run) <= LONG_TEXT or HEX_RUN.fullmatch(run):
        return False
    return is_clean_text(decoded64(run.translate(TO_STANDARD)), LONG_TEXT)


def decoded64(run: bytes) -> bytes:
    """The bytes of a base64 run, padded or not; empty if the run is none."""
    body = run.rstrip(b"=")
    usable = body if len(body) % 4 != 1 else body[:-1]
    try:
        return binascii.a2b_base64(usable + b"=" * (-len(usable) % 4))
    except binascii.Error:
        return b""


def _base32(run: bytes, offset: int) -> Iterator[Guess]:
    """From each of the eight places where a group can begin."""
    for shift in range(8):
        if len(run) - shift >= SHORTEST32:
            data = decoded32(run[shift:])
            yield Guess("base32", offset + shift, data, shift == 0 or _is_behind_length(shift, data))
            if is_clean_text(data, LONG_TEXT):  # groups that begin elsewhere give none
                return


def decoded32(digits: bytes) -> bytes:
    """The whole bytes of base32 digits, block by block."""
    blocks = [digits[start : start + BLOCK32] for start in range(0, len(digits), BLOCK32)]
    return b"".join(map(_block32, blocks))


def _block32(digits: bytes) -> bytes:
    bits = len(digits) * 5
    return (int(digits, 32) >> bits % 8).to_bytes(bits // 8, "big")


def jwt_payloads(run: bytes) -> Iterator[Guess]:
    """Payloads of JSON Web Tokens."""
    for match in JWT.finditer(run):
        yield Guess("jwt", match.start(2), decoded64(match[2].translate(TO_STANDARD)))


def lines_of_base64(data: bytes, ends: Sequence[int]) -> Iterator[Guess]:
    """
    Base64 that is broken into lines of one length, as in mail; base16 and base32 as well.

    Args:
        data: Any texts.
        ends: Where signs end, in ascending order: lines around them are read.

    """
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
    """Lines of this many letters, indented by eight blanks at most, and a last one with its padding."""
    letters = b"[A-Za-z0-9+/]"
    return re.compile(rb"(?:%b{%d}\r?\n[ \t]{0,8})+%b{0,%d}(?!%b)={0,6}" % (letters, length, letters, length, letters))


def _of_few_letters(run: bytes) -> Iterator[Guess]:
    """A run that has letters of base16 or base32 only; base64 has all of these."""
    if HEX_RUN.fullmatch(run):
        yield from _base16(run, 0)
    elif run.isupper() and BASE32_RUN.fullmatch(run):
        yield from _base32(run.translate(TO_BASE32_DIGITS), 0)
