"""
The type that holds PII values, so that no report, log or error can show one.

A secret prints as its category and number, `[email #3]`. Only `reveal()` returns the value.
"""

import unicodedata
from typing import NoReturn

SHORT_BELOW = 6


class Secret:
    """
    A PII value that does not print.

    Args:
        value: The value itself; never empty.
        category: One of `personas.CATEGORIES`, e.g. `email`; any word in a values file.
        value_id: Its name in findings: `<persona>.<kind>`, e.g. `user.email`.
        number: Its number within its category; shown in place of the value.

    """

    __slots__ = ("_value", "category", "number", "value_id")

    def __init__(self, value: str, *, category: str, value_id: str, number: int = 0) -> None:
        self._value = value
        self.category = category
        self.value_id = value_id
        self.number = number

    def reveal(self) -> str:
        """The value itself, for the one place that needs it."""
        return self._value

    @property
    def is_short(self) -> bool:
        """Whether the value is too short to search for: under 6 letters and digits."""
        return len(normalised(self._value)) < SHORT_BELOW

    def __repr__(self) -> str:
        """Category and number in brackets; never the value."""
        return f"[{self.category} #{self.number}]"

    __str__ = __repr__

    def __format__(self, format_spec: str) -> str:
        """Category and number in brackets; never the value."""
        return format(repr(self), format_spec)

    def __eq__(self, other: object) -> bool:
        """Two secrets are equal if their values are."""
        return self._value == other._value if isinstance(other, Secret) else NotImplemented

    def __hash__(self) -> int:
        """Hash of the value."""
        return hash(self._value)

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: a pickle would hold the value."""
        raise TypeError(f"{self!r} cannot be pickled: the pickle would hold the value.")


def normalised(text: str) -> str:
    """The letters and digits of a text, case and diacritics folded."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in folded if character.isalnum())
