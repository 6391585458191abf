"""
Where anything may be encoded: signs that are rare in plain text, found in a few fast passes.

Decoders are slow and most of what is scanned is plain text, so decoders only read what a sign points at. Every coding
that is searched for shows at least one sign. A sign costs nothing but time where nothing is encoded: what counts as
a finding is decided by what is decoded.
"""

import enum
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from maskproof.leaks.decoding.long_runs import long_runs
from maskproof.leaks.multisearch import DOTALL, ONCE, MultiSearch


class Hint(enum.IntEnum):
    """A sign of a coding."""

    PERCENT = 0
    ENTITY = 1
    ESCAPE = 2
    QUOTED = 3
    UTF16 = 4
    TAG = 5
    ARRAY = 6
    PACKED = 7
    CONTROL = 8
    ODD = 9
    TEXT64 = 10
    PADDED64 = 11
    HEX = 12
    BASE32 = 13
    LOWER32 = 14
    PAIRS = 15
    PREFIXED = 16
    NUMBERS = 17
    PUNCTUATED = 18
    ADOBE = 19
    GROUPED = 20
    MARKED16 = 21
    BANG = 22


Hints = Mapping[Hint, Sequence[int]]

# The least that identifies somebody is a part of six letters (`spelling/variants.py`), and a shorter value alone is
# searched for in its codings as they are (`search/known_encodings.py`). So a run has to be as long as the coding of
# about that: a longer minimum would miss such parts, a shorter one would decode words.
BASE64_GROUPS = 3  # three groups of four letters; a text of nine bytes has three, or two and its ends
BASE64_BEFORE_PADDING = 9  # three groups but for the padding: a text of seven bytes
# The sign of base16 ends where its run ends, and begins with a digit, the 11th to 14th from there. In ASCII two of
# these four places are the first of a byte, which is a digit.
LEAST_BASE16, MOST_BASE16 = 10, 13
BASE32_LETTERS = 10  # six bytes
# English words of sixteen letters or more are rare. Shorter base32 in small letters is missed, unless it is all that a
# value alone becomes or shows odd changes: only (26 / 32) ** 16 = 4 % of such runs have no digit.
BASE32_SMALL_LETTERS = 16
PAIRS_BEHIND_THE_FIRST = 3  # with the first and the last five bytes
PREFIXED_BYTES = 5
NUMBERS = 5  # and a last one: six bytes

