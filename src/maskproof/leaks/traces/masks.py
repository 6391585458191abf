"""
What a mask reveals: the length of a value, and the part of it that was left in clear.

Nothing here finds a value. A masked text is compared with the known values, character by character. One multi-pattern
search over all texts (Hyperscan) finds the masks; only the text around a mask is read.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from heapq import merge
from itertools import chain
from typing import NamedTuple

from maskproof.leaks.buffer import Buffer, batches
from maskproof.leaks.findings import Finding
from maskproof.leaks.multisearch import CASELESS, MultiSearch
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.traces.mask_shapes import IN_WORDS, Masked, masked_span
from maskproof.openreplay.fields import MaskedInput
from maskproof.openreplay.session import SessionView

# The ends of runs of mask characters, and words before last digits: see `mask_shapes`.
PREFILTERS = (
    rb"\*\*[^*]",
    rb"(?:\xe2\x80\xa2){2}",
    rb"(?:\xe2\x97\x8f){2}",
    rb"(?:\xe2\x96\x88){2}",
    rb"[^a-z#][x#]{2,16}[^a-z#]",
    rb"(?:end|ends|ending|last (?:four|4))[^0-9\x00]{0,16}[0-9]{4}[^0-9]",
)
IN_WORDS_AT = len(PREFILTERS) - 1
# Bytes read on each side of a hit. A text with more masks than `MOST` is a program or a drawing.
AROUND = 256
MOST = 1000
# A number has so many more digits than the last ones that words reveal.
ENOUGH = 3
# Keeps bytes that are not UTF-8.
ESCAPED = "surrogateescape"


# Kind of trace, and id and category of the value.
Revealed = tuple[str, str, str]


class Trace(NamedTuple):
    """
    What a masked text reveals about a value.

    `text` is the index of the text; `kind` is length or partial; `offset` is in bytes.

    `value_id` and `category` are empty where several values, or only a password, have that length: the number of stars
    does not show which value it is, and for a password only its own node does.
    """

    text: int
    kind: str
    value_id: str
    category: str
    offset: int


class _FoldedValue(NamedTuple):
    """A value with its text, case folded, and its digits alone where it is a number."""

    value: Value
    text: str
    digits: str

    @classmethod
    def of(cls, value: Value) -> "_FoldedValue":
        """Fold a value."""
        text = " ".join(value.secret.reveal().casefold().split())
        is_number = not any(character.isalpha() for character in text)
        return cls(value, text, "".join(filter(str.isdigit, text)) if is_number else "")


def find_traces(texts: Sequence[bytes], values: Sequence[Value]) -> Iterator[Trace]:
    """
    What masked texts reveal about known values; each trace once.

    Args:
        texts: Texts of messages, in UTF-8.
        values: The known values.

    """
    known = [_FoldedValue.of(value) for value in values]
    revealed = cache(partial(_revealed, known))
    seen: set[Trace] = set()
    for index, place, is_in_words in _places(texts):
        start = max(0, place - AROUND)
        window = texts[index][start : place + AROUND]
        spans = _in_words(window, place - start, known) if is_in_words else _masked(window, place - start, revealed)
        for at, found in spans:
            trace = Trace(index, *found, start + at)
            if trace not in seen:
                seen.add(trace)
                yield trace


def _places(texts: Sequence[bytes]) -> Iterator[tuple[int, int, bool]]:
    """The ends of masked texts: index of the text, byte in it, and whether it gives last digits in words."""
    counts: Counter[int] = Counter()
    for indexes in batches(texts, range(len(texts))):
        buffer = Buffer([texts[index] for index in indexes])
        found = _prefilters().ends(b"\x00" + buffer.data + b"\x00")
        in_words = ((end, True) for end in sorted(set(found[IN_WORDS_AT])))
        masked = ((end, False) for end in sorted(set(chain.from_iterable(found[:IN_WORDS_AT]))))
        for end, is_words in merge(masked, in_words):
            # The search has a byte before the texts, and its hits end behind the byte that ends a run.
            index, place = buffer.locate(max(0, end - 3))
            counts[indexes[index]] += 1
            if counts[indexes[index]] <= MOST:
                yield indexes[index], place, is_words


@cache
def _prefilters() -> MultiSearch:
    return MultiSearch(PREFILTERS, CASELESS)


def _masked(window: bytes, place: int, revealed: Callable[[str], Sequence[Revealed]]) -> Iterator[tuple[int, Revealed]]:
    """What the masked text that ends at a place reveals, with the byte of the window at which it begins."""
    text = window.decode("utf-8", ESCAPED)
    found = masked_span(text, len(window[:place].decode("utf-8", ESCAPED)))
    if found is not None:
        span, at = found
        for trace in revealed(span):
            yield len(text[:at].encode("utf-8", ESCAPED)), trace


def _in_words(window: bytes, place: int, known: Sequence[_FoldedValue]) -> Iterator[tuple[int, Revealed]]:
    """Values whose last digits words around a place give, with the byte of the window at which the words begin."""
    text = window.decode("utf-8", ESCAPED)
    before = len(window[:place].decode("utf-8", ESCAPED))
    for match in IN_WORDS.finditer(text, max(0, before - AROUND // 8)):
        for folded in known:
            if folded.digits.endswith(match[1]) and len(folded.digits) > len(match[1]) + ENOUGH:
                at = len(text[: match.start()].encode("utf-8", ESCAPED))
                yield at, ("partial", folded.value.id, folded.value.category)


def _revealed(known: Sequence[_FoldedValue], span: str) -> Sequence[Revealed]:
    """What a masked text reveals about known values."""
    masked = Masked.of(span)
    return tuple(_parts(masked, known) if masked.is_clear_anywhere else _lengths(masked, known))


def _parts(masked: Masked, known: Sequence[_FoldedValue]) -> Iterator[Revealed]:
    compact = masked.compact()
    for folded in known:
        if compact.reveals(folded.digits) if folded.digits else masked.reveals(folded.text):
            yield "partial", folded.value.id, folded.value.category


def _lengths(masked: Masked, known: Sequence[_FoldedValue]) -> Iterator[Revealed]:
    as_long = [folded.value for folded in known if masked.is_shape_of(folded.text)]
    named = [value for value in as_long if value.category != "password"]
    if as_long:
        yield ("length", named[0].id, named[0].category) if len(named) == 1 else ("length", "", "")


def find_lengths(view: SessionView, *, session_id: str, system: str) -> Iterator[Finding]:
    """
    Obscured inputs whose mask reveals the length of their value (reference 2.3: `Mask` n > 0), once a node.

    Only a form fixture knows which value an input holds, so `value_id` and `category` are empty.

    Args:
        view: The session.
        session_id: The session's id in findings.
        system: The system's name in findings.

    """
    nodes: dict[tuple[int, int], MaskedInput] = {}
    for masked in view.masked:
        nodes.setdefault((id(masked.document), masked.node), masked)
    paths: dict[str, MaskedInput] = {}
    for masked in nodes.values():
        paths.setdefault(masked.path, masked)
    for path, masked in paths.items():
        yield Finding(
            kind="length",
            system=system,
            session_id=session_id,
            channel="mask length",
            message="SetInputValue",
            field="Mask",
            node=path,
            source=masked.source,
            offset=masked.offset,
        )
