"""
What the mask itself tells: how long a value is, and what of it was left in clear.

Nothing here finds a value; a masked text is held against the values that are known, character by character.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from maskproof.leaks.findings import Finding
from maskproof.leaks.located import located_messages
from maskproof.leaks.values import Value
from maskproof.openreplay.session import SessionView

MASK_CHARACTERS = "*•●█"
# Letters and signs that stand for digits in masked numbers only.
NUMBER_MASKS = "xX#"
PREFILTER = re.compile("(?:[*•●█]{2}|[xX#]{2}|\\b[Ee]nd(?:ing|s)?\\b|\\b[Ll]ast\\b)")
RUN = re.compile(r"[*•●█]{2,}|(?<![A-Za-z])[xX#]{2,}(?![A-Za-z])")
# What may be left in clear beside a run, and words with runs of their own or groups of digits beside those.
SIGNS = "@.+-:/()_"
REACH = 64
NEXT = re.compile(r" (?:[\w@.+\-:/()]{0,32}[*•●█xX#]{2,64}[\w@.+\-:/()*•●█#]{0,64}|\d[\d\-]{1,7}(?!\w))")
PREVIOUS = re.compile(r"(?<!\w)(?:\d{2,8} ){1,3}$")
IN_WORDS = re.compile(r"\b(?:end(?:ing|s)?(?: in| with)?|last (?:four|4)(?: digits)?)\W{0,6}(\d{4})\b", re.IGNORECASE)
SEPARATORS = re.compile(r"[\s.\-()/]+")
TELLING = 3


class Trace(NamedTuple):
    """
    What a masked text tells of a value.

    `text` says which text of those that were given; `kind` is length or partial; `offset` is in characters.

    `value_id` and `category` are empty where several values are as long, or only a password is: how many stars
    there are does not say whose they are, and only the password's own node does.
    """

    text: int
    kind: str
    value_id: str
    category: str
    offset: int


def find_traces(texts: Sequence[str | bytes], values: Sequence[Value]) -> Iterator[Trace]:
    """
    What masked texts tell of known values.

    Args:
        texts: Texts of messages; those in which no mask can be are passed by at once.
        values: What is held against them.

    """
    plain = [(value, " ".join(value.secret.reveal().split())) for value in values]
    for index, given in enumerate(texts):
        text = given if isinstance(given, str) else given.decode("utf-8", "replace")
        if PREFILTER.search(text):
            yield from _in_text(index, text, plain)


def _in_text(index: int, text: str, values: Sequence[tuple[Value, str]]) -> Iterator[Trace]:
    for span, offset in _spans(text):
        yield from _in_span(index, span, offset, values)
    for match in IN_WORDS.finditer(text):
        for value, plain in values:
            if _digits(plain).endswith(match[1]) and len(_digits(plain)) > len(match[1]) + TELLING:
                yield Trace(index, "partial", value.id, value.category, match.start())


def _spans(text: str) -> Iterator[tuple[str, int]]:
    """Every run of mask characters with what stands in clear around it, and where it begins."""
    done = 0
    for run in RUN.finditer(text):
        if run.start() < done:
            continue
        start, done = run.span()
        while start > max(0, run.start() - REACH) and _belongs(text[start - 1]):
            start -= 1
        while done < min(len(text), run.end() + REACH) and _belongs(text[done]):
            done += 1
        while following := NEXT.match(text, done):
            done = following.end()
        before = PREVIOUS.search(text[max(0, start - REACH) : start])
        start -= len(before[0]) if before else 0
        span = text[start:done]
        yield span.strip(".:/()"), start + len(span) - len(span.lstrip(".:/()"))


def _belongs(character: str) -> bool:
    return character.isalnum() or character in SIGNS or character in MASK_CHARACTERS


def _in_span(index: int, span: str, offset: int, values: Sequence[tuple[Value, str]]) -> Iterator[Trace]:
    is_silent = not any(one.isalnum() for one in RUN.sub("", span))
    if not is_silent:
        for value, plain in values:
            if _tells_part(span, plain):
                yield Trace(index, "partial", value.id, value.category, offset)
        return
    as_long = [value for value, plain in values if _is_shape_of(span, plain)]
    named = [value for value in as_long if value.category != "password"]
    if as_long:
        one = named[0] if len(named) == 1 else None
        yield Trace(index, "length", one.id if one else "", one.category if one else "", offset)


def _is_shape_of(span: str, value: str) -> bool:
    """Whether a text without letters and digits has a mask character for each of a value's, or as long a run."""
    if len(span) != len(value):
        return False
    pairs = list(zip(span, value, strict=True))
    return all(masked in MASK_CHARACTERS + NUMBER_MASKS or masked == one for masked, one in pairs)


def _tells_part(span: str, value: str) -> bool:
    """Whether what a mask leaves in clear is what the value has there, and enough to mean it."""
    pattern, clear, masked = "", 0, 0
    is_number = _digits(value) != "" and not any(one.isalpha() for one in value)
    compact = SEPARATORS.sub("", span) if is_number else span
    target = SEPARATORS.sub("", value) if is_number else value
    place = 0
    for run in RUN.finditer(compact):
        literal = compact[place : run.start()]
        pattern += re.escape(literal) + ".+"
        clear += sum(one.isalnum() for one in literal)
        masked += len(run[0])
        place = run.end()
    rest = compact[place:]
    clear += sum(one.isalnum() for one in rest)
    is_as_long = len(compact) == len(target)
    wanted = 1 if is_as_long and masked > TELLING else TELLING
    return clear >= wanted and re.fullmatch(pattern + re.escape(rest), target, re.IGNORECASE | re.DOTALL) is not None


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdigit())


def find_lengths(view: SessionView, *, session_id: str, system: str, source: str) -> Iterator[Finding]:
    """
    Obscured inputs whose mask tells how long their value is (reference 2.3: `Mask` n > 0), once a node.

    Whose value it is, only a form fixture knows; so `value_id` and `category` are empty.
    """
    first: dict[str, int] = {}
    for message, fields, path in located_messages(view, "SetInputValue"):
        if int(str(fields["Mask"])) > 0:
            first.setdefault(path, message.offset)
    for path, offset in first.items():
        yield Finding(
            kind="length",
            gating=True,
            accepted_by=None,
            value_id="",
            category="",
            system=system,
            session_id=session_id,
            channel="mask length",
            message="SetInputValue",
            field="Mask",
            node=path,
            encoding=(),
            match="",
            source=source,
            offset=offset,
        )