# A group of base64 of printable ASCII: the high bit of every byte is 0, and each of the first three letters of a group
# shows some of these bits. A random group looks like this with 25/64 * 1/2 * 1/2 = 0.1, three with 0.001.
_GROUP = rb"[H-Za-f][A-HQ-Xg-nw-z0-3][AEIMQUYcgkosw048BFJNRVZdhlptx159][A-Za-z0-9+/_\-]"
_CYRILLIC = rb"0[I-LY-b][DHLPTXbfjnrvz37/_][QR]|[g-v][Ndt9][CG][A-Za-z0-9+/_\-]"
_THREE_BYTES = rb"[456][A-Za-z0-9+/_\-][CGKOSWaeimquy26+\-][A-Za-z0-9+/_\-]"
_BETWEEN_PAIRS = rb"(?:[:,\-+]\s?|\s{1,2})"
SIGNS: Mapping[Hint, bytes] = {
    Hint.PERCENT: rb"%[0-9A-Fa-f]{2}|%u[0-9A-Fa-f]{4}",
    # A slash, colon, at sign or another sign that addresses are full of, escaped with an exclamation mark.
    Hint.BANG: rb"!(?:2[0-9A-F]|3[ADF]|40)",
    # The longest name of HTML has 31 letters and digits (`CounterClockwiseContourIntegral`).
    Hint.ENTITY: rb"&(?:#[0-9]|#[xX][0-9A-Fa-f]|[A-Za-z][A-Za-z0-9]{1,30};)",
    Hint.ESCAPE: rb"""\\(?:[ux0-7nrtbfv"'/\\\-.,:@+_=]|\r?\n)""",
    # Two escapes; one of a sign that mail has to escape; a soft line break; two escapes with a word of eight letters
    # at most between them. Parameters in URLs (`=20...`) look like one escape, rarely like two.
    Hint.QUOTED: rb"=[0-9A-Fa-f]{2}=[0-9A-Fa-f]{2}|=(?:3[AD]|2[0-9A-F]|0[09AD]|40|5[CF]|[A-F][0-9A-F])|=\r?\n"
    rb"|=[2-7a-f][0-9a-f][0-9A-Za-z]{1,8}=[2-7a-f][0-9a-f]",
    # Four letters of ASCII, of the five that any form of a value has; or a byte order mark.
    Hint.UTF16: rb"(?:[\x20-\x7e]\x00){4}|(?:\x00[\x20-\x7e]){4}",
    Hint.MARKED16: rb"\xff\xfe|\xfe\xff",
    Hint.TAG: rb"[0-9A-Za-z@.]<[^<>\x00]+>[0-9A-Za-z@.]",
    Hint.ARRAY: rb"""\[\s{0,8}["'0-9]|\{\s{0,8}"0"\s?:""",
    # The magic of gzip and zstd, and the first two bytes that zlib writes by default (RFC 1950: four levels).
    Hint.PACKED: rb"\x1f\x8b\x08|\x28\xb5\x2f\xfd|\x78[\x01\x5e\x9c\xda]",
    Hint.CONTROL: rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]",
    # Changes between digits, small and capital letters that words and names in programs do not show. Digests show
    # this or another sign: of 20,000 random ones of 16 bytes in base64 two did not, of 8 bytes one in 56 (half digests
    # of values are searched for as they are, if they show no sign).
    Hint.ODD: rb"[0-9][A-Za-z]|[A-Z][0-9]|[a-z][A-Z][A-Z0-9_\-+/]|[A-Z][a-z][A-Z]",
    # One sign within letters, or two signs with one to six characters between, as the alphabets of base85 mix them.
    Hint.PUNCTUATED: rb"[A-Za-z0-9][!#$%^*~`|+][A-Za-z0-9]|[!#$%^*~`|+@?][!-~]{1,6}[!#$%^*~`|+@?]",
    Hint.TEXT64: b"|".join(b"(?:%b){%d}" % (group, BASE64_GROUPS) for group in (_GROUP, _CYRILLIC, _THREE_BYTES)),
    Hint.PADDED64: rb"[A-Za-z0-9+/_\-]{%d}(?:[AEIMQUYcgkosw048]=[^A-Za-z0-9=]|[AQgw]==)" % BASE64_BEFORE_PADDING,
    # Each byte of ASCII begins with a digit; digests show odd changes in any case.
    Hint.HEX: rb"[0-9][0-9A-Fa-f]{%d,%d}[^0-9A-Fa-f]" % (LEAST_BASE16, MOST_BASE16),
    Hint.BASE32: rb"[A-Z2-7]{%d}[^A-Z2-7]" % BASE32_LETTERS,
    Hint.LOWER32: rb"[a-z2-7]{%d}[^a-z2-7]" % BASE32_SMALL_LETTERS,
    # With a digit in the first pair: nearly every such row has one somewhere, and few other texts have.
    Hint.PAIRS: rb"(?:[0-9][0-9A-Fa-f]|[A-Fa-f][0-9])%b(?:[0-9A-Fa-f]{2}%b){%d}[0-9A-Fa-f]{2}"
    % (_BETWEEN_PAIRS, _BETWEEN_PAIRS, PAIRS_BEHIND_THE_FIRST),
    # Groups of four and of eight digits: of ASCII, or with a digit at the end of one and more behind. Other such groups
    # are words, too.
    Hint.GROUPED: rb"(?:%b){2} (?:%b){2} |(?:%b){4} %b|[0-9][0-9A-Fa-f]{0,3}\s[0-9A-Fa-f]{4}\s?[0-9A-Fa-f]{2}"
    % ((rb"[2-7][0-9A-Fa-f]",) * 4),
    Hint.PREFIXED: rb"(?:0x[0-9A-Fa-f]{2}[,\s]\s?){%d}" % PREFIXED_BYTES,
    # From two digits on, as any printable byte has, to six, as the highest code point in use has.
    Hint.NUMBERS: rb"(?:\b[0-9]{2,6},\s{0,9}){%d}[0-9]{2}" % NUMBERS,
}
# Patterns that run fast together; one database of all of them runs at a tenth of the speed. Signs that a search does
# not look for are left out.
PASSES: Sequence[Sequence[Hint]] = (
    (Hint.UTF16,),
    (
        *(Hint.PERCENT, Hint.ENTITY, Hint.ESCAPE, Hint.QUOTED, Hint.ARRAY, Hint.PACKED, Hint.ADOBE, Hint.MARKED16),
        Hint.BANG,
    ),
    (Hint.TAG,),
    (Hint.CONTROL,),
    (Hint.ODD,),
    (Hint.PUNCTUATED,),
    (Hint.PAIRS, Hint.PREFIXED, Hint.NUMBERS, Hint.GROUPED),
)
# The first pass finds nothing where there is no NUL byte.
PASSES_WITHOUT_NULS = PASSES[1:]
# These only match within long runs of letters and digits (`long_runs.py`).
OF_LONG_RUNS: Sequence[Sequence[Hint]] = (
    (Hint.TEXT64, Hint.PADDED64),
    (Hint.HEX, Hint.BASE32),
    (Hint.LOWER32,),
)
FOUND_ONCE = frozenset({Hint.CONTROL})
# These signs end one byte behind their run, so that a long run shows one sign.
END = b"\x00"
BEHIND = frozenset({Hint.PADDED64, Hint.HEX, Hint.BASE32, Hint.LOWER32})


