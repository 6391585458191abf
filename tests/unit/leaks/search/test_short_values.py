"""Short values in fields of their own."""

import pytest

from maskproof.leaks.search.scan import scan_texts
from maskproof.leaks.search.searcher import Searcher
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.texts import Text
from maskproof.secrets import Secret

PIN = Value("pin", "password", Secret("4171", category="password", value_id="pin"))
GIVEN = Value("given", "name", Secret("Ann", category="name", value_id="given"))
FIELDS = {
    "a key of JSON": ("json.0.firstName", "", {"given"}),
    "the label of a node": ("Value", 'form > input[id="x7"] "First name"', {"given"}),
    "the name of a node": ("Value", 'form > input[name="first_name"]', {"given"}),
    "another field": ("json.0.title", "", set()),
    "an attribute that is called name": ("Value", 'form > input[name="title"]', set()),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_short_value_is_found_in_a_field_that_names_its_category(name: str) -> None:
    """The field's key, its label or its name has to say what the value is."""
    field, node, expected = FIELDS[name]
    report = scan_texts(
        [Text("file", "json", field, "Ann", node)], Searcher([GIVEN, PIN]), session_id="", system="file"
    )
    assert {finding.value_id for finding in report.findings} == expected


def test_a_longer_text_of_the_field_is_not_the_value() -> None:
    """A field that holds more than the value is left to the search of texts."""
    text = Text("file", "json", "json.0.pin", "41713", "")
    assert not scan_texts([text], Searcher([PIN]), session_id="", system="file").findings
