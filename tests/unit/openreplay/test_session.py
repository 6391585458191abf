"""A session is one stream of texts with node, time and place, in every storage format."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.openreplay.batches import Batch, decode_batch, split_visual
from maskproof.openreplay.encode import encode_batch, encode_record, message
from maskproof.openreplay.fields import StringField
from maskproof.openreplay.primitives import DecodeError, Values
from maskproof.openreplay.recordings import HEADER_V1, HEADER_V2, Undecoded, decode_recording
from maskproof.openreplay.session import SessionView

WIRE = Path(__file__).parents[2] / "data" / "openreplay-wire"
DIV = message("CreateElementNode", 1, 0, 0, "div", False)


def batch(*messages: tuple[int, Values], first_index: int = 0, page_no: int = 0) -> Batch:
    """A batch of messages."""
    data = encode_batch(messages, version=2, first_index=first_index, page_no=page_no)
    return decode_batch(data, source=f"{page_no}-{first_index}")


def texts(view: SessionView, name: str) -> list[str]:
    """The texts of messages with a name."""
    return [string.text for string in view.strings if string.message == name]


def recorded(folder: str) -> SessionView:
    """A session of the real tracker."""
    batches = []
    for request in json.loads((WIRE / folder / "manifest.json").read_text())["requests"]:
        if request["file"] and "-i-" in request["file"]:
            body = (WIRE / folder / request["file"]).read_bytes()
            split = request["query"].partition("&split=")[2]
            parts = split_visual(body, int(split)) if split else (body,)
            batches += [decode_batch(part, source=request["file"]) for part in parts]
    return SessionView(batches)


@pytest.mark.parametrize("folder", ["v1", "v2", "v1-plain", "v2-plain", "v2-no-assets"])
def test_fields_of_real_sessions_are_named(folder: str) -> None:
    """Every typed field has the path of its element, and attributes are resolved to words."""
    view = recorded(folder)
    paths = {
        view.documents[-1].path(int(str(fields["ID"]))).rpartition(" > ")[2] for fields in view.fields("SetInputValue")
    }
    assert {'input[name="fullname"]', 'input[name="email"]', 'input[name="password"]', 'textarea[name="note"]'} <= paths


@pytest.mark.parametrize("folder", ["v1-plain", "v2-plain"])
def test_plainly_recorded_values_have_their_node(folder: str) -> None:
    """The typed values of the manifest are texts of their fields."""
    typed = json.loads((WIRE / folder / "manifest.json").read_text())["fixed_values_typed"]
    view = recorded(folder)
    seen = {
        (string.path.rpartition(" > ")[2], string.text) for string in view.strings if string.message == "SetInputValue"
    }
    for name in ("fullname", "email", "phone"):
        assert (f'input[name="{name}"]', typed[f"input[name={name}]"]) in seen


def test_batches_are_put_in_order() -> None:
    """Batches are sorted by page and first index."""
    late, early = batch(message("SetNodeData", 2, "late"), first_index=5), batch(message("SetNodeData", 2, "early"))
    other_page = batch(message("SetNodeData", 2, "last"), page_no=1)
    assert texts(SessionView([other_page, late, early]), "SetNodeData") == ["early", "late", "last"]


def test_dictionary_words_hold_for_the_whole_session() -> None:
    """A definition in any other batch gives an attribute its name and value (2.3)."""
    uses = batch(DIV, message("SetNodeAttributeDictGlobal", 1, 7, 8))
    defines = batch(message("StringDictGlobal", 7, "title"), message("StringDictGlobal", 8, "Ann"), page_no=1)
    view = SessionView([uses, defines])
    found = [
        (string.field, string.text, string.path)
        for string in view.strings
        if string.message == "SetNodeAttributeDictGlobal"
    ]
    assert found == [("Name", "title", "html > div"), ("Value", "Ann", "html > div")]
    assert next(view.fields("SetNodeAttributeDictGlobal")) == {"ID": 1, "Name": "title", "Value": "Ann"}


@pytest.mark.parametrize(
    ("define", "use", "key"),
    [
        ("StringDict", "SetNodeAttributeDict", ("k1", "k2")),
        ("StringDictDeprecated", "SetNodeAttributeDictDeprecated", (1, 2)),
    ],
)
def test_each_kind_of_dictionary_has_its_own_words(define: str, use: str, key: tuple[int | str, int | str]) -> None:
    """A key of one dictionary has no meaning in another, also for deprecated dictionaries."""
    words = [message(define, key[0], "title"), message(define, key[1], "Ann"), message("StringDictGlobal", 1, "other")]
    view = SessionView([batch(*words, DIV, message(use, 1, *key))])
    assert texts(view, use) == ["title", "Ann"]


def test_a_redefined_word_holds_from_its_definition_on() -> None:
    """Attributes before the second definition keep the first word."""
    words = [message("StringDictGlobal", 7, "title"), message("StringDictGlobal", 8, "first")]
    uses = message("SetNodeAttributeDictGlobal", 1, 7, 8)
    view = SessionView([batch(*words, DIV, uses, message("StringDictGlobal", 8, "second"), uses)])
    assert texts(view, "SetNodeAttributeDictGlobal") == ["title", "first", "title", "second"]


def test_an_unknown_word_reads_as_its_key() -> None:
    """An attribute with unknown words is never dropped."""
    assert texts(
        SessionView([batch(DIV, message("SetNodeAttributeDictGlobal", 1, 7, 8))]), "SetNodeAttributeDictGlobal"
    ) == ["7", "8"]


def test_texts_know_their_time_and_place() -> None:
    """A text has the last timestamp before it and the position of its message."""
    view = SessionView([batch(message("Timestamp", 1_700_000_000_000), message("ConsoleLog", "log", "text"))])
    string = next(string for string in view.strings if string.field == "Value")
    assert (string.time_ms, string.source, string.node, string.path) == (1_700_000_000_000, "0-0", None, "")
    assert string.offset == list(view.messages)[-1].offset


def test_the_page_url_of_a_batch_is_a_text() -> None:
    """The header holds the raw URL (2.2)."""
    view = SessionView([decode_batch(encode_batch([], location="http://127.0.0.1/a"), source="x")])
    assert texts(view, "BatchMetadata") == ["http://127.0.0.1/a"]


def test_blank_texts_are_left_out() -> None:
    """White space between elements is half of the texts of a page."""
    blank = [message("CreateTextNode", 2, 1, 0), message("SetNodeData", 2, "\n  \t")]
    view = SessionView([batch(DIV, *blank, message("ConsoleLog", "log", " "))])
    assert {string.text for string in view.strings} == {"div", "log"}
    assert view.documents[0].text_of(1) == "\n  \t"


def test_messages_are_counted_without_headers() -> None:
    """The messages of all parts, decoded or not, are counted."""
    data = HEADER_V2 + encode_batch([DIV, DIV], version=2)
    assert SessionView([decode_recording([data], source="x"), batch(DIV)]).message_count == 3
    assert SessionView([Undecoded(data, "x")]).message_count == 2


class Taken:
    """Receives texts and keeps them."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def append(self, text: StringField, /) -> None:
        """Keep the text."""
        self.texts.append(text.text)


