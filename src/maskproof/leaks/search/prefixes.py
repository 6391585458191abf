"""
Values that are seen while they are typed.

The beginning of a value counts as a whole field, if it is long enough to identify; or as at least three
growing values of one node or key. Anywhere else a beginning is only a word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from maskproof.leaks.search.text_index import Row
from maskproof.leaks.spelling.spellings import plain_spellings
from maskproof.leaks.spelling.value_shapes import date_of, name_of
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.spelling.variants import LOCAL_SEPARATOR, WINDOW_LETTERS, identifies
from maskproof.leaks.texts import AnyText
from maskproof.secrets import normalised

GROWING = 3
# What the longest of growing values has at least: of a text, of a number.
GROWN_LETTERS, GROWN_DIGITS = 3, 5
# What a whole field has at least.
WHOLE_LETTERS, WHOLE_DIGITS, WHOLE_SHARE = 6, 7, 0.6
NAMING = frozenset({"name", "email"})
DATE_ORDERS = ("%Y%m%d", "%d%m%Y", "%m%d%Y")
# Any of ASCII that is neither letter nor digit; and what is beyond it, which may be any letter, or none.
SIGNS = r"[\x00-/:-@\[-`{-\x7f]*"
BEYOND = r"[^\x00-\x7f]"


class Prefix(NamedTuple):
    """The beginning of a value, and the text that it is."""

    text: AnyText
    value: Value


class _Typed(NamedTuple):
    text: AnyText
    letters: str


class _Known(NamedTuple):
    """A value, the letters and digits of each way in which people type it, and the words that those begin with."""

    value: Value
    forms: tuple[str, ...]
    first_words: frozenset[str]


class PrefixSearch:
    """
    Finds beginnings of values in what fields held.

    Args:
        values: Whose.

    """

    def __init__(self, values: Sequence[Value]) -> None:
        self._known = [_known(value) for value in values]
        forms = [form for one in self._known for form in one.forms]
        self._first_letters = {form[0] for form in forms}
        self._may_begin = _beginning(forms, 1).match
        # A text that is all that its node held has to identify by itself.
        self._may_identify = _beginning(forms, WHOLE_LETTERS).match

    def find(self, rows: Iterable[Row]) -> Iterator[Prefix]:
        """Beginnings in the histories of fields; where the whole value follows, it is found by itself."""
        may_begin, may_identify = self._may_begin, self._may_identify
        for row in rows:
            begun = [(owner, text) for owner, text in row.last.items() if may_begin(text.text)]  # type: ignore[arg-type]
            alone = row.alone(one for one in begun if may_identify(one[1].text))  # type: ignore[arg-type]  # never bytes
            for history in (*([text] for text in alone), *row.histories.values()):
                some = [text for text in history if may_begin(text.text)]  # type: ignore[arg-type]
                typed = [one for one in map(_typed, some) if one.letters[:1] in self._first_letters]
                begins = {one.letters[0] for one in typed}
                for known in self._known if typed else ():
                    if any(form[0] in begins for form in known.forms):
                        yield from _of_history(typed, known)


def _known(value: Value) -> _Known:
    texts = _typed_texts(value)
    return _Known(value, tuple(dict.fromkeys(map(normalised, texts))), _first_words(value, texts))


def _typed_texts(value: Value) -> list[str]:
    """A value as people type it: a phone number without its country, a date in any order."""
    texts = plain_spellings(value)
    if (day := date_of(value)) is not None:
        texts += [day.strftime(pattern) for pattern in DATE_ORDERS]
    if words := name_of(value):
        texts.append(" ".join([words[-1], *words[:-1]]))
    return texts


def _first_words(value: Value, texts: Iterable[str]) -> frozenset[str]:
    """The words that a name or an address begins with, and goes on behind: a given name alone is anybody's."""
    if value.category not in NAMING:
        return frozenset()
    words = (LOCAL_SEPARATOR.split(text.rpartition("@")[0] or text) for text in texts)
    return frozenset(normalised(first) for first, *rest in words if rest)


def _beginning(forms: Iterable[str], count: int) -> re.Pattern[str]:
    """What tells whether a text may begin with so many letters of a value, without normalising all of it."""
    return re.compile(_any_of({form[:count] for form in forms}))


def _any_of(beginnings: AbstractSet[str]) -> str:
    """Any of some texts in either case, with signs between letters; or up to something beyond ASCII."""
    if "" in beginnings:
        return ""
    ways = [f"[{one[0]}{one[0].upper()}]{_any_of({one[1:]})}" for one in sorted(beginnings) if one[0].isascii()]
    return f"{SIGNS}(?:{'|'.join([BEYOND, *ways])})"


def _typed(text: AnyText) -> _Typed:
    return _Typed(text, normalised(str(text.text)))


def _of_history(typed: Sequence[_Typed], known: _Known) -> Iterator[Prefix]:
    if any(form in one.letters for one in typed for form in known.forms):
        return
    for letters in known.forms:
        whole = next((one for one in reversed(typed) if _is_whole(one, known, letters)), None)
        found = whole or _grown(typed, letters)
        if found is not None:
            yield Prefix(found.text, known.value)
            return


def _grown(typed: Sequence[_Typed], letters: str) -> _Typed | None:
    """The last of at least three growing beginnings, unless what follows shows that something else was typed."""
    run: list[_Typed] = []
    best = None
    for one in typed:
        if run and one.letters == run[-1].letters:
            continue
        if not letters.startswith(one.letters):
            if run and one.letters.startswith(run[-1].letters):
                best = None
            run = []
            continue
        run = [*run, one] if run and len(one.letters) > len(run[-1].letters) else [one]
        if len(run) >= GROWING and len(one.letters) >= (GROWN_DIGITS if letters.isdigit() else GROWN_LETTERS):
            best = one
    return best


def _is_whole(one: _Typed, known: _Known, letters: str) -> bool:
    size = len(one.letters)
    if not letters.startswith(one.letters) or one.letters in known.first_words:
        return False
    if letters.isdigit():
        return size >= max(WHOLE_DIGITS, WHOLE_SHARE * len(letters))
    if known.value.category == "free_text":
        return size >= WINDOW_LETTERS
    return size >= WHOLE_LETTERS and not one.letters.isdigit() and identifies(str(one.text).strip())
