"""
Codings that only count as a whole field, body, parameter or delimited token.

Base58, base85 in its three alphabets, and LZ-string in those for addresses.
"""

import base64
import re
import string
from collections.abc import Callable, Iterator
from itertools import islice

from maskproof.leaks.decoding import lz
from maskproof.leaks.decoding.base_runs import TO_STANDARD, Guess, decoded64

STRINGS = re.compile(rb'[^"]{8,}')
QUOTED = re.compile(rb"""[^"'`,\\\s]{8,}""")
ENCLOSED = re.compile(rb"""[^"'`,\\;()\[\]]{8,}""")
PARAMETERS = re.compile(rb"""[^"'`,\\;()\[\]{}<>&=?:/|#]{8,}""")
SETTINGS = re.compile(rb"""(?<==)[^&;,"'`\\\s]{8,}""")
# Between tags, as it stands in XML, in quotation marks of one kind, and behind a name: these hold any sign.
ENCLOSED_BY = (
    (b"</", re.compile(rb"(?<=>)(?!<)[!-~]{8,}?(?=</)")),
    (b"]]>", re.compile(rb"(?<=CDATA\[)[!-~]{8,}?(?=\]\]>)")),
    (b"'", re.compile(rb"(?<=')[^']{8,}(?=')")),
    (b"`", re.compile(rb"(?<=`)[^`]{8,}(?=`)")),
)
# Fields of a line of a table hold any sign but the one between them; a quotation mark within one is doubled.
COLUMNS = ((b",", re.compile(rb"[^,]{8,}")), (b";", re.compile(rb"[^;]{8,}")))
DOUBLED, QUOTED_FIELD = b'""', re.compile(rb'(?<=")(?:[^"]|""){8,}(?=")')
NAMES = re.compile(rb"(?:^|[?&;])[A-Za-z][\w.\-]*=")
# A digest behind its label, or before something else: `sha384-...`, `id_...`.
LABELS = re.compile(rb"[\-_+]")
MOST_LABELS, LONGEST_LABELLED = 16, 256
SEGMENT64 = re.compile(rb"[A-Za-z0-9+/_\-]+={0,2}")
LONG_SEGMENT = 64
SEGMENTS = re.compile(rb"[A-Za-z0-9]{10,}={0,2}")
ENCLOSING = b"\"'()[]{}<>.,;:"
# Words, numbers, and names as programs write them. What a value alone becomes is searched for as it is.
ORDINARY = re.compile(
    rb"[a-z]*|[A-Z]?[a-z]+(?:[+._\-][A-Z]?[a-z]+)*|[A-Z]?[a-z]+(?:[A-Z][a-z]+)*[0-9]?|[A-Z_]*|[0-9.,\-]*"
    rb"|/?[a-z]+[0-9]*(?:[._\-/:=#?&]{1,3}[a-z0-9]+)*[/=]?"
)
# Addresses, dates, and ids, paths and parameters in one case or nearly base16: nothing coded is that by chance.
PLAIN = re.compile(
    rb"""[0-9a-z._\-:/=&?,"']{24,}|[0-9A-Z._\-:/=&?,"']{24,}|[0-9a-f\-]{10,}|[0-9A-F\-]{10,}"""
    rb"""|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{2,})?Z?|https?://.*"""
)
HEXADECIMAL, LONG_HEXADECIMAL = b"0123456789abcdef-", 20
FEW_OTHERS_SHARE = 0.25
BASE58 = re.compile(rb"[1-9A-HJ-NP-Za-km-z]{10,}")
LZ = re.compile(rb"[A-Za-z0-9+/\-$]{6,}={0,3}")
BASE85 = re.compile(rb"[0-9A-Za-z!#$%&()*+\-;<=>?@^_`{|}~]{8,}")
ASCII85 = re.compile(rb"[!-uyz]{8,}")
Z85 = re.compile(rb"[0-9a-zA-Z.\-:+=^!/*?&<>()\[\]{}@%$#]{8,}")
ADOBE = re.compile(rb"<~[!-uyz\s]{8,}~>")
Z85_ALPHABET = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"
B85_ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
FILLED_UP = (b"\x00", b" ")
TO_B85 = bytes.maketrans(Z85_ALPHABET, B85_ALPHABET)
# Base85 of a digest holds no word of so many letters, nor two, nor what markup and programs show; or few of these, and
# beside them fewer small letters than there are otherwise. Names and paths are less likely to be one.
WORDY = re.compile(rb'[a-z]{6}|[a-z]{4}[^a-z]?[a-z]{4}|="|</|">|://|\(\)|\);')
# Nor is it of one case and digits only (one in 10,000 of the shortest such): that is hexadecimal, or an id.
ONE_CASE = re.compile(rb"[0-9a-z._\-]{12,}|[0-9A-Z._\-]{12,}")
LOWER = string.ascii_lowercase.encode()
NAME = re.compile(rb"[A-Za-z0-9._\-/:]*")
NOT_LOWER_SHARE, NOT_LOWER_SHARE_OF_NAME = 0.35, 0.5
LETTERS_A_WORD, MOST_WORDS = 20, 3
BASE58_ALPHABET = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BASE58_VALUES = {character: number for number, character in enumerate(BASE58_ALPHABET)}
SHORTEST, LONGEST, LONGEST_58 = 8, 1 << 20, 1 << 18
# So many characters are added up one by one.
BLOCK_58 = 32
DIGEST85 = frozenset({10, 20, 25, 35, 40, 60, 80})
DIGEST64 = frozenset({11, 12, 22, 24, 27, 28, 38, 40, 43, 44, 64, 86, 88})


