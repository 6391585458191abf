"""Reading masking rules."""

from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.rules import load_rules

GOOD = """version: 1
category: email
rules:
  - id: email-inputs
    match: {types: [email], names: ["e-?mail"]}
    treatment: obscured
    why: It identifies a person.
"""


def _load_error(tmp_path: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load_rules(tmp_path)
    return str(caught.value)


def test_rules_carry_category_place_and_matchers(tmp_path: Path) -> None:
    """A rule has its category, its matchers and its line."""
    (tmp_path / "email.yaml").write_text(GOOD, encoding="utf-8")
    (rule,) = load_rules(tmp_path)
    assert (rule.category, rule.types, rule.line) == ("email", ("email",), 4)


def test_a_rule_may_be_about_attributes(tmp_path: Path) -> None:
    """It needs another matcher, which says of which elements."""
    about = GOOD.replace("types: [email]", "selectors: [button], attributes: [aria-label]")
    (tmp_path / "email.yaml").write_text(about, encoding="utf-8")
    (rule,) = load_rules(tmp_path)
    assert (rule.selectors, rule.attributes) == (("button",), ("aria-label",))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('{types: [email], names: ["e-?mail"]}', "{attributes: [title]}", "email.yaml:5: attributes alone match"),
        ("obscured", "plain", "email.yaml:6: rule email-inputs of category email cannot be plain"),
        ("e-?mail", "e-(mail", "email.yaml:5: 'e-(mail' is not a regular expression"),
        ("obscured", "hiden", "email.yaml:6: rules.0.treatment: expected one of hidden, obscured, plain"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """A wrong treatment or pattern is an error with its place."""
    (tmp_path / "email.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")
    assert expected in _load_error(tmp_path)


def test_an_id_twice_names_the_first(tmp_path: Path) -> None:
    """Two rules of one id are refused, because the loss of one would not be noticed."""
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    assert "email-inputs is already a rule in" in _load_error(tmp_path)
