"""What a mask reveals: parts and lengths of values."""

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


def _revealed(text: str, *values: Value) -> set[tuple[str, str]]:
    return {(trace.kind, trace.value_id) for trace in find_traces([text.encode()], values or VALUES)}


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
def test_a_clear_part_is_reported(name: str) -> None:
    """Characters that a mask leaves clear are a partial finding of the value with the same characters there."""
    text, value_id = PARTS[name]
    assert ("partial", value_id) in _revealed(text)


@pytest.mark.parametrize("name", NOTHING)
def test_a_mask_that_reveals_nothing_is_no_finding(name: str) -> None:
    """A fixed mask, parts of other values and texts that only look masked are no findings."""
    assert not _revealed(NOTHING[name])


def test_stars_as_long_as_the_value_reveal_its_length() -> None:
    """The tracker draws one star for each character and keeps spaces."""
    assert _revealed("****** ********") == {("length", "name")}


def test_stars_that_keep_the_signs_of_a_mail_address_reveal_its_length() -> None:
    """The tracker's option for e-mail in texts stars all but the at-sign and the dots."""
    assert _revealed("******.********@*******.*******") == {("length", "email")}


def test_several_values_of_one_length_are_not_named() -> None:
    """The number of stars does not show which value it is."""
    other = _value("other", "name", "Brella Quelmarn")
    assert _revealed("****** ********", NAME, other) == {("length", "")}


def test_a_password_is_not_named_by_the_number_of_stars() -> None:
    """Only the password's own node reveals its length for certain."""
    assert _revealed("*" * 15, PASSWORD) == {("length", "")}


def test_a_trace_says_which_text_and_where() -> None:
    """A trace has the index of its text, and its offset in bytes, also far into the text."""
    texts = [b"*** nothing", ("é" * 400 + " Card •••• 7315").encode()]
    assert [(trace.text, trace.offset) for trace in find_traces(texts, VALUES)] == [(1, 806)]


def test_every_mask_of_a_text_is_read() -> None:
    """Masks near each other and far apart are read."""
    text = "Card •••• 7315 " + "and SSN xxx-xx-5678 " * 3 + "b" * 2000 + " g***@zenthal.example"
    assert _revealed(text) == {("partial", "card"), ("partial", "ssn"), ("partial", "email")}


def test_a_long_text_without_masks_reveals_nothing() -> None:
    """A megabyte of letters holds no mask, and is not read letter by letter."""
    assert not _revealed("xy" * 500_000)


def _view(*masks: int) -> SessionView:
    messages = [
        message("CreateDocument"),
        message("CreateElementNode", 1, 0, 0, "INPUT", False),
        message("SetNodeAttribute", 1, "id", "who"),
        *(message("SetInputValue", 1, "", mask) for mask in masks),
    ]
    return SessionView([decode_batch(encode_batch(messages), source="batch")])


@pytest.mark.parametrize(("masks", "count"), [((1, 4, 9), 1), ((5, -1), 1), ((-1,), 0), ((0,), 0), ((), 0)])
def test_an_obscured_input_reveals_its_length_once(masks: tuple[int, ...], count: int) -> None:
    """A mask above 0 is a length finding of its node, even if the input was hidden later; hidden and plain are none."""
    findings = list(find_lengths(_view(*masks), session_id="1", system="openreplay"))
    assert len(findings) == count
    assert all(
        (finding.kind, finding.channel, finding.node) == ("length", "mask length", "input#who") for finding in findings
    )
