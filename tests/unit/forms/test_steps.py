"""Steps of a fixture beside those that fill in fields."""

from pathlib import Path
from typing import Any

import pytest
from tests.unit.forms.test_load import GOOD

from maskproof.errors import ConfigurationError
from maskproof.forms import load_form
from maskproof.forms.locators import Reference
from maskproof.forms.model import FormFixture

CLICK = "- click: {selector: button, label: Send}"


def loaded(tmp_path: Path, step: str) -> FormFixture:
    """The fixture with another last step."""
    (tmp_path / "demo.yaml").write_text(GOOD.replace(CLICK, f"- {step}"), encoding="utf-8")
    return load_form(tmp_path / "demo.yaml")


@pytest.mark.parametrize(
    ("step", "arguments"),
    [
        ("press: Control+A", {"key": "Control+A"}),
        ("press: {field: email, key: Enter}", {"field": "email", "key": "Enter"}),
        ("hover: {selector: b}", {"selector": "b"}),
        ("blur: {field: email}", {"field": "email"}),
        ("scroll: {by: -300}", {"by": -300}),
        ("drag: {from: canvas, by: [[1, 2.5]]}", {"from": "canvas", "by": [[1, 2.5]]}),
        (
            "type: {field: email, with: x, keep: true, delay_ms: 60}",
            {"field": "email", "with": "x", "keep": True, "delay_ms": 60},
        ),
        ("back:", {}),
        ("reload: {ready: h1}", {"ready": "h1"}),
        ("fill: {field: email, with: {value: other1.email}}", {"field": "email", "with": Reference("other1.email")}),
    ],
)
def test_a_step_has_its_arguments(tmp_path: Path, step: str, arguments: dict[str, Any]) -> None:
    """Short forms are read as the long ones."""
    assert loaded(tmp_path, step).steps[-1].arguments == arguments


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("press: Ctrl+A", "demo.yaml:11: 'Ctrl\\+A': Ctrl is no modifier: expected one of Alt"),
        ("press: {field: mail, key: Enter}", "demo.yaml:11: no field is called 'mail'"),
        ("hover: {selector: b, field: email}", "demo.yaml:11: hover is about one element"),
        ("focus: {}", "demo.yaml:11: .*should be non-empty|does not have enough properties"),
        ("drag: {from: a}", "demo.yaml:11: expected either to .* or by"),
        ("drag: {from: a, to: b, by: [[1, 2]]}", "demo.yaml:11: expected either to"),
        ("drag: {from: a, to: 'b..c'}", "demo.yaml:11: 'b..c' does not parse"),
        ("drag: {from: a, by: [[1]]}", "demo.yaml:11: .*too short"),
        ("stay: {ms: 60000}", "demo.yaml:11: .*maximum"),
        ("back: {steps: 2}", "demo.yaml:11: .*'steps' was unexpected"),
        ("fill: {field: email, with: {value: user.shoe}}", "demo.yaml:11: no persona value is called 'shoe'"),
        ("upload: {field: email}", "demo.yaml:11: field email is no file"),
        ("upload: {drop: true}", "demo.yaml:11: expected either field, for one file, or fields"),
        ("upload: {field: mail}", "demo.yaml:11: no field is called 'mail'"),
        ("click: {selector: a, count: 9}", "demo.yaml:11: .*maximum"),
    ],
)
def test_a_step_that_cannot_work_is_refused_with_its_line(tmp_path: Path, step: str, message: str) -> None:
    """Before anything is started."""
    with pytest.raises(ConfigurationError, match=message):
        loaded(tmp_path, step)


def test_a_value_that_is_typed_instead_is_pii_of_the_journey(tmp_path: Path) -> None:
    """Its person is made, and it is searched for."""
    form = loaded(tmp_path, "fill: {field: email, with: {value: other1.email}}")
    assert form.value_ids == ("user.email", "other1.email")


def test_a_file_is_named_by_its_field(tmp_path: Path) -> None:
    """Its value and its extension are the name, in what is submitted too; a picture holds no text."""
    good = GOOD.replace("category: email, value: user.email", "category: email, value: user.email, file: png")
    path = tmp_path / "demo.yaml"
    path.write_text(good.replace(CLICK, "- upload: {field: email}"), encoding="utf-8")
    form = load_form(path)
    personas = form.personas("seed")
    name = f"{personas.value('user.email').reveal()}.png"
    assert personas.text_of(form.fields["email"]) == name
    assert personas.fill_in(form.submits[0].body, form)["email"] == name
    path.write_text(good.replace(CLICK, "- upload: {field: email, holds: x}"), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"demo\.yaml:11: a file of type png holds no text"):
        load_form(path)
