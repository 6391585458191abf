"""
Values that were recorded while they were typed.

The beginning of a value counts where it fills a whole field and is long enough to identify a person, or where one node
or key held at least three growing beginnings, alone or in the same sentence. Anywhere else the beginning of a word is
just a word; `spelling/beginnings.py` has those that count by themselves.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import starmap, takewhile
from math import ceil
from operator import eq
from typing import NamedTuple

from maskproof.leaks.search.text_index import Row
from maskproof.leaks.spelling.common_words import COMMON_WORDS
from maskproof.leaks.spelling.names import LOCAL_SEPARATOR, identifies
from maskproof.leaks.spelling.spellings import plain_spellings
from maskproof.leaks.spelling.value_shapes import date_of, name_of
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.spelling.variants import WINDOW_LETTERS
from maskproof.leaks.texts import AnyText
from maskproof.secrets import normalised

GROWING = 3
# Least characters of the longest growing beginning: of a text, of a number.
GROWN_LETTERS, GROWN_DIGITS = 3, 5
# Least characters of a beginning that fills a field: of a text, of a number; and its least share of the number.
WHOLE_LETTERS, WHOLE_DIGITS, WHOLE_SHARE = 6, 7, 0.6
NAME, EMAIL = "name", "email"
NAMING = frozenset({NAME, EMAIL})
DATE_ORDERS = ("%Y%m%d", "%d%m%Y", "%m%d%Y")
# ASCII characters that are neither letter nor digit; and characters beyond ASCII, which may be letters or not.
SIGNS = r"[\x00-/:-@\[-`{-\x7f]*"
BEYOND = r"[^\x00-\x7f]"
WORD = re.compile(r"\w+")


class Prefix(NamedTuple):
    """A text that is the beginning of a value, and that value."""

    text: AnyText
    value: Value


class _Typed(NamedTuple):
    text: AnyText
    letters: str


class _TypedForms(NamedTuple):
    """A value, the letters and digits of each way to type it, and the first words of those."""

    value: Value
    forms: tuple[str, ...]
    first_words: frozenset[str]


class PrefixSearch:
    """
    Finds beginnings of values in the histories of fields.

    Args:
        values: The values to search for.

    """

    def __init__(self, values: Sequence[Value]) -> None:
        self._known = [_typed_forms(value) for value in values]
        forms = [form for known in self._known for form in known.forms]
        self._names = [form for known in self._known if known.value.category == NAME for form in known.forms]
        self._first_letters = {form[0] for form in forms}
        self._may_begin = _beginning(forms, 1).match
        # The only text of a node has to identify a person by itself.
        self._may_identify = _beginning(forms, WHOLE_LETTERS).match

    def begins_in(self, text: str) -> bool:
        """
        Whether a long beginning of a value stands at a word of a text, as where a name of a node was cut off.

        Args:
            text: What is about to be shown. A given name alone, and common words, are no beginning here either.

        """
        for word in WORD.finditer(text):
            letters = normalised(text[word.start() :])
            if any(_reaches(letters, known) for known in self._known):
                return True
        return False

    def find(self, rows: Iterable[Row]) -> Iterator[Prefix]:
        """Beginnings in the histories of fields, unless the whole value follows: that is found by the plain search."""
        may_begin, may_identify = self._may_begin, self._may_identify
        for row in rows:
            begun = [(owner, text) for owner, text in row.last.items() if may_begin(text.text)]  # type: ignore[arg-type]
            alone = row.alone(pair for pair in begun if may_identify(pair[1].text))  # type: ignore[arg-type]  # never bytes
            for history in (*([text] for text in alone), *row.histories.values()):
                some = [text for text in history if may_begin(text.text)]  # type: ignore[arg-type]
                yield from self._of_typed(list(map(_typed, some)), _of_history)
                if len(history) >= GROWING:
                    yield from self._of_sentences(history)

    def _of_sentences(self, history: Sequence[AnyText]) -> Iterator[Prefix]:
        """Values that grew within sentences that are equal but for them, unless a text of the node holds the whole."""
        for framed in _framed(history):
            for prefix in self._of_typed(framed, _grown_only):
                whole = _typed_forms(prefix.value).forms
                if not any(form in _typed(text).letters for text in history for form in whole):
                    yield prefix

    def _of_typed(
        self, entries: Sequence[_Typed], search: Callable[[Sequence[_Typed], _TypedForms], Iterator[Prefix]]
    ) -> Iterator[Prefix]:
        """Search the texts that begin with a letter of a value, for the values that begin so."""
        typed = [entry for entry in entries if entry.letters[:1] in self._first_letters]
        begins = {entry.letters[0] for entry in typed}
        for known in self._known if typed else ():
            if any(form[0] in begins for form in known.forms):
                yield from (prefix for prefix in search(typed, known) if not self._is_of_name(prefix, typed))

    def _is_of_name(self, prefix: Prefix, typed: Sequence[_Typed]) -> bool:
        """Whether the beginning of a mail address is a name that it is made of, or the beginning of that name."""
        if prefix.value.category != EMAIL:
            return False
        letters = next(entry.letters for entry in typed if entry.text is prefix.text)
        return any(form.startswith(letters) for form in self._names)


def _typed_forms(value: Value) -> _TypedForms:
    texts = _typed_texts(value)
    return _TypedForms(value, tuple(dict.fromkeys(map(normalised, texts))), _first_words(value, texts))


def _typed_texts(value: Value) -> list[str]:
    """A value as people type it: a phone number without its country code, a date in any order."""
    texts = plain_spellings(value)
    if (day := date_of(value)) is not None:
        texts += [day.strftime(pattern) for pattern in DATE_ORDERS]
    if words := name_of(value):
        texts.append(" ".join([words[-1], *words[:-1]]))
    return texts


def _first_words(value: Value, texts: Iterable[str]) -> frozenset[str]:
    """First words of names and mail addresses that have more words: a given name alone identifies nobody."""
    if value.category not in NAMING:
        return frozenset()
    words = (LOCAL_SEPARATOR.split(text.rpartition("@")[0] or text) for text in texts)
    return frozenset(normalised(first) for first, *rest in words if rest)


def _beginning(forms: Iterable[str], count: int) -> re.Pattern[str]:
    """A pattern for texts that may begin with the first `count` letters of a form; it needs no normalised text."""
    return re.compile(_any_of({form[:count] for form in forms}))


def _any_of(beginnings: AbstractSet[str]) -> str:
    """A pattern for any of the texts, in either case, with signs between letters; a character beyond ASCII ends it."""
    if "" in beginnings:
        return ""
    ways = [f"[{text[0]}{text[0].upper()}]{_any_of({text[1:]})}" for text in sorted(beginnings) if text[0].isascii()]
    return f"{SIGNS}(?:{'|'.join([BEYOND, *ways])})"


def _typed(text: AnyText) -> _Typed:
    return _Typed(text, normalised(str(text.text)))


def _of_history(typed: Sequence[_Typed], known: _TypedForms) -> Iterator[Prefix]:
    if any(form in entry.letters for entry in typed for form in known.forms):
        return
    for letters in known.forms:
        whole = next((entry for entry in reversed(typed) if _is_whole(entry, known, letters)), None)
        found = whole or _grown(typed, letters)
        if found is not None:
            yield Prefix(found.text, known.value)
            return


def _grown_only(typed: Sequence[_Typed], known: _TypedForms) -> Iterator[Prefix]:
    grown = next(filter(None, (_grown(typed, letters) for letters in known.forms)), None)
    if grown is not None:
        yield Prefix(grown.text, known.value)


def _framed(history: Sequence[AnyText]) -> Iterator[list[_Typed]]:
    """What differs in sentences that begin and end alike: at least `GROWING` of them, each split at each word."""
    rests: dict[str, list[tuple[AnyText, str]]] = {}
    for text in history:
        content = str(text.text)
        for word in WORD.finditer(content, 1):
            rests.setdefault(content[: word.start()], []).append((text, content[word.start() :]))
    for frame, group in rests.items():
        if len(group) >= GROWING and normalised(frame):
            end = _common_end([rest for _, rest in group])
            yield [_Typed(text, normalised(rest[: len(rest) - end])) for text, rest in group]


def _common_end(texts: Sequence[str]) -> int:
    """How many characters all texts have in common at their end, in whole words."""
    columns = (len(set(column)) == 1 for column in zip(*(text[::-1] for text in texts), strict=False))
    size = sum(takewhile(bool, columns))
    end = texts[0][len(texts[0]) - size :]
    return size - end.find(" ") if " " in end else 0


def _grown(typed: Sequence[_Typed], letters: str) -> _Typed | None:
    """The last of at least three growing beginnings, unless a later text shows that something else was typed."""
    run: list[_Typed] = []
    best = None
    for entry in typed:
        if run and entry.letters == run[-1].letters:
            continue
        if not letters.startswith(entry.letters):
            if run and entry.letters.startswith(run[-1].letters):
                best = None
            run = []
            continue
        run = [*run, entry] if run and len(entry.letters) > len(run[-1].letters) else [entry]
        if len(run) >= GROWING and len(entry.letters) >= (GROWN_DIGITS if letters.isdigit() else GROWN_LETTERS):
            best = entry
    return best


def _reaches(letters: str, known: _TypedForms) -> bool:
    """Whether letters and digits go on as a value does, far enough to identify a person."""
    for form in known.forms:
        begun = form[: sum(takewhile(bool, starmap(eq, zip(letters, form, strict=False))))]
        if len(begun) >= _least(form, known.value) and begun not in known.first_words and begun not in COMMON_WORDS:
            return True
    return False


def _least(form: str, value: Value) -> int:
    """How many letters and digits of a form identify a person."""
    if form.isdigit():
        return max(WHOLE_DIGITS, ceil(WHOLE_SHARE * len(form)))
    return WINDOW_LETTERS if value.category == "free_text" else WHOLE_LETTERS


def _is_whole(entry: _Typed, known: _TypedForms, letters: str) -> bool:
    """Whether a text that fills a field is a beginning that identifies a person."""
    if not letters.startswith(entry.letters) or entry.letters in known.first_words:
        return False
    if len(entry.letters) < _least(letters, known.value):
        return False
    if letters.isdigit() or known.value.category == "free_text":
        return True
    return not entry.letters.isdigit() and identifies(str(entry.text).strip())
