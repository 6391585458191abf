"""Reading form fixtures."""

from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.forms import FormFixture, load_form, load_forms
from maskproof.forms.model import VolatileElement, VolatileSubmission
from maskproof.forms.polls import Poll

GOOD = """version: 1
id: demo
title: Demo
path: /demo
fields:
  email: {selector: "#email", label: E-mail, category: email, value: user.email}
  plan: {selector: "#plan", label: Plan, category: none, fixed: blue-plan}
steps:
  - fill: {field: email}
  - select: {field: plan}
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
    assert [(step.kind, step.line) for step in form.steps] == [("fill", 9), ("select", 10), ("click", 11)]


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
        ("{email: {field: email}", "{email: {field: mail}", "demo.yaml:13: no field is called 'mail'"),
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


def _loaded(tmp_path: Path, more: str) -> FormFixture:
    path = tmp_path / "demo.yaml"
    path.write_text(GOOD + more, encoding="utf-8")
    return load_form(path)


def test_each_kind_of_nondeterminism_is_for_its_check(tmp_path: Path) -> None:
    """Places of the recording are for `twin`, parts of submissions and elements for `behaviour`."""
    form = _loaded(
        tmp_path,
        """volatile:
  - {message: SetNodeData, field: Data}
  - {selector: "#number", why: the server counts}
  - {submit: "POST /api/demo", path: meta.at, why: a clock}
  - {submit: "PUT /api/drafts/*", why: an id}
  - {document: .ripple, why: a decoration}
  - {poll: "GET /api/rooms/*", why: it asks every two seconds}
""",
    )
    assert form.volatile == (
        {"message": "SetNodeData", "field": "Data"},
        {"selector": "#number", "why": "the server counts"},
    )
    assert form.volatile_submissions == (
        VolatileSubmission("POST", "/api/demo", "meta.at", "a clock"),
        VolatileSubmission("PUT", "/api/drafts/*", "", "an id"),
    )
    assert form.volatile_elements == (VolatileElement(".ripple", "a decoration"),)
    assert form.polls == (Poll("GET", "/api/rooms/*", "it asks every two seconds"),)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ('{submit: "POST /api/demo", path: at}', "'why' is a dependency of 'submit'"),
        ('{poll: "GET /api"}', "'why' is a dependency of 'poll'"),
        ('{poll: "GET /api?a=1", why: x}', "does not match"),
        ('{poll: "GET /api", path: at, why: x}', "'submit' is a dependency of 'path'"),
        ('{poll: "GET /api", document: p, why: x}', "document and poll do not belong together"),
        ("{document: .ripple}", "'why' is a dependency of 'document'"),
        ('{submit: "/api/demo", path: at, why: x}', "does not match"),
        ('{submit: "POST /api/demo", why: x}', "POST /api/demo declares nothing: expected a path in the body"),
        ("{path: at, why: x}", "'submit' is a dependency of 'path'"),
        (
            "{why: x}",
            "demo.yaml:16: nothing is declared: expected message, field or selector, submit, document, or poll",
        ),
        ("{document: p, message: SetNodeData, why: x}", "message and document do not belong together"),
        ('{submit: "POST /a", path: b, selector: p, why: x}', "selector and path/submit do not belong together"),
    ],
)
def test_a_declaration_that_says_too_little_or_too_much_is_refused(tmp_path: Path, entry: str, expected: str) -> None:
    """Each kind has its own keys, and the new ones need a reason."""
    with pytest.raises(ConfigurationError) as caught:
        _loaded(tmp_path, f"volatile:\n  - {entry}\n")
    assert expected in str(caught.value)


def test_a_field_may_have_several_choices(tmp_path: Path) -> None:
    """The first is typed or chosen as the only one would be."""
    path = tmp_path / "demo.yaml"
    path.write_text(
        GOOD.replace("fixed: blue-plan", "fixed: [blue-plan, red-plan], not_recorded: why"), encoding="utf-8"
    )
    plan = load_form(path).fields["plan"]
    assert (plan.fixed, plan.others, plan.not_recorded) == ("blue-plan", ("red-plan",), "why")


NUMBER = GOOD.replace("category: email, value: user.email", "category: phone, value: user.phone, typed_as: digits")


def test_a_field_may_take_the_digits_of_a_number_alone(tmp_path: Path) -> None:
    """They are what is typed and submitted, and the value is searched for in any notation."""
    path = tmp_path / "demo.yaml"
    path.write_text(NUMBER, encoding="utf-8")
    form = load_form(path)
    personas = form.personas("seed")
    number = personas.value("user.phone").reveal()
    typed = personas.text_of(form.fields["email"])
    assert typed.isdigit()
    assert typed == number.replace("-", "")
    assert personas.fill_in({"field": "email"}, form) == typed
    assert personas.pii_of(form) == (personas.value("user.phone"),)


@pytest.mark.parametrize("value", ["category: email, value: user.email", "category: none, fixed: blue-plan"])
def test_what_has_no_digits_is_not_typed_as_digits(tmp_path: Path, value: str) -> None:
    """The kinds of values that can be are named."""
    error = _error(tmp_path, "category: email, value: user.email", f"{value}, typed_as: digits")
    assert "demo.yaml:6" in error
    assert "only values with digits are typed so: card_number, phone, ssn" in error


def test_pii_cannot_be_acknowledged_as_not_recorded(tmp_path: Path) -> None:
    """It must not be recorded in any case."""
    assert "only for what must be recorded" in _error(
        tmp_path, "value: user.email", "value: user.email, not_recorded: x"
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"#email"', '"#email >"', "demo.yaml:6: '#email >' does not parse"),
        ("selector: button", 'selector: "button..a"', "demo.yaml:11: 'button..a' does not parse"),
        ("selector: h1", 'selector: "h1["', "demo.yaml:14: 'h1[' does not parse"),
        ("  - select: {field: plan}\n", "", "demo.yaml:7: no step uses field plan"),
        ("success:", "volatile: [{document: 'a,', why: x}]\nsuccess:", "demo.yaml:14: 'a,' does not parse"),
        ("- fill: {field: email}", "- script: {call: 'gone.py::run'}", "gone.py is not there"),
    ],
)
def test_what_would_stop_a_journey_is_known_before_it(tmp_path: Path, old: str, new: str, message: str) -> None:
    """With file and line."""
    assert message in _error(tmp_path, old, new)


@pytest.mark.parametrize(
    "text",
    [
        "def run(page, personas): ...",
        "from steps import run",
        "from steps import *",
        "import steps\nrun = steps.run",
        "if True:\n    def run(page, personas): ...",
    ],
)
def test_a_function_may_come_from_anywhere(tmp_path: Path, text: str) -> None:
    """Only a name that nothing in the file makes is refused."""
    (tmp_path / "steps.py").write_text(text)
    step = "- click: {selector: button, label: Send}"
    (tmp_path / "demo.yaml").write_text(GOOD.replace(step, f"{step}\n  - script: {{call: 'steps.py::run'}}"))
    assert load_form(tmp_path / "demo.yaml").steps[-1].kind == "script"
