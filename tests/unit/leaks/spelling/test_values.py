"""Values files."""

import json
from pathlib import Path
from typing import Any

import pytest

from maskproof.errors import ConfigurationError
from maskproof.leaks.spelling.values import load_values, values_of
from maskproof.personas import make_persona

ENTRY = {"id": "email", "category": "email", "value": "gravid.quelmorn@example.com"}


def _file(folder: Path, data: Any) -> Path:
    path = folder / "values.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_values_are_read_with_id_and_category(tmp_path: Path) -> None:
    """A values file gives a value for each entry, as a secret."""
    (value,) = load_values(_file(tmp_path, {"values": [ENTRY]}))
    assert (value.id, value.category) == ("email", "email")
    assert value.secret.reveal() == ENTRY["value"]
    assert ENTRY["value"] not in repr(value)


REFUSED = {
    "an id that is there twice": {"values": [ENTRY, ENTRY | {"value": "another.value"}]},
    "a value that is there twice": {"values": [ENTRY, ENTRY | {"id": "other"}]},
    "a value that is blank": {"values": [ENTRY | {"value": "   "}]},
    "no category": {"values": [{"id": "email", "value": "gravid.quelmorn"}]},
    "a number for a value": {"values": [ENTRY | {"value": 4242424242424242}]},
    "an entry that is no object": {"values": ["gravid.quelmorn@example.com"]},
    "no values": {"values": []},
    "another shape": [ENTRY],
    "no JSON": "{values: }",
    "a key that is there twice": '{"values": [{"id": "a", "category": "b", "value": "gravid.1", "value": "gravid.2"}]}',
    "an id that holds its value": {"values": [ENTRY | {"id": "Gravid Quelmorn@example com"}]},
    "half a character": {"values": [ENTRY | {"value": "gravid.\ud800quelmorn"}]},
    "a value that is too long": {"values": [ENTRY | {"value": "gravid " * 600}]},
    "a number that is too long": f'{{"values": {"9" * 6000}}}',
    "too deep": "[" * 200_000,
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_faulty_values_file_is_refused_without_showing_a_value(tmp_path: Path, name: str) -> None:
    """Every fault is a usage error that names the file, and holds no value."""
    path = _file(tmp_path, REFUSED[name])
    with pytest.raises(ConfigurationError) as caught:
        load_values(path)
    assert caught.value.exit_code == 2
    assert str(path) in str(caught.value)
    assert "gravid" not in str(caught.value).lower()


def test_a_missing_values_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there is a usage error that names it."""
    with pytest.raises(ConfigurationError, match=r"nothing\.json"):
        load_values(tmp_path / "nothing.json")


def test_a_short_value_is_read_beside_the_others(tmp_path: Path) -> None:
    """A value that is too short for a plain search is one more value, and knows that it is short."""
    short, other = load_values(_file(tmp_path, {"values": [ENTRY | {"id": "pin", "value": "12345"}, ENTRY]}))
    assert (short.is_short, other.is_short) == (True, False)


def test_short_values_of_a_persona_are_left_out() -> None:
    """Values of a persona that are too short to search for are not searched for."""
    persona = make_persona("values")
    ids = {value.id for value in values_of(persona.values.values())}
    assert "user.email" in ids
    assert "user.card_cvc" not in ids
