"""
Codings that only count as a whole field, body, parameter or delimited token.

Base58, base85 in the alphabet of Python and git, and LZ-string in its two alphabets of tokens. `rare/base85.py` has
other alphabets of base85.

Each comment of a number says where it comes from. Chances are those of random data, computed from the share of the
alphabet; `python -m benchmarks.run detection` measures recall and false positives of all of them together.
"""

import base64
import math
import re
import string
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from maskproof.leaks.decoding import lz
from maskproof.leaks.decoding.base_runs import TO_STANDARD, Guess, decoded64
from maskproof.leaks.decoding.spans import Marks, enclosed
from maskproof.leaks.digests.hashes import SIZES

# Shorter tokens are not decoded: six bytes take eight characters in base85 and base64. Shorter codings of whole values
# are searched for as they are (`search/known_encodings.py`).
SHORTEST = 8
# These bound time. A token of a megabyte is a body, which is decoded as such; base58 takes more than linear time, so
# that nobody writes more than a key or a short text in it.
LONGEST, LONGEST_58 = 1 << 20, 1 << 15

# Parts of a run, by what delimits them: strings, what stands within quotation marks, within brackets, between the signs
# of URLs, and behind an equals sign. Each leaves out more signs, since a coding may hold any that its writer does not
# delimit with.
STRINGS = re.compile(rb'[^"]{%d,}' % SHORTEST)
QUOTED = re.compile(rb"""[^"'`,\\\s]{%d,}""" % SHORTEST)
ENCLOSED = re.compile(rb"""[^"'`,\\;()\[\]]{%d,}""" % SHORTEST)
PARAMETERS = re.compile(rb"""[^"'`,\\;()\[\]{}<>&=?:/|#]{%d,}""" % SHORTEST)
SETTINGS = re.compile(rb"""(?<==)[^&;,"'`\\\s]{%d,}""" % SHORTEST)
# Between tags, as it stands in XML, and in quotation marks of one kind: these hold any sign.
ENCLOSED_FIELDS = (Marks(b">", b"</", (b"<",)), Marks(b"CDATA[", b"]]>"))
FIELD_SIZES = range(SHORTEST, LONGEST + 1)
ENCLOSED_BY = (
    (b"'", re.compile(rb"(?<=')[^']{%d,}(?=')" % SHORTEST)),
    (b"`", re.compile(rb"(?<=`)[^`]{%d,}(?=`)" % SHORTEST)),
)
# Fields of a line of a table hold any sign but the one between them; a quotation mark within one is doubled.
COLUMNS = ((b",", re.compile(rb"[^,]{%d,}" % SHORTEST)), (b";", re.compile(rb"[^;]{%d,}" % SHORTEST)))
DOUBLED, QUOTED_FIELD = b'""', re.compile(rb'(?<=")(?:[^"]|""){%d,}(?=")' % SHORTEST)
NAMES = re.compile(rb"(?:^|[?&;])[A-Za-z][\w.\-]*=")
# A digest behind its label, or before something else: `sha384-...`, `id_...`.
LABELS = re.compile(rb"[\-_+]")
# Each label and each name adds up to two tokens: these bound time. The longest digest has 88 letters in base64, so that
# 256 leave room for its name; with more than sixteen labels a token is a path or a list.
MOST_LABELS, LONGEST_LABELLED = 16, 256
SEGMENT64 = re.compile(rb"[A-Za-z0-9+/_\-]+={0,2}")
# A token of so many letters of base64 is not base85, whose alphabet has 20 further signs: (65 / 85) ** 64 = 3e-8.
LONG_SEGMENT = 64
# Base58 of seven bytes has ten letters. A lower bound would try more of the names in programs.
SHORTEST_58 = 10
SEGMENTS = re.compile(rb"[A-Za-z0-9]{%d,}={0,2}" % SHORTEST_58)
ENCLOSING = b"\"'()[]{}<>.,;:"
# Words, numbers, and names as programs write them. What a value alone becomes is searched for as it is.
ORDINARY = re.compile(
    rb"[a-z]*|[A-Z]?[a-z]+(?:[+._\-][A-Z]?[a-z]+)*|[A-Z]?[a-z]+(?:[A-Z][a-z]+)*[0-9]?|[A-Z_]*|[0-9.,\-]*"
    rb"|/?[a-z]+[0-9]*(?:[._\-/:=#?&]{1,3}[a-z0-9]+)*[/=]?"
)
# From so many characters on a token in one case is no coding with two: of base58 (34 / 58) ** 24 = 3e-6 are in small
# letters and digits by chance, of base64 4e-6.
LONG_ONE_CASE = 24
# From so many on one that has all its letters in base16 is base16, which runs decode: of base64 (17 / 64) ** 10 = 2e-6
# look like that, of base58 1e-6.
LONG_BASE16 = 10
# Addresses, dates, and ids, paths and parameters in one case or in base16: nothing that is coded here.
PLAIN = re.compile(
    rb"""[0-9a-z._\-:/=&?,"']{%d,}|[0-9A-Z._\-:/=&?,"']{%d,}|[0-9a-f\-]{%d,}|[0-9A-F\-]{%d,}"""
    rb"""|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{2,})?Z?|https?://.*"""
    % (LONG_ONE_CASE, LONG_ONE_CASE, LONG_BASE16, LONG_BASE16)
)
# Base16 with few other letters around it is an id or a file with a hash in its name: of 20 random letters of base58 16
# or more are of base16 with 6e-7, of base64 with 4e-7.
HEXADECIMAL, LONG_HEXADECIMAL = b"0123456789abcdef-", 20
FEW_OTHERS_SHARE = 0.25
BASE58 = re.compile(rb"[1-9A-HJ-NP-Za-km-z]{%d,}" % SHORTEST_58)
# Five letters (`PART_LETTERS`) take six characters of LZ-string or more, unless all are the same (`aaaab`).
LZ = re.compile(rb"[A-Za-z0-9+/\-$]{6,}={0,3}")
BASE85 = re.compile(rb"[0-9A-Za-z!#$%%&()*+\-;<=>?@^_`{|}~]{%d,}" % SHORTEST)
B85_ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
# What base85 of a digest shows seldom: a word of six letters or two of four, markup, code.
WORDY = re.compile(rb'[a-z]{6}|[a-z]{4}[^a-z]?[a-z]{4}|="|</|">|://|\(\)|\);')
# So many words are allowed: one in 20 characters, as [a-z]{6} alone is in 15 * (26 / 85) ** 6 = 1 % of 20 random ones,
# and three at most. Names and paths may hold one. Beside words, more than a third has to be no small letter (they are
# 31 % of the alphabet, so that 69 % of a digest are not), in names half.
LETTERS_A_WORD, MOST_WORDS = 20, 3
NOT_LOWER_SHARE, NOT_LOWER_SHARE_OF_NAME = 0.35, 0.5
# Nor is base85 of a digest in one case and digits only: of 12 random characters 2 * (38 / 85) ** 12 = 1 in 10,000. That
# is base16, or an id. With these rules 16 in 10,000 random digests of 8 bytes are unlikely ones, 5 of 16 bytes, 2 of
# 20, and none of 20,000 of 32 and 64 bytes. Such are still looked up, but not among hashes of hashes.
ONE_CASE = re.compile(rb"[0-9a-z._\-]{12,}|[0-9A-Z._\-]{12,}")
LOWER = string.ascii_lowercase.encode()
NAME = re.compile(rb"[A-Za-z0-9._\-/:]*")
BASE58_ALPHABET = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BASE58_VALUES = {character: number for number, character in enumerate(BASE58_ALPHABET)}
# So many characters are added up one by one: 32 fit into three machine words, and halving shorter ones takes longer.
BLOCK_58 = 32
# Lengths of digests: in base85, five characters for four bytes; in base64, with padding and without.
DIGEST85 = frozenset(math.ceil(size * 5 / 4) for size in SIZES)
DIGEST64 = frozenset(length for size in SIZES for length in (math.ceil(size / 3) * 4, math.ceil(size * 4 / 3)))


