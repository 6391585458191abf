"""What several texts say together."""

from tests.unit.leaks.known import CARD, EMAIL, searcher

from maskproof.leaks.search.scan import scan_texts
from maskproof.leaks.texts import Text


def _found(texts: list[Text]) -> set[str]:
    report = scan_texts(texts, searcher(), session_id="", system="openreplay")
    return {finding.value_id for finding in report.findings}


def test_characters_that_come_one_a_message_are_put_together() -> None:
    """A value that is typed key by key is found."""
    assert _found([Text("batch", "CustomEvent", "Payload", one, offset=place) for place, one in enumerate(EMAIL)]) == {
        "email"
    }


def test_pieces_that_come_in_several_messages_are_put_together() -> None:
    """A value that one field sends in pieces is found."""
    pieces = [EMAIL[start : start + 6] for start in range(0, len(EMAIL), 6)]
    assert "email" in _found([Text("batch", "ConsoleLog", "Value", one) for one in pieces])


def test_keys_of_a_payload_are_put_together() -> None:
    """A key logger's payloads are read key by key."""
    payloads = [f'{{"at": {place}, "key": "{one}"}}' for place, one in enumerate(EMAIL)]
    assert _found([Text("batch", "CustomEvent", "Payload", one) for one in payloads]) == {"email"}


def test_a_row_of_fields_is_put_together() -> None:
    """A card number over four fields is found, however each was typed."""
    typed = [CARD[start : end + 1] for start in range(0, 16, 4) for end in range(start, start + 4)]
    texts = [Text("batch", "SetInputValue", "Value", one, f"#part{number // 4}") for number, one in enumerate(typed)]
    assert _found(texts) == {"card"}


def test_a_row_that_was_sent_in_several_uploads_is_read_in_order() -> None:
    """Places in an upload begin anew with each: they say nothing of what was typed first."""
    typed = [Text(f"batch {at}", "SetInputValue", "Value", one, f"#box{at}", 900 - at) for at, one in enumerate(CARD)]
    left = [Text("batch 99", "SetInputValue", "Value", "-", f"#box{at}", at) for at in range(len(CARD))]
    assert _found([*typed, *left]) == {"card"}


def test_what_one_text_holds_is_not_told_of_several() -> None:
    """The items of a list are texts of their own; together they hold nothing that one of them does not."""
    texts = [Text("file", "json", f"values.{at}.value", one) for at, one in enumerate(("quiet lantern", EMAIL, CARD))]
    report = scan_texts(texts, searcher(), session_id="", system="file")
    assert {(one.value_id, one.field) for one in report.findings} == {
        ("email", "values.1.value"),
        ("card", "values.2.value"),
    }


def test_other_characters_are_let_pass() -> None:
    """Keys that spell something else are nobody's, and neither are those of different fields of other messages."""
    assert _found([Text("batch", "CustomEvent", "Payload", one) for one in "a quiet afternoon at the lake"]) == set()
    halves = [Text("batch", "ConsoleLog", "Value", "42424212"), Text("batch", "CustomEvent", "Name", "34567892")]
    assert _found(halves) == set()