# A search for several signs, and which they are.
_Pass = tuple[MultiSearch, Sequence[Hint]]


@cache
def _search(patterns: Sequence[bytes], flags: Sequence[int]) -> MultiSearch:
    """Compiled once a process."""
    return MultiSearch(patterns, flags)


@dataclass(frozen=True)
class SignSearch:
    """
    Finds signs of codings.

    Attributes:
        signs: The pattern of each sign.

    """

    signs: Mapping[Hint, bytes]

    def hints_in(self, data: bytes, *, has_nuls: bool = True) -> dict[Hint, Sequence[int]]:
        """
        Where each sign ends in data; only those that are there.

        Args:
            data: Any texts.
            has_nuls: Whether they may have NUL bytes of their own.

        """
        ended = data + END
        runs = long_runs(ended)
        ends = _ends(self._passes if has_nuls else self._passes_without_nuls, ended)
        ends |= {hint: runs.ends_in_whole(some) for hint, some in _ends(self._of_long_runs, runs.data).items()}
        return {hint: _before(some) if hint in BEHIND else some for hint, some in sorted(ends.items())}

    @cached_property
    def _passes(self) -> Sequence[_Pass]:
        return self._compiled(PASSES)

    @cached_property
    def _passes_without_nuls(self) -> Sequence[_Pass]:
        return self._compiled(PASSES_WITHOUT_NULS)

    @cached_property
    def _of_long_runs(self) -> Sequence[_Pass]:
        return self._compiled(OF_LONG_RUNS)

    def _compiled(self, passes: Sequence[Sequence[Hint]]) -> Sequence[_Pass]:
        known = [tuple(hint for hint in hints if hint in self.signs) for hints in passes]
        return [
            (_search(tuple(map(self.signs.__getitem__, hints)), tuple(map(_flags, hints))), hints) for hints in known
        ]


def hints_in(data: bytes, *, has_nuls: bool = True) -> dict[Hint, Sequence[int]]:
    """
    Where each sign of a common coding ends in data; only those that are there.

    Args:
        data: Any texts.
        has_nuls: Whether they may have NUL bytes of their own.

    """
    return _COMMON.hints_in(data, has_nuls=has_nuls)


def _flags(hint: Hint) -> int:
    return DOTALL | (ONCE if hint in FOUND_ONCE else 0)


def _ends(passes: Sequence[_Pass], data: bytes) -> dict[Hint, "array[int]"]:
    found = ((hint, ends) for search, hints in passes for hint, ends in zip(hints, search.ends(data), strict=True))
    return {hint: ends for hint, ends in found if ends}


def _before(ends: "array[int]") -> "array[int]":
    return array("I", (end - 1 for end in ends))


def merged(hints: Hints, some: Iterable[Hint]) -> Sequence[int]:
    """
    Where any of some signs end, each place once, in ascending order.

    Args:
        hints: The signs of a text.
        some: The signs that count.

    """
    ends = [hints[hint] for hint in some if hint in hints]
    if len(ends) < 2:  # noqa: PLR2004 - nothing to merge
        return ends[0] if ends else ()
    every = np.concatenate([np.asarray(places, np.uint32) for places in ends])
    del ends
    every.sort()
    found = array("I", every[:1].tobytes())
    found.frombytes(every[1:][every[1:] != every[:-1]].tobytes())
    return found


_COMMON = SignSearch(SIGNS)
