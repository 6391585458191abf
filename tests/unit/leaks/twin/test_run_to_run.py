"""What two runs never share: the tables match exactly what they name."""

import pytest

from maskproof.leaks.twin.run_to_run import COUNTED, ECHOES, FAVICON, OWN_WORDS, REQUESTS, SIZES, is_exempt
from maskproof.openreplay.messages import MESSAGES

FIELDS = {(kind.name, field.name) for kind in MESSAGES.values() for field in kind.fields}
NAMES = {name for name, _ in FIELDS}


@pytest.mark.parametrize(
    ("message", "field", "expected"),
    [
        ("SetPageLocation", "NavigationStart", True),
        ("NetworkRequest", "Duration", True),
        ("SetNodeAttribute", "ID", True),
        ("MouseMove", "X", True),
        ("TabData", "TabId", True),
        ("SetPageLocation", "URL", False),
        ("SetNodeAttribute", "Value", False),
        ("MouseClick", "Label", False),
        ("SetInputValue", "Mask", False),
    ],
)
def test_a_field_is_exempt_or_compared(message: str, field: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """Clocks, numbers of nodes, measurements and random ids are exempt; fields that could hold typed text are not."""
    assert is_exempt(message, field) is expected


def test_of_any_message_only_numbers_are_exempt() -> None:
    """The id of a user is a text, whatever its field is called."""
    assert not is_exempt("UserID", "ID")
    assert not is_exempt("UserAnonymousID", "ID")


def test_an_unknown_message_is_an_error() -> None:
    """A typing error would exempt nothing."""
    with pytest.raises(KeyError):
        is_exempt("SetNodeAttributes", "ID")


def test_every_table_has_existing_names() -> None:
    """A name of no message would never match."""
    assert FIELDS.issuperset(OWN_WORDS)
    assert FIELDS.issuperset(ECHOES)
    assert NAMES.issuperset(REQUESTS | COUNTED)
    assert {field for _, field in FIELDS} >= SIZES


@pytest.mark.parametrize(
    ("message", "field", "text", "expected"),
    [
        ("WebVitals", "Name", "LCP", True),
        ("WebVitals", "Name", "LCP of Gravid", False),
        ("IssueEvent", "Type", "click_rage", True),
        ("IssueEvent", "Payload", '{"Count":0,"Rate":0}', True),
        ("IssueEvent", "Payload", "", True),
        ("IssueEvent", "Payload", '{"Name":"Gravid"}', False),
        ("IssueEvent", "Payload", '{"Count":7}', False),
        ("SelectionChange", "SelectionStart", "0", True),
        ("SelectionChange", "SelectionStart", "10", False),
    ],
)
def test_words_of_the_protocol_are_whole_texts(message: str, field: str, text: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """A word with other text beside it is not left out: somebody may have typed that."""
    assert (OWN_WORDS[message, field].fullmatch(text) is not None) is expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:8000/favicon.ico", True),
        ("https://example.com/favicon.ico", True),
        ("https://example.com/favicon.ico?q=qzv", False),
        ("https://example.com/of/favicon.ico", False),
        ("https://example.com?q=qzv/favicon.ico", False),
    ],
)
def test_only_the_browsers_own_request_is_left_out(address: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """A URL that carries anything else is a request of the page."""
    assert (FAVICON.fullmatch(address) is not None) is expected