def test_a_consumer_receives_the_texts_in_place_of_the_view() -> None:
    """It receives names of elements and tabs once, and other texts each time."""
    tab, log = message("TabData", "tab"), message("ConsoleLog", "log", "ready")
    view = SessionView([batch(tab, DIV, log, tab, DIV, log)], Taken)
    assert isinstance(view.consumer, Taken)
    assert view.consumer.texts == ["tab", "div", "log", "ready", "log", "ready"]
    assert view.strings == ()


def test_a_file_that_is_out_of_order_is_put_in_order() -> None:
    """A new consumer is created then, so that no text is received twice."""
    late = encode_batch([message("SetNodeData", 2, "late")], version=2, first_index=5)
    early = encode_batch([message("SetNodeData", 2, "early")], version=2)
    view = SessionView([Undecoded(HEADER_V2 + late + early, "x")], Taken)
    assert isinstance(view.consumer, Taken)
    assert view.consumer.texts == ["early", "late"]
    assert view.message_count == 2


def test_a_broken_file_is_an_error_when_it_is_read() -> None:
    """The error names the position, and no part of the file is skipped."""
    data = HEADER_V2 + encode_batch([DIV], version=2) + b"\x63"
    with pytest.raises(DecodeError, match=f"x, byte {len(data) - 1}: unknown message id 99"):
        SessionView([Undecoded(data, "x")])


def test_masks_that_reveal_a_length_are_noted_with_their_document() -> None:
    """They are noted at every moment with the document of their page; hidden and plain inputs are not noted."""
    page = [message("CreateDocument"), message("CreateElementNode", 1, 0, 0, "input", False)]
    masks = [message("SetInputValue", 1, "", mask) for mask in (3, 0, -1, 4)]
    view = SessionView([batch(*page, *masks, *page, message("SetInputValue", 1, "", 5))])
    assert [view.documents.index(masked.document) for masked in view.masked] == [1, 1, 2]
    assert {masked.path for masked in view.masked} == {"html > input"}


def test_a_page_load_starts_a_document() -> None:
    """Ids of the previous page belong to other nodes."""
    view = SessionView([batch(DIV, message("CreateDocument"), message("CreateElementNode", 1, 0, 0, "p", False))])
    assert [document.path(1) for document in view.documents] == ["html > div", "html > p"]


