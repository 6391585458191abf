"""The reference of the configuration, held to its schema and to the environment."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.unit.docs.pages import ROOT, page, section, text_of

from maskproof.settings_schema import SCHEMA

VARIABLE = re.compile(r"MASKPROOF_[A-Z]+")
PAGE = "reference/configuration.md"


def tables(schema: dict[str, Any], name: str = "") -> Iterator[tuple[str, set[str]]]:
    """Each table of the configuration's schema with the names in it; one of tables only has none of its own."""
    properties = schema["properties"]
    if not all("properties" in one for one in properties.values()):
        yield name, set(properties)
    for key, one in properties.items():
        if "properties" in one:
            yield from tables(one, f"{name}.{key}" if name else key)


@pytest.mark.parametrize(("table", "names"), list(tables(SCHEMA)), ids=lambda one: one if isinstance(one, str) else "")
def test_every_configuration_name_is_a_row_of_its_table(table: str, names: set[str]) -> None:
    """Each name stands below the heading of its table, and no other does."""
    rows = section(PAGE, f"## `[{table}]`")
    assert set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE)) == names


def test_every_environment_variable_is_described() -> None:
    """Those that the code reads stand in the configuration's reference, and no other does."""
    used = {name for path in (ROOT / "src").rglob("*.py") for name in VARIABLE.findall(text_of(path))}
    assert set(VARIABLE.findall(page(PAGE))) == used
