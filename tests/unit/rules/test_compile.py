"""Compiling masking rules."""

import json
from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.rules import compile_rules, load_rules, write_compiled
from maskproof.rules.compile import check_compiled

ROOT = Path(__file__).parents[3]
RULES = ROOT / "masking_rules"
COPY = ROOT / "fixtures/app/src/lib/tracking/rules.generated.json"


def test_the_reference_app_has_the_rules_of_this_checkout() -> None:
    """The application's compiled copy was made from the rules in masking_rules/."""
    check_compiled(load_rules(RULES), COPY)


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    """Compiling is repeatable, and says whether anything changed."""
    rules = load_rules(RULES)
    assert write_compiled(rules, tmp_path / "rules.json")
    assert not write_compiled(rules, tmp_path / "rules.json")
    assert json.loads((tmp_path / "rules.json").read_text())["version"] == compile_rules(rules)["version"]


def test_a_copy_of_other_rules_is_refused(tmp_path: Path) -> None:
    """A dropped rule in the copy is noticed before anything is recorded."""
    rules = load_rules(RULES)
    write_compiled(rules[1:], tmp_path / "rules.json")
    with pytest.raises(ConfigurationError, match="not the compiled copy"):
        check_compiled(rules, tmp_path / "rules.json")
