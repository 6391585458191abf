"""YAML documents with a schema."""

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
    """A syntax error is told with the line that it is on."""
    assert "rules.yaml:3: not YAML" in _error(tmp_path, "version: 1\ncategory: email\n  rules: [\n")


def test_an_unknown_category_names_line_and_what_was_expected(tmp_path: Path) -> None:
    """A value out of a list is told with the list and what came."""
    rule = '{id: a, match: {types: [x]}, treatment: plain, why: "because of it"}'
    text = f"version: 1\n\ncategory: shoe size\nrules: [{rule}]\n"
    message = _error(tmp_path, text)
    assert "rules.yaml:3: category: expected one of email, name" in message
    assert '"shoe size"' in message


def test_an_unknown_key_is_named(tmp_path: Path) -> None:
    """A misspelt key is an error, never passed over."""
    assert "'ruels' was unexpected" in _error(tmp_path, "version: 1\ncategory: email\nrules: []\nruels: 1\n")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A file that cannot be read is told with its path."""
    with pytest.raises(ConfigurationError, match=r"gone\.yaml: cannot be read"):
        read_document(tmp_path / "gone.yaml", "masking-rules.json")
