"""Channels by message and field."""

import pytest

from maskproof.leaks.channels import channel_of

KNOWN = {
    ("SetInputValue", "Value"): "input value",
    ("SetNodeAttributeDict", "Value"): "attribute",
    ("SetNodeAttributeURLBased", "BaseURL"): "base url",
    ("NetworkRequest", "Response"): "network",
    ("SetPageLocation", "Referrer"): "referrer",
    ("NeverHeardOf", "Field"): "NeverHeardOf",
}


@pytest.mark.parametrize(("message", "field"), KNOWN)
def test_a_field_has_its_channel(message: str, field: str) -> None:
    """Findings name the channel through which a value left; an unknown message is its own channel."""
    assert channel_of(message, field) == KNOWN[message, field]
