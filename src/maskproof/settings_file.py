"""Reads `maskproof.toml`; each error names file and line."""

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, ValidationError

from maskproof.errors import ConfigurationError, see_page
from maskproof.settings_schema import SCHEMA, URL_NAMES
from maskproof.toml_lines import line_of

AT_LINE = re.compile(r"(.*?) \(at line (\d+), column \d+\)")
PORTS = 65535
SEE = see_page("Configuration")


def read_file(file: Path) -> dict[str, Any]:
    """
    The content of a configuration, not yet checked.

    Raises:
        ConfigurationError: It cannot be read, or is not TOML.

    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(
            f"{file}: cannot be read: {error.strerror}.", hint="--config FILE names the configuration."
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file}: not TOML: {error}.", hint="Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        found = AT_LINE.fullmatch(str(error))
        place, problem = (f"{file}:{found[2]}", found[1]) if found else (str(file), str(error))
        raise ConfigurationError(
            f"{place}: not TOML: {problem}.", hint="Text and paths need quotes around them, and lists end with ]."
        ) from error


def check_file(file: Path, data: Mapping[str, Any]) -> None:
    """
    Check a configuration against its schema, and the ports of its URLs.

    Args:
        file: Where it was read.
        data: Its content.

    Raises:
        ConfigurationError: It has a fault; the first one is named.

    """
    errors = sorted(Draft202012Validator(SCHEMA).iter_errors(data), key=lambda error: str(list(error.absolute_path)))
    if errors:
        raise _schema_error(file, errors[0])
    for names in URL_NAMES:
        url = _value(data, names)
        if url is not None and (fault := port_fault(url)):
            raise error_at(file, names, fault, hint=f"Ports go from 1 to {PORTS}.")


def error_at(file: Path, names: Sequence[str | int], message: str, *, hint: str = "") -> ConfigurationError:
    """
    An error that names file and line of a value.

    Args:
        file: The configuration.
        names: The names that lead to the value.
        message: What is wrong with it.
        hint: What to do next.

    """
    return ConfigurationError(f"{place_of(file, names)}: {message}", hint=hint)


def place_of(file: Path, names: Sequence[str | int]) -> str:
    """
    File, line and dotted name of a value, for messages.

    Args:
        file: The configuration.
        names: The names that lead to the value.

    """
    try:
        line = f":{line_of(file.read_text(encoding='utf-8'), names)}"
    except (OSError, ValueError):
        line = ""
    return f"{file}{line}: {'.'.join(map(str, names))}".removesuffix(": ")


def port_fault(url: str) -> str:
    """What is wrong with the host or the port of a URL; empty if nothing is."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return f"{url} has no port that can exist."
    if not parts.hostname:
        return f"{url} names no host."
    return f"{url} has no port that can exist." if port == 0 else ""


def _value(data: Mapping[str, Any], names: Sequence[str]) -> str | None:
    value: Any = data
    for name in names:
        value = value.get(name, {})
    return value or None


def _schema_error(file: Path, error: ValidationError) -> ConfigurationError:
    names = list(error.absolute_path)
    if error.validator != "additionalProperties":
        return error_at(file, names, f"{error.message}.", hint=f"{_expected(error)} {SEE}".strip())
    known: list[str] = list(error.schema["properties"])  # type: ignore[index]
    unknown = next(str(name) for name in error.instance if name not in known)  # type: ignore[union-attr]
    close = difflib.get_close_matches(unknown, known, n=1)
    asked = f"Did you mean {close[0]}? " if close else ""
    return error_at(file, [*names, unknown], f"'{unknown}' was unexpected.", hint=f"{asked}Known: {', '.join(known)}.")


def _expected(error: ValidationError) -> str:
    value: Any = error.validator_value
    match error.validator:
        case "pattern" if "http" in value:
            return "A URL begins with http:// or https://."
        case "type":
            return f"Expected: {value}."
        case "enum":
            return f"Expected one of: {', '.join(map(str, value))}."
        case "contains":
            return f"It has to name {value['const']}: most checks are made there."
        case "const":
            return f"Expected {value!r} or a list."
        case _:
            return ""
