"""Values that several texts hold together."""

from tests.unit.leaks.known import CARD, EMAIL, searcher

from maskproof.leaks.search.scan import scan_texts
from maskproof.leaks.texts import Text


def _found(texts: list[Text]) -> set[str]:
    report = scan_texts(texts, searcher(), session_id="", system="openreplay")
    return {finding.value_id for finding in report.findings}


def test_single_characters_are_joined() -> None:
    """A value that is typed key by key is found."""
    assert _found([Text("batch", "CustomEvent", "Payload", key, offset=place) for place, key in enumerate(EMAIL)]) == {
        "email"
    }


def test_pieces_in_several_messages_are_joined() -> None:
    """A value that one field sends in pieces is found."""
    pieces = [EMAIL[start : start + 6] for start in range(0, len(EMAIL), 6)]
    assert "email" in _found([Text("batch", "ConsoleLog", "Value", piece) for piece in pieces])


def test_keys_in_payloads_are_joined() -> None:
    """A key logger's payloads are read key by key."""
    payloads = [f'{{"at": {place}, "key": "{key}"}}' for place, key in enumerate(EMAIL)]
    assert _found([Text("batch", "CustomEvent", "Payload", payload) for payload in payloads]) == {"email"}


def test_a_row_of_fields_is_joined() -> None:
    """A card number over four fields is found, whatever each field held while it was typed."""
    typed = [CARD[start : end + 1] for start in range(0, 16, 4) for end in range(start, start + 4)]
    texts = [Text("batch", "SetInputValue", "Value", text, f"#part{number // 4}") for number, text in enumerate(typed)]
    assert _found(texts) == {"card"}


def test_a_row_in_several_uploads_is_read_in_order() -> None:
    """Offsets start again with each upload, so they do not decide the order."""
    typed = [
        Text(f"batch {at}", "SetInputValue", "Value", digit, f"#box{at}", 900 - at) for at, digit in enumerate(CARD)
    ]
    left = [Text("batch 99", "SetInputValue", "Value", "-", f"#box{at}", at) for at in range(len(CARD))]
    assert _found([*typed, *left]) == {"card"}


def test_a_value_in_one_text_is_not_reported_for_joined_texts() -> None:
    """The items of a list hold a value each; joined they hold nothing more."""
    texts = [Text("file", "json", f"values.{at}.value", text) for at, text in enumerate(("quiet lantern", EMAIL, CARD))]
    report = scan_texts(texts, searcher(), session_id="", system="file")
    assert {(finding.value_id, finding.field) for finding in report.findings} == {
        ("email", "values.1.value"),
        ("card", "values.2.value"),
    }


def test_other_characters_are_no_finding() -> None:
    """Keys that spell something else, and halves of a value in fields of different messages, are not joined to it."""
    assert _found([Text("batch", "CustomEvent", "Payload", key) for key in "a quiet afternoon at the lake"]) == set()
    halves = [Text("batch", "ConsoleLog", "Value", "42424212"), Text("batch", "CustomEvent", "Name", "34567892")]
    assert _found(halves) == set()
