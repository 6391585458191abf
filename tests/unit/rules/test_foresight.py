"""Fields that the rules miss, or mask by mistake, are named without a page."""

from pathlib import Path

import pytest

from maskproof.forms.load import load_form
from maskproof.rules.foresight import foreseen
from maskproof.rules.load import load_rules

FORM = """version: 1
id: demo
title: Demo
path: /demo
fields:
  phone: {{selector: '{selector}', label: Phone, category: phone, value: user.phone}}
  plan: {{selector: '{plan}', label: Plan, category: none, fixed: team-plan}}
steps:
  - fill: {{field: phone}}
  - fill: {{field: plan}}
success: {{selector: h1}}
"""
RULES = """version: 1
category: {category}
rules:
  - {{id: one, match: {match}, treatment: hidden, why: It names a person.}}
"""


def lines(folder: Path, match: str, *, selector: str, plan: str = "#plan", category: str = "phone") -> list[str]:
    """What is foreseen of one field of PII and one without, with one rule."""
    (folder / "demo.yaml").write_text(FORM.format(selector=selector, plan=plan))
    (folder / "rules").mkdir()
    (folder / "rules/phone.yaml").write_text(RULES.format(category=category, match=match))
    return list(foreseen(load_form(folder / "demo.yaml"), load_rules(folder / "rules")))


@pytest.mark.parametrize(
    ("match", "selector", "category"),
    [
        ("{names: [fax]}", "#phone", "phone"),
        ("{names: [phone]}", 'form > input[name="tel_2"]', "phone"),
        ("{types: [tel]}", "input[type=text]#phone", "phone"),
        ("{selectors: [.private]}", "#phone", "email"),
        ("{names: [phone], attributes: [title]}", "#phone", "phone"),
    ],
)
def test_a_field_that_no_rule_covers_is_named(tmp_path: Path, match: str, selector: str, category: str) -> None:
    """With file and line, and what its selector shows."""
    (line,) = lines(tmp_path, match, selector=selector, category=category)
    assert line.startswith(f"{tmp_path}/demo.yaml:6: field phone (phone) is covered by no rule")
    assert line.endswith(selector)


@pytest.mark.parametrize(
    ("match", "selector"),
    [
        ("{names: [PHONE]}", "#phone"),
        ("{names: ['^tel_']}", 'input[name="tel_2"]'),
        ("{types: [tel]}", "input[type=tel]"),
        ("{types: [tel]}", "#phone"),
        ("{selectors: ['[data-private]']}", "#phone"),
        ("{names: [fax]}", ".phone"),
        ("{names: [fax]}", "#phone, #tel"),
        ("{names: [fax]}", "role=textbox"),
    ],
)
def test_what_only_the_page_knows_is_left_to_a_run(tmp_path: Path, match: str, selector: str) -> None:
    """So is a field that a rule covers."""
    assert lines(tmp_path, match, selector=selector) == []


def test_a_field_without_pii_that_a_rule_masks_is_named(tmp_path: Path) -> None:
    """Its name alone is enough to know."""
    (line,) = lines(tmp_path, "{names: [phone]}", selector="#phone", plan="#phone_plan")
    assert line == f"{tmp_path}/demo.yaml:7: field plan holds no PII, and one will mask it"
