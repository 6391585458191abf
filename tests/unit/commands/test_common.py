"""What commands share."""

import pytest

from maskproof.commands.common import parse_switches
from maskproof.errors import UsageError


def test_switches_are_json_or_text() -> None:
    """Of two with one name, the last counts."""
    given = ["guard=false", "margin=3", "dropRule=email-inputs", "empty=", "guard=true", "text=a=b"]
    assert parse_switches(given) == {"guard": True, "margin": 3, "dropRule": "email-inputs", "empty": "", "text": "a=b"}


@pytest.mark.parametrize("pair", ["guard", "=true", ""])
def test_a_switch_without_name_or_value_is_wrong_usage(pair: str) -> None:
    """The message says what was expected, with an example."""
    with pytest.raises(UsageError, match=r"expected NAME=VALUE.*\n.*Example"):
        parse_switches([pair])
