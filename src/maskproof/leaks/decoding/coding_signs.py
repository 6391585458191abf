"""
Where anything may be encoded: signs that are rare in plain text, found in a few fast passes.

Decoders are slow and plain text is most of what is scanned: they only read what a sign points at.
Every coding that is searched for shows at least one sign (`docs`: what each rests on is beside it).
"""

import enum
from collections.abc import Mapping, Sequence
from functools import cache

from maskproof.leaks.decoding.long_runs import long_runs
from maskproof.leaks.decoding.packed import ZLIB_FIRST
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


Hints = Mapping[Hint, Sequence[int]]
# Ends of each sign of a pass.
Here = list[list[int]]

# Three groups of base64 of printable ASCII: the high bit of every byte is 0, which each of the first three
# characters of a group tells in part. A text of nine bytes or more has three such groups, or two and its ends.
_GROUP = rb"[H-Za-f][A-HQ-Xg-nw-z0-3][AEIMQUYcgkosw048BFJNRVZdhlptx159][A-Za-z0-9+/_\-]"
_CYRILLIC = rb"0[I-LY-b][DHLPTXbfjnrvz37/_][QR]|[g-v][Ndt9][CG][A-Za-z0-9+/_\-]"
_THREE_BYTES = rb"[456][A-Za-z0-9+/_\-][CGKOSWaeimquy26+\-][A-Za-z0-9+/_\-]"
_BETWEEN_PAIRS = rb"(?:[:,\-+]\s?|\s{1,2})"
SIGNS: Mapping[Hint, bytes] = {
    Hint.PERCENT: rb"%[0-9A-Fa-f]{2}|%u[0-9A-Fa-f]{4}",
    Hint.ENTITY: rb"&(?:#[0-9]|#[xX][0-9A-Fa-f]|[A-Za-z][A-Za-z0-9]{1,30};)",
    Hint.ESCAPE: rb"""\\(?:[ux0-7nrtbfv"'/\\\-.,:@+_=]|\r?\n)""",
    Hint.QUOTED: rb"=[0-9A-Fa-f]{2}=[0-9A-Fa-f]{2}|=(?:3[AD]|2[0-9A-F]|0[09AD]|40|5[CF]|[A-F][0-9A-F])|=\r?\n"
    rb"|=[2-7a-f][0-9a-f][0-9A-Za-z]{1,8}=[2-7a-f][0-9a-f]",
    # Letters of ASCII; or a byte order mark.
    Hint.UTF16: rb"(?:[\x20-\x7e]\x00){4}|(?:\x00[\x20-\x7e]){4}",
    Hint.MARKED16: rb"\xff\xfe|\xfe\xff",
    Hint.TAG: rb"[0-9A-Za-z@.]<[^<>\x00]+>[0-9A-Za-z@.]",
    Hint.ARRAY: rb"""\[\s{0,8}["'0-9]|\{\s{0,8}"0"\s?:""",
    # Of zlib also smaller windows: where those are letters, only before what text has not.
    Hint.PACKED: rb"\x1f\x8b\x08|\x28\xb5\x2f\xfd|\x18W|\x08\[|"
    + ZLIB_FIRST
    + rb"|[hX8H(][CG\tK\rOS].{0,2}[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\xff]",
    Hint.ADOBE: rb"<~",
    Hint.CONTROL: rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]",
    # Changes between digits, small and capital letters that words and names in programs do not show.
    Hint.ODD: rb"[0-9][A-Za-z]|[A-Z][0-9]|[a-z][A-Z][A-Z0-9_\-+/]|[A-Z][a-z][A-Z]",
    Hint.PUNCTUATED: rb"[A-Za-z0-9][!#$%^*~`|+][A-Za-z0-9]|[!#$%^*~`|+@?][!-~]{1,6}[!#$%^*~`|+@?]",
    Hint.TEXT64: b"(?:%b){3}|(?:%b){3}|(?:%b){3}" % (_GROUP, _CYRILLIC, _THREE_BYTES),
    Hint.PADDED64: rb"[A-Za-z0-9+/_\-]{9}(?:[AEIMQUYcgkosw048]=[^A-Za-z0-9=]|[AQgw]==)",
    # Each byte of ASCII begins with a digit; digests show odd changes in any case.
    Hint.HEX: rb"[0-9][0-9A-Fa-f]{10,13}[^0-9A-Fa-f]",
    Hint.BASE32: rb"[A-Z2-7]{10}[^A-Z2-7]",
    Hint.LOWER32: rb"[a-z2-7]{16}[^a-z2-7]",
    # With a digit in the first of them: there is one in nearly every such row, and in few others.
    Hint.PAIRS: rb"(?:[0-9][0-9A-Fa-f]|[A-Fa-f][0-9])%b(?:[0-9A-Fa-f]{2}%b){3}[0-9A-Fa-f]{2}" % ((_BETWEEN_PAIRS,) * 2),
    # Groups of four and of eight: of ASCII, or with a digit at the end of one and more behind. Others are words, too.
    Hint.GROUPED: rb"(?:%b){2} (?:%b){2} |(?:%b){4} %b|[0-9][0-9A-Fa-f]{0,3}\s[0-9A-Fa-f]{4}\s?[0-9A-Fa-f]{2}"
    % ((rb"[2-7][0-9A-Fa-f]",) * 4),
    Hint.PREFIXED: rb"(?:0x[0-9A-Fa-f]{2}[,\s]\s?){5}",
    Hint.NUMBERS: rb"(?:\b[0-9]{2,6},\s{0,9}){5}[0-9]{2}",
}
# Patterns that run fast together; one database of all of them runs at a tenth of the speed.
PASSES: Sequence[Sequence[Hint]] = (
    (Hint.UTF16,),
    (Hint.PERCENT, Hint.ENTITY, Hint.ESCAPE, Hint.QUOTED, Hint.ARRAY, Hint.PACKED, Hint.ADOBE, Hint.MARKED16),
    (Hint.TAG,),
    (Hint.CONTROL,),
    (Hint.ODD,),
    (Hint.PUNCTUATED,),
    (Hint.PAIRS, Hint.PREFIXED, Hint.NUMBERS, Hint.GROUPED),
)
# The first pass finds nothing where there is no such byte.
PASSES_WITHOUT_NULS = PASSES[1:]
# These find nothing but within long runs of letters and digits.
OF_LONG_RUNS: Sequence[Sequence[Hint]] = (
    (Hint.TEXT64, Hint.PADDED64),
    (Hint.HEX, Hint.BASE32),
    (Hint.LOWER32,),
)
FOUND_ONCE = frozenset({Hint.CONTROL})
# These signs end behind their run, so that a long run shows one.
END = b"\x00"
BEHIND = frozenset({Hint.PADDED64, Hint.HEX, Hint.BASE32, Hint.LOWER32})