class Coding85(NamedTuple):
    """
    A coding of four bytes in five characters.

    Attributes:
        name: Its name in findings.
        alphabet: Matches a token in its alphabet.
        decode: The bytes of a token, in each way to read it; raises ValueError if it is none.
        is_marked: Marks of its own enclose it, so that it is nothing else.

    """

    name: str
    alphabet: re.Pattern[bytes]
    decode: Callable[[bytes], Sequence[bytes]]
    is_marked: bool = False


def tried(decode: Callable[[bytes], Sequence[bytes]], token: bytes) -> Sequence[bytes]:
    """
    What a decoder gives, or nothing but no bytes if the token is none of its coding.

    Args:
        decode: A decoder that raises ValueError.
        token: What is decoded.

    """
    try:
        return decode(token)
    except ValueError:
        return (b"",)


CODINGS85: tuple[Coding85, ...] = (Coding85("base85", BASE85, lambda token: (base64.b85decode(token),)),)


def tokens_of(run: bytes) -> Iterator[tuple[int, bytes]]:
    """Tokens of a run without blanks, with their places, none twice: the whole, what is enclosed, and its parts."""
    pieces = [(0, run), (len(run) - len(run.lstrip(ENCLOSING)), run.strip(ENCLOSING))]
    by_sign = (pattern for sign, pattern in ENCLOSED_BY if sign in run)
    for pattern in (STRINGS, QUOTED, ENCLOSED, SETTINGS, PARAMETERS, SEGMENTS, *by_sign):
        pieces += [(match.start(), match[0]) for match in pattern.finditer(run)]
    for marks in ENCLOSED_FIELDS:
        pieces += enclosed(run, marks, FIELD_SIZES)
    pieces += [*_columns(run), *_behind_names(run)]
    places: dict[bytes, int] = {}
    for place, token in pieces:
        places.setdefault(token, place)
    for token, place in list(places.items()):
        for start, piece in _beside_labels(token):
            places.setdefault(piece, place + start)
    for token, place in places.items():
        if SHORTEST <= len(token) <= LONGEST and not ORDINARY.fullmatch(token):
            yield place, token


