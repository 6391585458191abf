"""The files of a new project fit their schemas, and say what is left to decide."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from maskproof.commands.starting.look import Seen
from maskproof.commands.starting.texts import configuration, form, form_id, rules_of
from maskproof.errors import ConfigurationError
from maskproof.forms import load_form
from maskproof.rules import load_rules
from maskproof.settings_file import check_file

RULE = {
    "id": "mails",
    "treatment": "obscured",
    "selectors": [],
    "names": ["^e-?mail$"],
    "autocomplete": [],
    "types": ["email"],
}
MAIL = {"selector": "#mail", "label": 'Your "mail"', "name": "mail", "id": "mail", "type": "email", "rules": ["mails"]}
SIZE = {"selector": 'select[name="size"]', "label": "Size", "name": "size", "id": "", "type": "select-one", "rules": []}


def seen(*fields: dict[str, Any], path: str = "/", heading: str = "Lamps: new") -> Seen:
    """A page with these fields."""
    page = {
        "title": "Lamps",
        "heading": {"tag": "h1", "text": heading},
        "button": {"selector": "form > button", "label": "Send"},
        "fields": [{"autocomplete": "", "options": ["small"], **field} for field in fields],
    }
    return Seen(path, page, (), asked_for_config=True)


def written(folder: Path, page: Seen) -> Path:
    """The fixture of a page, as a file."""
    file = folder / f"{form_id(page.path)}.yaml"
    file.write_text(form(page, {"mails": "email"}), encoding="utf-8")
    return file


def test_nothing_is_left_to_decide_for_a_page_without_fields(tmp_path: Path) -> None:
    """It is valid as it is: its heading is what it shows."""
    loaded = load_form(written(tmp_path, seen(path="/lamps/new.html")))
    assert (loaded.id, loaded.controls, loaded.success.text) == ("lamps-new", ("Lamps: new",), "Lamps: new")


def test_what_was_seen_is_in_the_form_and_the_rest_is_refused(tmp_path: Path) -> None:
    """First the field that nobody knows, then what shows that it worked; after that it is valid."""
    file = written(tmp_path, seen(MAIL, SIZE))
    with pytest.raises(ConfigurationError, match=r"home\.yaml:8: .*category"):
        load_form(file)
    file.write_text(file.read_text().replace('category: "decide"', "category: none"))
    with pytest.raises(ConfigurationError, match=r"home\.yaml:18: 'decide:'"):
        load_form(file)
    file.write_text(file.read_text().replace('"decide:"', '"#done"'))
    loaded = load_form(file)
    assert [step.kind for step in loaded.steps] == ["fill", "select", "click"]
    assert (loaded.fields["mail"].value, loaded.fields["size"].fixed) == ("user.email", "small")


@pytest.mark.parametrize("unanswered", [(), ("GET /api/plans", "POST /api/plans")])
@pytest.mark.parametrize("is_single", [False, True])
def test_the_configuration_is_valid(tmp_path: Path, unanswered: tuple[str, ...], *, is_single: bool) -> None:
    """Also with a path that needs quoting; a single page stands for all others."""
    text = configuration('my "dist"', has_guard=False, is_single=is_single, unanswered=unanswered)
    data = tomllib.loads(text)
    check_file(tmp_path / "maskproof.toml", data)
    assert data["app"]["static"]["instrumented_dir"] == 'my "dist"'
    assert ("fallback" in data["app"]["static"]) is is_single
    assert all(name in text for name in unanswered)


def test_rules_are_valid(tmp_path: Path) -> None:
    """As they come with the tracking module."""
    (tmp_path / "email.yaml").write_text(rules_of("email", [RULE]))
    (rule,) = load_rules(tmp_path)
    assert (rule.id, rule.names, rule.types, rule.treatment) == ("mails", ("^e-?mail$",), ("email",), "obscured")
