"""Compiling masking rules."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.rules import compile_rules, load_rules, write_compiled
from maskproof.rules.compile import check_compiled
from maskproof.settings import Settings, load_settings

ROOT = Path(__file__).parents[3]
RULES = ROOT / "masking_rules"


def test_the_reference_app_has_the_rules_of_this_checkout() -> None:
    """The application's compiled copy was made from the rules in masking_rules/."""
    check_compiled(load_settings(ROOT / "maskproof.toml"), load_rules(RULES))


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    """Compiling is repeatable, and says whether anything changed."""
    rules = load_rules(RULES)
    assert write_compiled(rules, tmp_path / "rules.json")
    assert not write_compiled(rules, tmp_path / "rules.json")
    assert json.loads((tmp_path / "rules.json").read_text())["version"] == compile_rules(rules)["version"]


def configured(folder: Path) -> Settings:
    """A configuration that names a copy beside it."""
    (folder / "maskproof.toml").write_text('[app]\nrules_file = "rules.json"\n', encoding="utf-8")
    return load_settings(folder / "maskproof.toml")


def test_a_rule_without_attributes_is_compiled_as_before() -> None:
    """Copies that applications already have stay valid."""
    rules = load_rules(RULES)
    about = replace(rules[0], attributes=("title",))
    compiled = compile_rules([about, rules[1]])["rules"]
    assert (compiled[0]["attributes"], "attributes" in compiled[1]) == (["title"], False)


def test_a_copy_of_other_rules_is_refused(tmp_path: Path) -> None:
    """A dropped rule in the copy is noticed before anything is recorded."""
    rules = load_rules(RULES)
    write_compiled(rules[1:], tmp_path / "rules.json")
    with pytest.raises(ConfigurationError, match=r"maskproof.toml:2: app.rules_file: .* compiled from other rules"):
        check_compiled(configured(tmp_path), rules)


@pytest.mark.parametrize("text", ["", "[]", '{"version": "0"}'], ids=["empty", "a list", "no rules"])
def test_what_is_no_copy_at_all_is_refused(tmp_path: Path, text: str) -> None:
    """It masks nothing."""
    (tmp_path / "rules.json").write_text(text)
    with pytest.raises(ConfigurationError, match="other rules"):
        check_compiled(configured(tmp_path), load_rules(RULES))


def test_a_copy_without_a_stamp_is_of_the_same_rules(tmp_path: Path) -> None:
    """An older Maskproof wrote none."""
    rules = load_rules(RULES)
    compiled = {name: value for name, value in compile_rules(rules).items() if name != "stamp"}
    (tmp_path / "rules.json").write_text(json.dumps(compiled))
    check_compiled(configured(tmp_path), rules)
