"""
JSON answers of servers, read with care.

Fields that we do not know are passed over, as servers add some; one that we need and do not get is an error
that names it.
"""

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from maskproof.http import ApiError

Json = Mapping[str, Any]
T = TypeVar("T")


class JsonAnswer:
    """
    One JSON object of an answer, read with care.

    Args:
        data: The object.
        source: Method and path, for errors.

    Raises:
        ApiError: It is no object.

    """

    system = ""

    def __init__(self, data: object, source: str) -> None:
        if not isinstance(data, dict):
            raise ApiError(f"{self.system}: {source}: expected an object, got {type(data).__name__}.")
        self.data: Json = data
        self.source = source

    @classmethod
    def listed(cls, data: object, source: str) -> list[Self]:
        """
        The objects of a list.

        Raises:
            ApiError: It is no list, or holds something else.

        """
        if not isinstance(data, list):
            raise ApiError(f"{cls.system}: {source}: expected a list, got {type(data).__name__}.")
        return [cls(one, source) for one in data]

    def need(self, name: str, kind: type[T]) -> T:
        """
        A field that must be there.

        Raises:
            ApiError: It is missing or of another type.

        """
        value = self.data.get(name)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            got = "nothing" if name not in self.data else type(value).__name__
            raise ApiError(f"{self.system}: {self.source}: expected {name} as {kind.__name__}, got {got}.")
        return value

    def text(self, name: str) -> str:
        """A field that may be missing, as text."""
        value = self.data.get(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> int:
        """A field that may be missing, as a whole number."""
        value = self.data.get(name)
        return int(value) if isinstance(value, int | float) else 0

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where there is none."""
        value = self.data.get(name)
        return tuple(str(one) for one in value) if isinstance(value, list) else ()

    def objects(self, name: str) -> tuple[Json, ...]:
        """A list of objects; empty where there is none."""
        value = self.data.get(name)
        return tuple(one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()

    def mapping(self, name: str) -> Json:
        """An object; empty where there is none."""
        value = self.data.get(name)
        return value if isinstance(value, dict) else {}
