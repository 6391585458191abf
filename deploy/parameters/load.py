"""Reads a profile: every value has the type of its field, no name is unknown, and none is missing."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from deploy.parameters.errors import ParameterError
from deploy.parameters.model import Profile
from deploy.parameters.rules import problems

NAMES = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}
SHOWN_CHARACTERS = 60


def load_profile(path: Path) -> Profile:
    """
    Read and check one profile.

    Args:
        path: The TOML file.

    Raises:
        ParameterError: The file cannot be read, or a value is missing, unknown, of another type or contradicts another.

    """
    profile: Profile = _table(Profile, _read(path), f"{path}", "")
    for problem in problems(profile):
        raise ParameterError(f"{path}: {problem.name}: {problem.message}", hint=problem.hint)
    return profile


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ParameterError(
            f"{path}: cannot be read: {error.strerror}.", hint="Name a profile of deploy/profiles/."
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ParameterError(f"{path}: is not TOML: {error}.") from error


def _table(kind: Any, data: Any, file: str, name: str) -> Any:
    if not isinstance(data, Mapping):
        raise _unexpected(file, name, "a table", data)
    hints = get_type_hints(kind)
    prefix = f"{name}." if name else ""
    if unknown := sorted(set(data) - set(hints)):
        known = ", ".join(sorted(set(hints) - set(data)))
        raise ParameterError(
            f"{file}: {prefix}{unknown[0]}: there is no such parameter.",
            hint=f"Not set here yet: {known}." if known else "Remove it.",
        )
    values = {}
    for item in fields(kind):
        if item.name in data:
            values[item.name] = _value(hints[item.name], data[item.name], file, prefix + item.name)
        elif item.default is MISSING and item.default_factory is MISSING:
            raise ParameterError(
                f"{file}: {prefix}{item.name}: is missing.", hint=f"Expected {_named(hints[item.name])}."
            )
    return kind(**values)


def _value(kind: Any, data: Any, file: str, name: str) -> Any:
    if isinstance(kind, UnionType):
        (kind,) = (member for member in get_args(kind) if member is not NoneType)
    if is_dataclass(kind):
        return _table(kind, data, file, name)
    origin, members = get_origin(kind), get_args(kind)
    if origin is tuple:
        if not isinstance(data, list):
            raise _unexpected(file, name, _named(kind), data)
        return tuple(_value(members[0], item, file, f"{name}[{index}]") for index, item in enumerate(data))
    if origin is dict:
        if not isinstance(data, Mapping):
            raise _unexpected(file, name, "a table", data)
        return {key: _value(members[1], item, file, f"{name}.{key}") for key, item in data.items()}
    if kind is float and type(data) is int:
        return float(data)
    if type(data) is not kind:
        raise _unexpected(file, name, _named(kind), data)
    return data


def _named(kind: Any) -> str:
    if get_origin(kind) is tuple:
        return f"a list, each item {NAMES[get_args(kind)[0]]}"
    return NAMES.get(kind, "a table")


def _unexpected(file: str, name: str, wanted: str, came: object) -> ParameterError:
    return ParameterError(f"{file}: {name}: expected {wanted}, got {str(came)[:SHOWN_CHARACTERS]!r}.")