def _columns(run: bytes) -> Iterator[tuple[int, bytes]]:
    """Fields of a line of a table. A longer line is of a program, not of a table."""
    if len(run) > LONGEST_LABELLED:
        return
    for sign, pattern in COLUMNS:
        if sign in run:
            yield from ((match.start(), match[0]) for match in pattern.finditer(run))
    if DOUBLED in run:
        for match in QUOTED_FIELD.finditer(run):
            yield match.start(), match[0].replace(DOUBLED, b'"')


def _behind_names(run: bytes) -> list[tuple[int, bytes]]:
    """All of a run behind a parameter's name: an unescaped value may hold the signs that separate parameters."""
    if len(run) > LONGEST_LABELLED or b"=" not in run:
        return []
    return [(match.end(), run[match.end() :]) for match in islice(NAMES.finditer(run), MOST_LABELS)]


def _beside_labels(token: bytes) -> Iterator[tuple[int, bytes]]:
    """What is as long as the base64 of a digest, before or behind a sign of base64."""
    if len(token) > LONGEST_LABELLED:
        return
    for sign in islice(LABELS.finditer(token), MOST_LABELS):
        for start, end in ((0, sign.start()), (sign.end(), len(token))):
            if end - start in DIGEST64 and SEGMENT64.fullmatch(token, start, end):
                yield start, token[start:end]


def token_guesses(token: bytes, codings85: Sequence[Coding85] = CODINGS85) -> Iterator[Guess]:
    """
    What a token may stand for.

    Args:
        token: Characters without blanks.
        codings85: The codings of base85 that are tried.

    """
    if _is_plain(token):
        return
    if len(token) <= LONGEST_58 and BASE58.fullmatch(token):
        yield Guess("base58", 0, decoded58(token))
    if LZ.fullmatch(token):
        text = token.decode()
        is_uri = "-" in text or "$" in text
        out = (lz.from_uri if is_uri else lz.from_base64)(text)
        yield Guess(lz.LZ_STRING, 0, out.encode("utf-8", "replace"), is_whole=False)
    if len(token) in DIGEST64:  # part of a path or a name; runs as a whole are decoded as base64 in any case
        yield Guess("base64", 0, decoded64(token.translate(TO_STANDARD)))
    if len(token) >= LONG_SEGMENT and SEGMENT64.fullmatch(token) is not None:
        return
    is_likely = _may_be_digest85(token)
    for coding in codings85:
        if coding.alphabet.fullmatch(token):
            for data in tried(coding.decode, token):
                yield Guess(coding.name, 0, data, is_likely=is_likely or coding.is_marked)


def _is_plain(token: bytes) -> bool:
    """Whether a token is an address, a date, an id or a path, or nearly base16."""
    if len(token) >= LONG_HEXADECIMAL:
        others = token.translate(None, HEXADECIMAL)
        if len(others) < len(token) * FEW_OTHERS_SHARE:
            return True
    return PLAIN.fullmatch(token) is not None


def _may_be_digest85(token: bytes) -> bool:
    """Whether a token looks like base85 of random bytes: of changing signs, with few words in it."""
    if ONE_CASE.fullmatch(token) is not None:
        return False
    is_name = NAME.fullmatch(token) is not None
    most = 1 if is_name else max(1, min(len(token) // LETTERS_A_WORD, MOST_WORDS))
    rest, words = WORDY.subn(b"", token, most + 1)
    text, share = (token, NOT_LOWER_SHARE_OF_NAME) if is_name else (rest, NOT_LOWER_SHARE)
    return words == 0 or (words <= most and len(text.translate(None, LOWER)) > len(text) * share)


def decoded58(token: bytes) -> bytes:
    """The bytes of a base58 token."""
    number = _number58(token)
    zeros = len(token) - len(token.lstrip(b"1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _number58(digits: bytes) -> int:
    """In halves: multiplying two long numbers takes less time than multiplying one by each digit."""
    if len(digits) > BLOCK_58:
        half = len(digits) // 2
        shift: int = 58**half
        return _number58(digits[:-half]) * shift + _number58(digits[-half:])
    number = 0
    for character in digits:
        number = number * 58 + BASE58_VALUES[character]
    return number
