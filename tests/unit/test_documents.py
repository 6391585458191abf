"""YAML documents and their errors."""

from pathlib import Path

import pytest

from maskproof.documents import read_document
from maskproof.errors import ConfigurationError


def _error(tmp_path: Path, text: str) -> str:
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_document(path, "masking-rules.json")
    return str(caught.value)


def test_malformed_yaml_names_file_and_line(tmp_path: Path) -> None:
    """A syntax error is reported with its line."""
    assert "rules.yaml:3: not YAML" in _error(tmp_path, "version: 1\ncategory: email\n  rules: [\n")


def test_an_unknown_category_names_line_and_what_was_expected(tmp_path: Path) -> None:
    """A value that the list does not allow is reported with the list and the value."""
    rule = '{id: a, match: {types: [x]}, treatment: plain, why: "because of it"}'
    text = f"version: 1\n\ncategory: shoe size\nrules: [{rule}]\n"
    message = _error(tmp_path, text)
    assert "rules.yaml:3: category: expected one of email, name" in message
    assert '"shoe size"' in message


def test_an_unknown_key_is_named(tmp_path: Path) -> None:
    """A misspelt key is an error; it is never skipped."""
    assert "'ruels' was unexpected" in _error(tmp_path, "version: 1\ncategory: email\nrules: []\nruels: 1\n")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A file that cannot be read is reported with its path."""
    with pytest.raises(ConfigurationError, match=r"gone\.yaml: cannot be read"):
        read_document(tmp_path / "gone.yaml", "masking-rules.json")


def test_a_key_that_is_there_twice_is_an_error(tmp_path: Path) -> None:
    """A repeated key is refused, because YAML would drop the first silently, and a rule with it."""
    message = _error(tmp_path, "version: 1\ncategory: email\nrules: []\nrules: []\n")
    assert "rules.yaml:4: rules is there twice, first in line 3" in message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "the document: expected object, got null"),
        ("- a\n", 'the document: expected object, got ["a"]'),
        ("a: 2024-13-01\n", "not YAML: month must be in 1..12"),
        ("a: &a [*a]\n", "nested without end"),
        ("a: " + "[" * 700, "nested without end"),
        ("{[a]: 1}\n", "rules.yaml:1: not YAML: found unhashable key"),
        ("a: 1\n---\nb: 1\n", "rules.yaml:2: not YAML"),
        ("a: !!python/name:os.system x\n", "rules.yaml:1: not YAML"),
    ],
    ids=["empty", "list", "date", "itself", "deep", "key", "two", "code"],
)
def test_a_document_of_another_kind_is_an_error(tmp_path: Path, text: str, expected: str) -> None:
    """A document of another kind is a configuration error, never an internal one."""
    assert expected in _error(tmp_path, text)


def test_bytes_that_are_no_text_are_an_error(tmp_path: Path) -> None:
    """The error names the file and does not show its bytes."""
    path = tmp_path / "rules.yaml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match=r"rules\.yaml: cannot be read: it is not UTF-8"):
        read_document(path, "masking-rules.json")
