"""Texts are gathered by what they say and by whose they are."""

import json

from maskproof.leaks.search.text_index import Gathered, Row
from maskproof.leaks.texts import AnyText, Text
from maskproof.openreplay.dom import Document
from maskproof.openreplay.fields import StringField


def _text(text: str, node: str = "#a", field: str = "Value") -> Text:
    return Text("file", "SetInputValue", field, text, node)


def _row(gathered: Gathered) -> Row:
    (row,) = gathered.rows
    return row


def _said(texts: list[AnyText]) -> list[str | bytes]:
    return [one.text for one in texts]


def test_what_is_said_twice_stands_once() -> None:
    """With each place where it is said; bytes by themselves, and in no row."""
    gathered = Gathered([_text("one"), _text("two"), _text("one", "#b"), Text("file", "", "", b"one")])
    assert {content: len(some) for content, some in gathered.places.items()} == {"one": 2, "two": 1, b"one": 1}
    assert len(_row(gathered).last) == 2


def test_a_node_has_a_history() -> None:
    """Only one that said several things; each node's last is known."""
    row = _row(Gathered([_text("a"), _text("other", "#b"), _text("ab"), _text("abc")]))
    assert list(map(_said, row.histories.values())) == [["a", "ab", "abc"]]
    assert _said(list(row.last.values())) == ["abc", "other"]
    assert _said(list(row.alone(row.last.items()))) == ["other"]


def test_characters_and_pieces_are_known_by_themselves() -> None:
    """Characters in order; a piece no longer once its node says something longer."""
    row = _row(Gathered([_text("4"), _text("1234", "#b"), _text("42"), _text("1234567", "#b")]))
    assert _said(row.characters) == ["4", "42"]
    assert _said(list(row.pieces.values())) == ["42"]


def test_nodes_of_two_documents_are_two() -> None:
    """Ids count by page."""
    texts = [
        StringField("SetNodeData", "Data", "text", 1, document, 0, "file", 0) for document in (Document(), Document())
    ]
    row = _row(Gathered(texts))
    assert (len(row.last), row.histories) == (2, {})


def test_fields_that_differ_in_a_number_are_a_row() -> None:
    """Digits that stand in one box each; other fields are rows of their own."""
    gathered = Gathered([_text(one, field=f"digit{one}") for one in "123"] + [_text("x", field="other")])
    assert sorted(len(row.characters) for row in gathered.rows) == [1, 3]


def test_values_in_a_payload_have_rows_of_their_own() -> None:
    """By their keys, in JSON and in addresses; long payloads are not looked into."""
    gathered = Gathered([_text('{"key": "a"}'), _text("https://x.test/?q=ab&n=c"), _text("?q=" + "a" * 600)])
    assert sorted("".join(map(str, _said(list(row.last.values())))) for row in gathered.rows) == [
        "a",
        "ab",
        "c",
        "https://x.test/?q=ab&n=c",
    ]


def test_values_in_json_within_a_string_have_rows_of_their_own() -> None:
    """The tracker writes what a request sent as a string in JSON."""
    payload = json.dumps({"headers": {}, "body": json.dumps({"q": "ab", "n": "c"})})
    gathered = Gathered([_text(payload)])
    assert {"ab", "c"} <= {text for row in gathered.rows for text in _said(list(row.last.values()))}


def test_what_is_put_together_stands_apart() -> None:
    """Unless somebody said just that; what is spread over nodes is in a row, too."""
    gathered = Gathered([_text("said")])
    gathered.append_made([_text("said"), _text("made"), _text("made", "#b")])
    assert {content: len(some) for content, some in gathered.places.items()} == {"said": 2}
    assert {content: len(some) for content, some in gathered.made.items()} == {"made": 2}
    assert len(_row(gathered).last) == 1
    gathered.append_spread([_text("spread", "#c")])
    assert "spread" in gathered.made
    assert len(_row(gathered).last) == 2
