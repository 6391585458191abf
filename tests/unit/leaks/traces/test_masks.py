"""What the mask itself tells."""

import pytest

from maskproof.leaks.spelling.values import Value
from maskproof.leaks.traces.masks import find_lengths, find_traces
from maskproof.openreplay.batches import decode_batch
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.session import SessionView
from maskproof.secrets import Secret


def _value(value_id: str, category: str, text: str) -> Value:
    return Value(value_id, category, Secret(text, category=category, value_id=value_id))


NAME = _value("name", "name", "Gravid Quelmorn")
CARD = _value("card", "payment", "4242420012347315")
SSN = _value("ssn", "ssn", "912-34-5678")
EMAIL = _value("email", "email", "gravid.quelmorn@zenthal.example")
PASSWORD = _value("password", "password", "Tromblax!93847x")
VALUES = (NAME, CARD, SSN, EMAIL, PASSWORD)


def _told(text: str, *values: Value) -> set[tuple[str, str]]:
    return {(one.kind, one.value_id) for one in find_traces([text.encode()], values or VALUES)}


# By name, so that no test id holds a value.
PARTS = {
    "last four": ("Card •••• 7315", "card"),
    "last four of groups": ("**** **** **** 7315", "card"),
    "first six and last four": ("424242******7315", "card"),
    "last four in words": ("your card ending in 7315", "card"),
    "letters as mask": ("SSN xxx-xx-5678", "ssn"),
    "hash signs as mask": ("###-##-5678", "ssn"),
    "domain in clear": ("sent to ***@zenthal.example.", "email"),
    "first letter and domain": ("g***@zenthal.example", "email"),
    "initials": ("G***** Q*******", "name"),
}
NOTHING = {
    "last four of another card": "Card •••• 7316",
    "digits of the middle": "**** **** **** 0012",
    "two digits": "** 15",
    "another domain": "***@elsewhere.example",
    "a fixed mask": "***",
    "a fixed mask in a title": "*** - search",
    "a parameter": "http://127.0.0.1:8000/search?q=***&status=open",
    "a heading of Markdown": "## Overview",
    "a size": "xx-large",
    "a year": "ending 2031",
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_in_clear_is_told(name: str) -> None:
    """What a mask leaves in clear is a partial finding of the value that has it there."""
    text, value_id = PARTS[name]
    assert ("partial", value_id) in _told(text)


@pytest.mark.parametrize("name", NOTHING)
def test_a_mask_that_tells_nothing_is_let_pass(name: str) -> None:
    """A fixed mask, other values' parts and what only looks like a mask are no finding."""
    assert not _told(NOTHING[name])


def test_stars_as_long_as_the_value_tell_its_length() -> None:
    """The tracker draws one star for each character and keeps spaces."""
    assert _told("****** ********") == {("length", "name")}


def test_stars_that_keep_the_signs_of_an_address_tell_its_length() -> None:
    """The tracker's option for e-mail in texts stars all but the at-sign and the dots."""
    assert _told("******.********@*******.*******") == {("length", "email")}


def test_of_several_values_as_long_none_is_named() -> None:
    """How many stars there are does not say whose they are."""
    other = _value("other", "name", "Brella Quelmarn")
    assert _told("****** ********", NAME, other) == {("length", "")}


def test_a_password_is_not_named_by_the_number_of_stars() -> None:
    """Only the password's own node tells its length for certain."""
    assert _told("*" * 15, PASSWORD) == {("length", "")}


def test_a_trace_says_which_text_and_where() -> None:
    """Index of the second text, and bytes from its beginning, far behind others."""
    texts = [b"*** nothing", ("é" * 400 + " Card •••• 7315").encode()]
    assert [(one.text, one.offset) for one in find_traces(texts, VALUES)] == [(1, 806)]


def test_every_mask_of_a_text_is_read() -> None:
    """Near each other and far."""
    text = "Card •••• 7315 " + "and SSN xxx-xx-5678 " * 3 + "b" * 2000 + " g***@zenthal.example"
    assert _told(text) == {("partial", "card"), ("partial", "ssn"), ("partial", "email")}


def test_a_long_text_without_masks_is_passed_by() -> None:
    """A megabyte of letters holds no candidate, and is not read letter by letter."""
    assert not _told("xy" * 500_000)


def _view(*masks: int) -> SessionView:
    messages = [
        message("CreateDocument"),
        message("CreateElementNode", 1, 0, 0, "INPUT", False),
        message("SetNodeAttribute", 1, "id", "who"),
        *(message("SetInputValue", 1, "", mask) for mask in masks),
    ]
    return SessionView([decode_batch(encode_batch(messages), source="batch")])


@pytest.mark.parametrize(("masks", "found"), [((1, 4, 9), 1), ((5, -1), 1), ((-1,), 0), ((0,), 0), ((), 0)])
def test_an_obscured_input_tells_its_length_once(masks: tuple[int, ...], found: int) -> None:
    """A mask above 0 is a length finding of the node, even if it was hidden later; hidden and plain are none."""
    findings = list(find_lengths(_view(*masks), session_id="1", system="openreplay"))
    assert len(findings) == found
    assert all((one.kind, one.channel, one.node) == ("length", "mask length", "input#who") for one in findings)
