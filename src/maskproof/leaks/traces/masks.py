"""
What the mask itself tells: how long a value is, and what of it was left in clear.

Nothing here finds a value; a masked text is held against the values that are known, character by character.
Where masks are, one multi-pattern search over all texts tells (Hyperscan); only there a text is read.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.findings import Finding
from maskproof.leaks.multisearch import CASELESS, MultiSearch
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.traces.mask_shapes import IN_WORDS, Masked, masked_span
from maskproof.openreplay.fields import MaskedInput
from maskproof.openreplay.session import SessionView

# Ends of runs of mask characters, and words before last digits: see `mask_shapes`.
PREFILTERS = (
    rb"\*\*[^*]",
    rb"(?:\xe2\x80\xa2){2}",
    rb"(?:\xe2\x97\x8f){2}",
    rb"(?:\xe2\x96\x88){2}",
    rb"[^a-z#][x#]{2,16}[^a-z#]",
    rb"(?:end|ends|ending|last (?:four|4))[^0-9\x00]{0,16}[0-9]{4}[^0-9]",
)
IN_WORDS_AT = len(PREFILTERS) - 1
# Bytes around a hit that are read. A text with more masks than `MOST` is a program or a drawing.
AROUND = 256
MOST = 1000
ENOUGH = 3
# How bytes that are no UTF-8 are kept.
ESCAPED = "surrogateescape"


# Kind, id and category of a value.
Told = tuple[str, str, str]


class Trace(NamedTuple):
    """
    What a masked text tells of a value.

    `text` says which text of those that were given; `kind` is length or partial; `offset` is in bytes.

    `value_id` and `category` are empty where several values are as long, or only a password is: how many stars
    there are does not say whose they are, and only the password's own node does.
    """

    text: int
    kind: str
    value_id: str
    category: str
    offset: int


class _Known(NamedTuple):
    """A value with its text, case folded, and with its digits alone where it is a number."""

    value: Value
    text: str
    digits: str

    @classmethod
    def of(cls, value: Value) -> "_Known":
        text = " ".join(value.secret.reveal().casefold().split())
        is_number = not any(one.isalpha() for one in text)
        return cls(value, text, "".join(one for one in text if one.isdigit()) if is_number else "")


def find_traces(texts: Sequence[bytes], values: Sequence[Value]) -> Iterator[Trace]:
    """
    What masked texts tell of known values; none twice at one place.

    Args:
        texts: Texts of messages.
        values: What is held against them.

    """
    known = [_Known.of(value) for value in values]
    told = cache(partial(_told, known))
    seen: set[Trace] = set()
    for index, place, is_in_words in _places(texts):
        start = max(0, place - AROUND)
        window = texts[index][start : place + AROUND]
        spans = _in_words(window, place - start, known) if is_in_words else _masked(window, place - start, told)
        for at, one in spans:
            trace = Trace(index, *one, start + at)
            if trace not in seen:
                seen.add(trace)
                yield trace


def _places(texts: Sequence[bytes]) -> Iterator[tuple[int, int, bool]]:
    """Where something masked ends: the text, the place in it, and whether it is told in words."""
    buffer = Buffer(texts)
    counts: Counter[int] = Counter()
    hits = _prefilters().hits(b"\x00" + buffer.data + b"\x00")
    for end, is_in_words in sorted({(end, number == IN_WORDS_AT) for number, _, end in hits}):
        # The search has a byte before the texts, and ends behind the byte that ends a run.
        index, place = buffer.locate(max(0, end - 3))
        counts[index] += 1
        if counts[index] <= MOST:
            yield index, place, is_in_words


@cache
def _prefilters() -> MultiSearch:
    return MultiSearch(PREFILTERS, CASELESS)


def _masked(window: bytes, place: int, told: Callable[[str], Sequence[Told]]) -> Iterator[tuple[int, Told]]:
    """What the masked text that ends at a place tells, and where in the window it begins."""
    text = window.decode("utf-8", ESCAPED)
    found = masked_span(text, len(window[:place].decode("utf-8", ESCAPED)))
    if found is not None:
        span, at = found
        for one in told(span):
            yield len(text[:at].encode("utf-8", ESCAPED)), one


def _in_words(window: bytes, place: int, known: Sequence[_Known]) -> Iterator[tuple[int, Told]]:
    """Values whose last digits are told in words about a place, and where in the window."""
    text = window.decode("utf-8", ESCAPED)
    before = len(window[:place].decode("utf-8", ESCAPED))
    for match in IN_WORDS.finditer(text, max(0, before - AROUND // 8)):
        for one in known:
            if one.digits.endswith(match[1]) and len(one.digits) > len(match[1]) + ENOUGH:
                at = len(text[: match.start()].encode("utf-8", ESCAPED))
                yield at, ("partial", one.value.id, one.value.category)


def _told(known: Sequence[_Known], span: str) -> Sequence[Told]:
    """What a masked text tells of known values."""
    masked = Masked.of(span)
    return tuple(_parts(masked, known) if masked.is_clear_anywhere else _lengths(masked, known))


def _parts(masked: Masked, known: Sequence[_Known]) -> Iterator[Told]:
    compact = masked.compact()
    for one in known:
        if compact.tells(one.digits) if one.digits else masked.tells(one.text):
            yield "partial", one.value.id, one.value.category


def _lengths(masked: Masked, known: Sequence[_Known]) -> Iterator[Told]:
    as_long = [one.value for one in known if masked.is_shape_of(one.text)]
    named = [value for value in as_long if value.category != "password"]
    if as_long:
        yield ("length", named[0].id, named[0].category) if len(named) == 1 else ("length", "", "")


def find_lengths(view: SessionView, *, session_id: str, system: str) -> Iterator[Finding]:
    """
    Obscured inputs whose mask tells how long their value is (reference 2.3: `Mask` n > 0), once a node.

    Whose value it is, only a form fixture knows; so `value_id` and `category` are empty.
    """
    nodes: dict[tuple[int, int], MaskedInput] = {}
    for one in view.masked:
        nodes.setdefault((id(one.document), one.node), one)
    paths: dict[str, MaskedInput] = {}
    for one in nodes.values():
        paths.setdefault(one.path, one)
    for path, one in paths.items():
        yield Finding(
            kind="length",
            system=system,
            session_id=session_id,
            channel="mask length",
            message="SetInputValue",
            field="Mask",
            node=path,
            source=one.source,
            offset=one.offset,
        )
