"""Reading form fixtures."""

from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.forms import load_form, load_forms

GOOD = """version: 1
id: demo
title: Demo
path: /demo
fields:
  email: {selector: "#email", label: E-mail, category: email, value: user.email}
  plan: {selector: "#plan", label: Plan, category: none, fixed: blue-plan}
steps:
  - fill: {field: email}
  - click: {selector: button, label: Send}
submits:
  - {method: POST, path: /api/demo, body: {email: {field: email}, plan: blue-plan}}
success: {selector: h1, text: Thanks}
"""


def _error(tmp_path: Path, old: str, new: str) -> str:
    path = tmp_path / "demo.yaml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_form(path)
    return str(caught.value)


def test_a_fixture_is_read_whole(tmp_path: Path) -> None:
    """A fixture has its fields, its steps with their lines, and its PII values."""
    (tmp_path / "demo.yaml").write_text(GOOD, encoding="utf-8")
    (form,) = load_forms(tmp_path)
    assert form.value_ids == ("user.email",)
    assert [field.id for field in form.plain_fields] == ["plan"]
    assert [(step.kind, step.line) for step in form.steps] == [("fill", 9), ("click", 10)]


def test_personas_fill_templates(tmp_path: Path) -> None:
    """References to fields and values are replaced by the values of the persona."""
    path = tmp_path / "demo.yaml"
    path.write_text(GOOD, encoding="utf-8")
    form = load_form(path)
    personas = form.personas("seed")
    body = personas.fill_in(form.submits[0].body, form)
    assert body == {"email": personas.value("user.email").reveal(), "plan": "blue-plan"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: demo", "id: other", "demo.yaml:2: expected demo, the file's name, got other"),
        ("value: user.email", "value: user.shoe", "demo.yaml:6: no persona value is called 'shoe'"),
        ("category: email", "category: phone", "demo.yaml:6: user.email is of category email, not phone"),
        ("category: email", "category: shoes", "demo.yaml:6: fields.email.category: expected one of email, name"),
        ("- fill: {field: email}", "- fill: {field: mail}", "demo.yaml:9: no field is called 'mail'"),
        ("value: user.email", "fixed: someone", "demo.yaml:6: field email is PII and needs a value"),
        ("{email: {field: email}", "{email: {field: mail}", "demo.yaml:12: no field is called 'mail'"),
        ("- fill:", "- fil:", "demo.yaml:9: steps.0"),
    ],
)
def test_a_fault_names_file_line_and_expectation(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """Every kind of fault is reported with its place."""
    assert expected in _error(tmp_path, old, new)


def test_a_folder_without_fixtures_is_an_error(tmp_path: Path) -> None:
    """A run without forms would check nothing, so an empty folder is refused."""
    with pytest.raises(ConfigurationError, match="no form fixtures"):
        load_forms(tmp_path)
