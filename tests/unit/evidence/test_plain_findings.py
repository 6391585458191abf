"""Findings in plain words."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.evidence.conftest import FINDING, result
from tests.unit.samples import FORM

from maskproof.evidence.plain_findings import PlainFinding, plain_findings, shown_path
from maskproof.rules.model import Rule

RULE = Rule("email-inputs", "email", "obscured", "", (), (), (), (), Path("rules/email.yaml"), 4)
FIELD_LINE = 9


def _plain(*findings: dict[str, Any]) -> list[PlainFinding]:
    fields = {**FORM.fields, "email": replace(FORM.fields["email"], line=FIELD_LINE)}
    form = replace(FORM, fields=fields)
    results = [replace(result("masking", "fail"), findings=({**FINDING, **found},)) for found in findings]
    return plain_findings(results, {"demo": form}, [RULE], Path())


def test_a_finding_says_what_was_seen_and_what_to_change() -> None:
    """The field by its label, the system, channel and form; then the line of the fixture."""
    (found,) = _plain({})
    assert found.what == (
        'What a person typed into the field "E-mail" was recorded in OpenReplay\'s session recording (console)'
        ' when the form "Demo" was used, encoded as base64.'
    )
    assert found.change.startswith("Take the value out of what the application writes to the console")
    assert found.places == ("forms/demo.yaml:9: the field email",)
    assert found.details[0].startswith("user.email (value, exact, as base64)")


def test_one_leak_under_both_protocols_is_one_entry() -> None:
    """Its detail names every check that found it."""
    (found,) = _plain({}, {"source": "elsewhere"})
    assert len(found.details) == 2


WORDS: dict[str, dict[str, Any]] = {
    "as its hash": {"match": "hash", "encoding": []},
    "Two people who did the same": {"kind": "difference", "value_id": "", "category": ""},
    "shows how long": {"kind": "length", "channel": "mask length"},
    "a value of a person (date of birth)": {"kind": "length", "value_id": "", "category": "date_of_birth"},
    "Umami's analytics (analytics event)": {"system": "umami", "channel": "analytics event"},
}


@pytest.mark.parametrize("words", WORDS)
def test_each_kind_of_finding_has_its_words(words: str) -> None:
    """How it was found is said without a term that only engineers know."""
    (found,) = _plain(WORDS[words])
    assert words in found.what


def test_a_text_of_the_page_is_a_matter_of_rules() -> None:
    """Where the application is not to blame, a rule is."""
    (found,) = _plain({"channel": "dom text", "node": "main > p"})
    assert "masking rule" in found.change
    assert found.places[0] == "rules/email.yaml:4: the rule email-inputs (obscured)"
    assert "at main > p" in found.what


def test_paths_begin_at_the_project() -> None:
    """A path elsewhere is shown whole."""
    assert shown_path(Path("/project/rules/a.yaml"), Path("/project")) == "rules/a.yaml"
    assert shown_path(Path("/other/a.yaml"), Path("/project")) == "/other/a.yaml"
