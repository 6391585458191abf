"""
YAML documents checked by a JSON Schema; each error names file, line and what was expected.

Used for form fixtures, masking rules and accepted findings alike.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError

from maskproof.errors import ConfigurationError

SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Document:
    """A valid YAML document; `lines` maps the key path of a value (keys and indices) to its line."""

    path: Path
    data: Mapping[str, Any]
    lines: Mapping[tuple[str | int, ...], int]

    def error(self, key_path: tuple[str | int, ...], message: str, *, hint: str = "") -> ConfigurationError:
        """
        An error that names file and line of a value.

        Args:
            key_path: Keys and indices that lead to the value.
            message: What is wrong with it.
            hint: What to do next.

        """
        return ConfigurationError(f"{self.path}:{_line(self.lines, key_path)}: {message}", hint=hint)

    def day(self, key_path: tuple[str | int, ...], given: object) -> date:
        """
        A day, which YAML reads as a date or as text.

        Args:
            key_path: Keys and indices that lead to the value.
            given: The value.

        Raises:
            ConfigurationError: It is no day.

        """
        try:
            return given if type(given) is date else date.fromisoformat(str(given))
        except ValueError:
            raise self.error(key_path, f"expected a day like 2027-01-31, got {given!r}.") from None


def read_document(path: Path, schema: str) -> Document:
    """
    Read one YAML file and check it.

    Args:
        path: The file.
        schema: Name of a JSON Schema in `maskproof/schemas`.

    Raises:
        ConfigurationError: The file cannot be read, is not YAML, or does not fit the schema.

    """
    data, lines = _parse(path, _read(path))
    errors = sorted(_validator(schema).iter_errors(data), key=lambda error: _line(lines, tuple(error.absolute_path)))
    if errors:
        raise ConfigurationError(f"{path}:{_explain(errors[0], lines)}", hint=f"The grammar is in the schema {schema}.")
    return Document(path=path, data=data, lines=lines)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ConfigurationError(f"{path}: cannot be read: {reason}.") from error


def _parse(path: Path, text: str) -> tuple[Any, dict[tuple[str | int, ...], int]]:
    lines: dict[tuple[str | int, ...], int] = {}
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if root is not None:
            _note_lines(path, root, (), lines)
        return yaml.safe_load(text), lines
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        where = f"{mark.line + 1}" if mark else "1"
        raise ConfigurationError(f"{path}:{where}: not YAML: {problem}.") from error
    except ValueError as error:  # an impossible date or number, such as 2024-13-01
        raise ConfigurationError(f"{path}: not YAML: {error}.", hint="Put quotes around it.") from error
    except RecursionError:
        raise ConfigurationError(f"{path}: not YAML: it is nested without end.") from None


def _note_lines(
    path: Path, node: yaml.Node, key_path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]
) -> None:
    lines[key_path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            line = key.start_mark.line + 1
            below = (*key_path, str(key.value))
            if below in lines:
                raise ConfigurationError(
                    f"{path}:{line}: {key.value} is there twice, first in line {lines[below]}.",
                    hint="YAML would take the last one and drop the others.",
                )
            _note_lines(path, value, below, lines)
            lines[below] = line
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _note_lines(path, value, (*key_path, index), lines)


def _line(lines: Mapping[tuple[str | int, ...], int], key_path: tuple[str | int, ...]) -> int:
    while key_path and key_path not in lines:
        key_path = key_path[:-1]
    return lines.get(key_path, 1)


def _explain(error: ValidationError, lines: Mapping[tuple[str | int, ...], int]) -> str:
    while error.context:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    key_path = tuple(error.absolute_path)
    name = ".".join(map(str, key_path)) or "the document"
    return f"{_line(lines, key_path)}: {name}: {_expectation(error)}"


def _expectation(error: ValidationError) -> str:
    if error.validator == "enum":
        expected: list[object] = list(error.schema["enum"])  # type: ignore[index]
        return f"expected one of {', '.join(map(str, expected))}, got {_shown(error.instance)}."
    if error.validator == "type":
        return f"expected {error.validator_value}, got {_shown(error.instance)}."
    return f"{error.message[:200]}."


def _shown(value: object) -> str:
    text = json.dumps(value, default=str)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}..."


@lru_cache
def _validator(schema: str) -> Draft202012Validator:
    text = files("maskproof").joinpath("schemas", schema).read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))