@cache
def _search(hints: Sequence[Hint]) -> MultiSearch:
    return MultiSearch([SIGNS[hint] for hint in hints], list(map(_flags, hints)))


def _flags(hint: Hint) -> int:
    return DOTALL | (ONCE if hint in FOUND_ONCE else 0)


def hints_in(data: bytes, *, has_nuls: bool = True) -> dict[Hint, list[int]]:
    """
    Where each sign ends in data; only those that are there.

    Args:
        data: Any texts.
        has_nuls: Whether they may have NUL bytes of their own.

    """
    ended = data + END
    runs = long_runs(ended)
    ends = _ends(PASSES if has_nuls else PASSES_WITHOUT_NULS, ended)
    ends |= {hint: runs.ends_in_whole(some) for hint, some in _ends(OF_LONG_RUNS, runs.data).items()}
    return {hint: [end - (hint in BEHIND) for end in some] for hint, some in sorted(ends.items())}


def _ends(passes: Sequence[Sequence[Hint]], data: bytes) -> dict[Hint, list[int]]:
    ends: dict[Hint, list[int]] = {hint: [] for hints in passes for hint in hints}
    for hints in passes:
        here = [ends[hint] for hint in hints]

        def tell(number: int, _start: int, end: int, _flags: int, _context: object, here: Here = here) -> None:
            here[number].append(end)

        _search(hints).each(data, tell)
    return {hint: some for hint, some in ends.items() if some}