def test_each_tab_has_its_own_document() -> None:
    """Node ids are unique only in their tab, and batches of two tabs may alternate (2.2)."""
    first = batch(message("TabData", "one"), message("CreateDocument"), DIV)
    second = batch(
        message("TabData", "two"),
        message("CreateDocument"),
        message("CreateElementNode", 1, 0, 0, "p", False),
        first_index=3,
    )
    again = batch(message("TabData", "one"), message("SetNodeAttribute", 1, "title", "Ann"), first_index=6)
    view = SessionView([first, second, again])
    assert [string.path for string in view.strings if string.text == "Ann"] == ["html > div"]
    assert len(view.documents) == 3  # the document before the first page, and two pages


def test_the_document_at_a_time_is_as_it_was_then() -> None:
    """It holds the state of each tab without later changes."""
    view = SessionView(
        [
            batch(
                message("Timestamp", 100),
                message("TabData", "tab"),
                message("CreateTextNode", 1, 0, 0),
                message("SetNodeData", 1, "before"),
                message("Timestamp", 200),
                message("SetNodeData", 1, "after"),
            )
        ]
    )
    assert view.documents_at(150)["tab"].text_of(0) == "before"
    assert view.documents_at(200)["tab"].text_of(0) == "after"
    assert view.documents_at(50) == {}


def test_the_window_at_a_time_is_as_it_was_then() -> None:
    """Its size and scroll position are the last before that time."""
    view = SessionView(
        [
            batch(
                message("Timestamp", 100),
                message("SetViewportSize", 800, 600),
                message("SetViewportScroll", 0, 40),
                message("Timestamp", 200),
                message("SetViewportScroll", 0, 90),
            )
        ]
    )
    assert [view.window_at(time) for time in (50, 150, 250)] == [(0, 0, 0, 0), (800, 600, 0, 40), (800, 600, 0, 90)]


def test_streams_that_lie_behind_each_other_are_each_read_up_to_a_time() -> None:
    """A stream whose first message is late does not end the streams behind it."""
    late = batch(message("Timestamp", 900), message("ConsoleLog", "log", "ready"))
    page = batch(message("Timestamp", 100), message("CreateTextNode", 1, 0, 0), message("SetNodeData", 1, "shown"))
    (document,) = SessionView([late, page]).documents_at(200).values()
    assert document.text_of(0) == "shown"


@pytest.mark.parametrize("layout", ["v1", "v1 without indexes", "v2", "late second file of v2", "old"])
def test_an_undecoded_file_reads_like_a_decoded_file(layouts: dict[str, bytes], layout: str) -> None:
    """Texts, positions and times are equal."""
    data = layouts[layout]
    views = [SessionView([part]) for part in (decode_recording([data], source="x"), Undecoded(data, "x"))]
    first, second = [[(string[:4], string[5:]) for string in view.strings] for view in views]
    assert first == second
    assert list(views[0].messages) == list(views[1].messages)


@given(st.integers(0, 2_000), st.integers(0, 255), st.integers(9, 2_000))
def test_fuzz_a_broken_undecoded_file_reads_like_a_decoded_file(
    layouts: dict[str, bytes], place: int, byte: int, cut: int
) -> None:
    """A changed byte or a cut gives the same error, or the same texts."""
    data = bytearray(layouts["v2"][:cut])
    data[8 + place % (len(data) - 8)] = byte
    part = Undecoded(bytes(data), "x")
    assert _outcome(lambda: SessionView([part])) == _outcome(lambda: SessionView([part.decoded()]))


def _outcome(read: Callable[[], SessionView]) -> list[str] | str:
    """The texts, in any order, or the error."""
    try:
        return sorted(string.text for string in read().strings)
    except DecodeError as error:
        return error.message


def test_wire_and_store_give_the_same_texts() -> None:
    """A batch, a file of version 2 and a file of version 1 with the same messages give equal texts."""
    messages = [DIV, message("SetNodeAttribute", 1, "title", "Ann")]
    v2 = decode_recording([HEADER_V2 + encode_batch(messages, version=2)], source="x")
    v1 = decode_recording(
        [HEADER_V1 + b"".join(encode_record(n, *sent) for n, sent in enumerate(messages))], source="x"
    )
    found = [
        [(string.text, string.path) for string in SessionView([part]).strings] for part in (batch(*messages), v2, v1)
    ]
    assert found[0] == found[1] == found[2]


def test_texts_over_several_nodes_are_named_by_their_element() -> None:
    """Texts that are spread over nodes have the path of the element around them."""
    parts = [message("CreateTextNode", n, 1, n - 2) for n in (2, 3)] + [message("SetNodeData", n, "41") for n in (2, 3)]
    view = SessionView([batch(DIV, *parts, message("CreateDocument"))])
    assert [(spread.text, spread.path) for spread in view.spread_texts()] == [("4141", "html > div")]


def test_a_text_has_the_label_of_its_field() -> None:
    """A finding can name the field as the user saw it."""
    view = SessionView([batch(DIV, message("SetNodeAttribute", 1, "aria-label", "Note"))])
    assert {string.label for string in view.strings if string.node == 1} == {"Note"}
