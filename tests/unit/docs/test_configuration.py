"""The reference of the configuration agrees with its schema and with the environment variables of the code."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.unit.docs.pages import ROOT, page, section, text_of

from maskproof.settings_schema import SCHEMA

VARIABLE = re.compile(r"MASKPROOF_[A-Z]+")
PAGE = "reference/configuration.md"


def tables(schema: dict[str, Any], name: str = "") -> Iterator[tuple[str, set[str]]]:
    """
    Each table of the configuration with its names; a table that holds only tables is skipped.

    Args:
        schema: The JSON Schema of the table.
        name: Dotted name of the table; empty for the whole file.

    """
    properties = schema["properties"]
    if not all("properties" in entry for entry in properties.values()):
        yield name, set(properties)
    for key, entry in properties.items():
        if "properties" in entry:
            yield from tables(entry, f"{name}.{key}" if name else key)


@pytest.mark.parametrize(("table", "names"), [pytest.param(*table, id=table[0]) for table in tables(SCHEMA)])
def test_every_configuration_name_is_a_row_of_its_table(table: str, names: set[str]) -> None:
    """Each name has a row below the heading of its table, and no other name has."""
    rows = section(PAGE, f"## `[{table}]`")
    assert set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE)) == names


def test_every_environment_variable_is_described() -> None:
    """The reference names each environment variable that the code uses, and no other."""
    used = {name for path in (ROOT / "src").rglob("*.py") for name in VARIABLE.findall(text_of(path))}
    assert set(VARIABLE.findall(page(PAGE))) == used
