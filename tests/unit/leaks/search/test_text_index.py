"""Texts are indexed by content, and by the node or key that held them."""

import json

from maskproof.leaks.search.text_index import Row, TextIndex
from maskproof.leaks.texts import AnyText, Text
from maskproof.openreplay.dom import DomDocument
from maskproof.openreplay.fields import StringField


def _text(text: str, node: str = "#a", field: str = "Value") -> Text:
    return Text("file", "SetInputValue", field, text, node)


def _row(index: TextIndex) -> Row:
    (row,) = index.rows
    return row


def _said(texts: list[AnyText]) -> list[str | bytes]:
    return [text.text for text in texts]


def test_equal_texts_share_an_entry() -> None:
    """An entry lists each text with that content; bytes have entries of their own, and no row."""
    index = TextIndex([_text("one"), _text("two"), _text("one", "#b"), Text("file", "", "", b"one")])
    assert {content: len(some) for content, some in index.places.items()} == {"one": 2, "two": 1, b"one": 1}
    assert len(_row(index).last) == 2


def test_a_node_has_a_history() -> None:
    """A node that held several texts has a history; the last text of every node is known."""
    row = _row(TextIndex([_text("a"), _text("other", "#b"), _text("ab"), _text("abc")]))
    assert list(map(_said, row.histories.values())) == [["a", "ab", "abc"]]
    assert _said(list(row.last.values())) == ["abc", "other"]
    assert _said(list(row.alone(row.last.items()))) == ["other"]


def test_characters_and_pieces_are_listed() -> None:
    """Characters are listed in order; a piece is dropped once its node holds a longer text."""
    row = _row(TextIndex([_text("4"), _text("1234", "#b"), _text("42"), _text("1234567", "#b")]))
    assert _said(row.characters) == ["4", "42"]
    assert _said(list(row.pieces.values())) == ["42"]


def test_nodes_of_two_documents_are_two() -> None:
    """Node ids start again with each page."""
    texts = [
        StringField("SetNodeData", "Data", "text", 1, document, 0, "file", 0)
        for document in (DomDocument(), DomDocument())
    ]
    row = _row(TextIndex(texts))
    assert (len(row.last), row.histories) == (2, {})


def test_fields_that_differ_in_a_number_are_a_row() -> None:
    """Fields for one digit each are one row; other fields are rows of their own."""
    index = TextIndex([_text(digit, field=f"digit{digit}") for digit in "123"] + [_text("x", field="other")])
    assert sorted(len(row.characters) for row in index.rows) == [1, 3]


def test_values_in_a_payload_have_rows_of_their_own() -> None:
    """The values of JSON and of URLs have a row for each key; long payloads are not parsed."""
    index = TextIndex([_text('{"key": "a"}'), _text("https://x.test/?q=ab&n=c"), _text("?q=" + "a" * 600)])
    assert sorted("".join(map(str, _said(list(row.last.values())))) for row in index.rows) == [
        "a",
        "ab",
        "c",
        "https://x.test/?q=ab&n=c",
    ]


def test_values_in_json_within_a_string_have_rows_of_their_own() -> None:
    """The tracker writes the body of a request as a string in JSON."""
    payload = json.dumps({"headers": {}, "body": json.dumps({"q": "ab", "n": "c"})})
    index = TextIndex([_text(payload)])
    assert {"ab", "c"} <= {text for row in index.rows for text in _said(list(row.last.values()))}


def test_joined_texts_are_listed_apart() -> None:
    """A joined text equal to another shares its entry; texts spread over nodes belong to a row, too."""
    index = TextIndex([_text("said")])
    index.append_made([_text("said"), _text("made"), _text("made", "#b")])
    assert {content: len(some) for content, some in index.places.items()} == {"said": 2}
    assert {content: len(some) for content, some in index.made.items()} == {"made": 2}
    assert len(_row(index).last) == 1
    index.append_spread([_text("spread", "#c")])
    assert "spread" in index.made
    assert len(_row(index).last) == 2
