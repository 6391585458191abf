"""The values that are searched for: a persona's, or those of a values file."""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maskproof.errors import ConfigurationError
from maskproof.leaks.spelling.east_asian import is_east_asian, is_enough
from maskproof.secrets import Secret, normalised

KEYS = ("id", "category", "value")
LONGEST = 4_000
# The phone numbers of personas are North American.
REGIONS_OF_PERSONAS = ("US",)
SURROGATE = "Cs"


@dataclass(frozen=True, slots=True)
class Value:
    """
    One value to search for.

    Attributes:
        id: Its name in findings.
        category: What it is.
        secret: The value.
        regions: Countries (ISO 3166) in which a phone number without a country code is read; none for every one.

    """

    id: str
    category: str
    secret: Secret
    regions: tuple[str, ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether it is too short for a plain search, and so found only in safe surroundings."""
        return self.secret.is_short or is_east_asian(self.secret.reveal())

    @property
    def is_unique(self) -> bool:
        """Whether the same text elsewhere is of the same person: its hashes and beginnings are searched for."""
        return not self.is_short or is_enough(self.secret.reveal())


def values_of(secrets: Iterable[Secret]) -> tuple[Value, ...]:
    """The values of secrets that are long enough to search for; short ones are checked at their own node."""
    return tuple(
        Value(secret.value_id, secret.category, secret, REGIONS_OF_PERSONAS)
        for secret in secrets
        if not secret.is_short
    )


def load_values(path: Path, *, regions: tuple[str, ...] = ()) -> tuple[Value, ...]:
    """
    Read a values file: `{"values": [{"id", "category", "value"}]}`.

    Args:
        path: The file.
        regions: Countries in which phone numbers without a country code are read; none for every one.

    Raises:
        ConfigurationError: It cannot be read, has another shape, or names a value twice. No message holds a value.

    """
    entries = list(_entries(path))
    seen: dict[str, str] = {}
    ids: set[str] = set()
    values = []
    for number, entry in enumerate(entries, 1):
        value = _value(path, number, entry, regions)
        text = value.secret.reveal()
        if value.id in ids:
            raise ConfigurationError(f"{path}: values[{number}]: the id {value.id} is there twice.")
        if text in seen:
            raise ConfigurationError(f"{path}: values[{number}]: {value.id} has the same value as {seen[text]}.")
        ids.add(value.id)
        seen[text] = value.id
        values.append(value)
    return tuple(values)


def _entries(path: Path) -> Iterator[Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_without_repetition)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}.") from error
    except json.JSONDecodeError as error:
        raise ConfigurationError(f"{path}:{error.lineno}: not JSON: {error.msg}.") from None
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: not UTF-8.") from error
    except _RepeatedError as error:
        raise ConfigurationError(f"{path}: the key {error} is in one object twice.") from None
    except (RecursionError, ValueError):  # what the parser cannot take; its message may quote a value
        raise ConfigurationError(f"{path}: not read: it is nested too deep, or has too long a number.") from None
    if not isinstance(data, dict) or not isinstance(data.get("values"), list) or not data["values"]:
        raise ConfigurationError(
            f'{path}: expected {{"values": [...]}} with at least one value.',
            hint='Each is {"id": "email", "category": "email", "value": "..."}.',
        )
    yield from data["values"]


class _RepeatedError(ValueError):
    """A key that is in one object twice."""


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, unless one of two values would be lost silently."""
    known = dict(pairs)
    if len(known) < len(pairs):
        names = [name for name, _ in pairs]
        raise _RepeatedError(next((name for name in KEYS if names.count(name) > 1), "of another name"))
    return known


def _value(path: Path, number: int, entry: Any, regions: tuple[str, ...]) -> Value:  # noqa: ANN401 - JSON
    where = f"{path}: values[{number}]"
    if not isinstance(entry, dict):
        raise ConfigurationError(f"{where}: expected an object, got {type(entry).__name__}.")
    for name in KEYS:
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise ConfigurationError(f"{where}: expected {name} as a text that is not empty.")
    if normalised(entry["value"]) and normalised(entry["value"]) in normalised(entry["id"]):
        raise ConfigurationError(f"{where}: its id holds its value.", hint="Findings show ids: name it by its kind.")
    if len(entry["value"]) > LONGEST:
        raise ConfigurationError(f"{where}: {entry['id']} is longer than {LONGEST} characters.")
    if any(not sign.isascii() and unicodedata.category(sign) == SURROGATE for sign in entry["value"]):
        raise ConfigurationError(f"{where}: {entry['id']} holds half a character: a surrogate without the other.")
    secret = Secret(entry["value"], category=entry["category"], value_id=entry["id"], number=number)
    return Value(entry["id"], entry["category"], secret, regions)
