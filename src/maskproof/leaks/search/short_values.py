"""
Short values that fill a field or node of their own: its name or label says what they are.

A given name or a code is too short to be searched for in any text. In a field of that name it is what it looks like.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from maskproof.leaks.spelling.folding import fold
from maskproof.leaks.spelling.labels import is_label
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.texts import AnyText, path_of

# Texts longer than this hold more than a short value.
LONGEST = 24


class ShortValues:
    """
    Finds short values in the fields that name their category.

    Args:
        values: The values of a scan; those that are long enough are left to the plain search.

    """

    def __init__(self, values: Sequence[Value]) -> None:
        self._known: dict[str, list[Value]] = {}
        for value in values:
            if value.is_short:
                self._known.setdefault(_plain(value.secret.reveal()), []).append(value)

    def find(self, places: Mapping[str | bytes, Iterable[AnyText]]) -> Iterator[tuple[AnyText, Value]]:
        """
        Texts that are a short value and whose field says so.

        Args:
            places: Texts by content.

        """
        if not self._known:
            return
        for content, texts in places.items():
            if isinstance(content, bytes) or len(content) > LONGEST:
                continue
            for value in self._known.get(_plain(content), ()):
                for text in texts:
                    if is_label(text.field, value.category) or is_label(path_of(text), value.category):
                        yield text, value


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