def tokens_of(run: bytes) -> Iterator[tuple[int, bytes]]:
    """A run without blanks as a whole, without what encloses it, and its parts: place and token, none twice."""
    pieces = [(0, run), (len(run) - len(run.lstrip(ENCLOSING)), run.strip(ENCLOSING))]
    enclosed = (pattern for sign, pattern in ENCLOSED_BY if sign in run)
    for pattern in (STRINGS, QUOTED, ENCLOSED, SETTINGS, PARAMETERS, SEGMENTS, *enclosed):
        pieces += [(match.start(), match[0]) for match in pattern.finditer(run)]
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
    """Fields of a table's line; a table is of short lines, and a program of long ones."""
    if len(run) > LONGEST_LABELLED:
        return
    for sign, pattern in COLUMNS:
        if sign in run:
            yield from ((match.start(), match[0]) for match in pattern.finditer(run))
    if DOUBLED in run:
        for match in QUOTED_FIELD.finditer(run):
            yield match.start(), match[0].replace(DOUBLED, b'"')


def _behind_names(run: bytes) -> list[tuple[int, bytes]]:
    """All of a run behind a parameter's name: what is whole may hold any of the signs that stand between parameters."""
    if len(run) > LONGEST_LABELLED or b"=" not in run:
        return []
    return [(match.end(), run[match.end() :]) for match in islice(NAMES.finditer(run), MOST_LABELS)]


def _beside_labels(token: bytes) -> Iterator[tuple[int, bytes]]:
    """What is as long as the base64 of a digest, before or behind a sign that may belong to it."""
    if len(token) > LONGEST_LABELLED:
        return
    for sign in islice(LABELS.finditer(token), MOST_LABELS):
        for start, end in ((0, sign.start()), (sign.end(), len(token))):
            if end - start in DIGEST64 and SEGMENT64.fullmatch(token, start, end):
                yield start, token[start:end]


def token_guesses(token: bytes) -> Iterator[Guess]:
    """What a token may stand for."""
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
    if token.startswith(b"<~") and token.endswith(b"~>"):
        yield Guess("ascii85", 0, _tried(_adobe, token))
    if len(token) >= LONG_SEGMENT and SEGMENT64.fullmatch(token) is not None:  # base64: base85 has other signs, too
        return
    is_likely = _may_be_digest85(token)
    for name, alphabet, decode in CODINGS85:
        if alphabet.fullmatch(token):
            data = _tried(decode, token)
            yield Guess(name, 0, data, is_likely=is_likely)
            if name == "z85" and data.endswith(FILLED_UP):
                yield Guess(name, 0, data.rstrip(b"".join(FILLED_UP)), is_likely=is_likely)


def _is_plain(token: bytes) -> bool:
    if len(token) >= LONG_HEXADECIMAL:
        others = token.translate(None, HEXADECIMAL)
        if len(others) < len(token) * FEW_OTHERS_SHARE:
            return True
    return PLAIN.fullmatch(token) is not None


def _may_be_digest85(token: bytes) -> bool:
    if ONE_CASE.fullmatch(token) is not None:
        return False
    is_name = NAME.fullmatch(token) is not None
    most = 1 if is_name else max(1, min(len(token) // LETTERS_A_WORD, MOST_WORDS))
    rest, words = WORDY.subn(b"", token, most + 1)
    text, share = (token, NOT_LOWER_SHARE_OF_NAME) if is_name else (rest, NOT_LOWER_SHARE)
    return words == 0 or (words <= most and len(text.translate(None, LOWER)) > len(text) * share)


def adobe_guesses(data: bytes) -> Iterator[Guess]:
    """Ascii85 between `<~` and `~>`, with blanks in it or without."""
    for match in ADOBE.finditer(data):
        yield Guess("ascii85", match.start(), _tried(_adobe, match[0]))


def decoded58(token: bytes) -> bytes:
    """The bytes of a base58 token."""
    number = _number58(token)
    zeros = len(token) - len(token.lstrip(b"1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _number58(digits: bytes) -> int:
    """In halves: to multiply two long numbers takes less than to multiply one by each digit."""
    if len(digits) > BLOCK_58:
        half = len(digits) // 2
        shift: int = 58**half
        return _number58(digits[:-half]) * shift + _number58(digits[-half:])
    number = 0
    for character in digits:
        number = number * 58 + BASE58_VALUES[character]
    return number


def _z85(token: bytes) -> bytes:
    return base64.b85decode(token.translate(TO_B85))


def _ascii85(token: bytes) -> bytes:
    return base64.a85decode(token, foldspaces=b"y" in token)


def _adobe(token: bytes) -> bytes:
    return base64.a85decode(token, adobe=True, foldspaces=b"y" in token)


CODINGS85: tuple[tuple[str, re.Pattern[bytes], Callable[[bytes], bytes]], ...] = (
    ("base85", BASE85, base64.b85decode),
    ("z85", Z85, _z85),
    ("ascii85", ASCII85, _ascii85),
)


def _tried(decode: Callable[[bytes], bytes], token: bytes) -> bytes:
    try:
        return decode(token)
    except ValueError:
        return b""
