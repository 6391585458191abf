"""The leak policy: what the default accepts, and which faults a policy may have."""

from pathlib import Path

import pytest
from tests.unit.leaks.samples import finding

from maskproof.errors import ConfigurationError
from maskproof.leaks.judging.policy import load_policy

OBSCURED = {"kind": "length", "channel": "mask length"}
RULE = """
version: 1
accept:
  - id: last-digits
    kind: partial
    channels: [dom text]
    categories: [payment]
    reason: Receipts show the last four digits.
"""


@pytest.mark.parametrize("category", ["email", "name", "phone", "address", "date_of_birth", "free_text", ""])
def test_the_default_policy_accepts_the_length_of_obscured_inputs(category: str) -> None:
    """Masking rules that obscure allow a length knowingly; the rule of the policy has a reason."""
    rule = load_policy().rule_for(finding(**OBSCURED, category=category))
    assert rule is not None
    assert rule.reason


@pytest.mark.parametrize("category", ["password", "payment", "ssn"])
def test_the_default_policy_does_not_accept_the_length_of_hidden_inputs(category: str) -> None:
    """Hidden inputs do not even reveal a length."""
    assert load_policy().rule_for(finding(**OBSCURED, category=category)) is None


@pytest.mark.parametrize("kind", ["value", "partial", "difference", "pattern"])
def test_the_default_policy_accepts_only_lengths(kind: str) -> None:
    """A value or a part of one is accepted by default in no channel."""
    policy = load_policy()
    channels = {channel for rule in policy.rules for channel in rule.channels}
    assert not any(policy.rule_for(finding(kind=kind, channel=channel, category="name")) for channel in channels)


def test_a_policy_of_the_project_replaces_the_default(tmp_path: Path) -> None:
    """Traces that the policy of the project does not name are not accepted."""
    path = tmp_path / "policy.yaml"
    path.write_text(RULE, encoding="utf-8")
    policy = load_policy(path)
    assert policy.rule_for(finding(kind="partial", channel="dom text", category="payment")) is not None
    assert policy.rule_for(finding(kind="partial", channel="url", category="payment")) is None
    assert policy.rule_for(finding(**OBSCURED, category="name")) is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("kind: partial", "kind: value", "policy.yaml:5: accept.0.kind"),
        ("[payment]", "[cards]", "policy.yaml:7: accept.0.categories.0"),
        ("[dom text]", "[]", "policy.yaml:6: accept.0.channels"),
        ("    reason: Receipts show the last four digits.\n", "", "policy.yaml:4: accept.0"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """A policy without a reason, or for values, is refused."""
    path = tmp_path / "policy.yaml"
    path.write_text(RULE.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=expected):
        load_policy(path)
