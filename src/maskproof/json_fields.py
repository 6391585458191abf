"""
Reads the JSON responses of servers.

Unknown fields are skipped, because servers add some. A field that is needed and missing is an error that names it.
"""

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from maskproof.http import ApiError

Json = Mapping[str, Any]
T = TypeVar("T")


class JsonAnswer:
    """
    One JSON object of a response; its fields are read with their types.

    Args:
        data: The object.
        source: Method and path of the request, for errors.

    Raises:
        ApiError: `data` is no object.

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

        Args:
            data: The list.
            source: Method and path of the request, for errors.

        Raises:
            ApiError: `data` is no list, or holds something else than objects.

        """
        if not isinstance(data, list):
            raise ApiError(f"{cls.system}: {source}: expected a list, got {type(data).__name__}.")
        return [cls(item, source) for item in data]

    def need(self, name: str, kind: type[T]) -> T:
        """
        A field that must be there.

        Args:
            name: The field.
            kind: The type that it has to have; a truth value is no `int`.

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
        return tuple(str(item) for item in value) if isinstance(value, list) else ()

    def objects(self, name: str) -> tuple[Json, ...]:
        """A list of objects; empty where there is none."""
        value = self.data.get(name)
        return tuple(item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()

    def mapping(self, name: str) -> Json:
        """An object; empty where there is none."""
        value = self.data.get(name)
        return value if isinstance(value, dict) else {}
