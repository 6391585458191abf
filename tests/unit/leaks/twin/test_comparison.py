"""The differential test: what depends on what was typed is found, what differs from run to run is not."""

from collections.abc import Mapping, Sequence

import pytest

from maskproof.leaks.findings import Finding
from maskproof.leaks.twin.comparison import NOT_SHARED, Volatile, compare_fields, compare_twins
from maskproof.leaks.twin.run_to_run import RUN_TO_RUN, WITHOUT_NUMBERS, is_exempt
from maskproof.openreplay.batches import decode_batch
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.messages import MESSAGES, MessageField, MessageType
from maskproof.openreplay.primitives import Value
from maskproof.openreplay.session import SessionView

Sent = tuple[int, tuple[Value, ...]]
PAGE: tuple[Sent, ...] = (
    message("Timestamp", 1000),
    message("CreateDocument"),
    message("SetPageLocation", "http://127.0.0.1:8000/demo", "", 900, "Demo"),
    message("CreateElementNode", 1, 0, 0, "INPUT", False),
    message("SetNodeAttribute", 1, "id", "who"),
    message("CreateElementNode", 2, 0, 1, "UL", False),
    message("SetNodeAttribute", 2, "id", "list"),
    message("CreateElementNode", 3, 2, 0, "LI", False),
    message("CreateElementNode", 4, 2, 1, "LI", False),
    message("CreateTextNode", 5, 3, 0),
    message("CreateTextNode", 6, 4, 0),
)
WORDS = tuple(message("StringDictGlobal", 7 + at, word) for at, word in enumerate(("title", "qzv", "wkp")))


def _view(*messages: Sent, page: Sequence[Sent] = PAGE, location: str = "") -> SessionView:
    data = encode_batch([*page, *messages], location=location)
    return SessionView([decode_batch(data, source="batch")])


def _compare(mine: Sequence[Sent], others: Sequence[Sent], **options: Sequence[Mapping[str, str]]) -> list[Finding]:
    return compare_twins(_view(*mine), _view(*others), session_id="7", **options)


def _differences(mine: Sequence[Sent], others: Sequence[Sent]) -> set[tuple[str, str, str, str]]:
    return {(found.kind, found.message, found.field, found.node) for found in _compare(mine, others)}


def test_equal_sessions_do_not_differ() -> None:
    """The same page, recorded twice, gives no finding."""
    assert _compare((), ()) == []


FOUND: Mapping[str, tuple[Sequence[Sent], Sequence[Sent], tuple[str, str, str, str]]] = {
    "a coding in an attribute": (
        [message("SetNodeAttribute", 1, "data-x", "qzv")],
        [message("SetNodeAttribute", 1, "data-x", "wkp")],
        ("difference", "SetNodeAttribute", "Value", "input#who"),
    ),
    "an address of a stored asset": (
        [message("SetNodeAttribute", 1, "href", "http://s.example/s/http%213A%212F%212Fa%212Fqzv.css.26")],
        [message("SetNodeAttribute", 1, "href", "http://s.example/s/http%213A%212F%212Fa%212Fwkp.css.26")],
        ("difference", "SetNodeAttribute", "Value", "input#who"),
    ),
    "the name of an attribute": (
        [message("SetNodeAttribute", 1, "data-qzv", "")],
        [message("SetNodeAttribute", 1, "data-wkp", "")],
        ("difference", "SetNodeAttribute", "Name", "input#who"),
    ),
    "values of two attributes that were exchanged": (
        [message("SetNodeAttribute", 1, "a", "x"), message("SetNodeAttribute", 1, "b", "y")],
        [message("SetNodeAttribute", 1, "a", "y"), message("SetNodeAttribute", 1, "b", "x")],
        ("difference", "SetNodeAttribute", "Value", "input#who"),
    ),
    "a text that was there for a moment": (
        [message("SetNodeData", 5, "qzv"), message("SetNodeData", 5, "done")],
        [message("SetNodeData", 5, "wkp"), message("SetNodeData", 5, "done")],
        ("difference", "SetNodeData", "Data", "ul#list > li"),
    ),
    "one of several like nodes": (
        [message("SetNodeData", 5, "qzv"), message("SetNodeData", 6, "last")],
        [message("SetNodeData", 5, "wkp"), message("SetNodeData", 6, "last")],
        ("difference", "SetNodeData", "Data", "ul#list > li"),
    ),
    "a message that only one session has": (
        [message("CustomEvent", "sent", "qzv")],
        [],
        ("difference", "CustomEvent", "Payload", ""),
    ),
    "a choice": (
        [message("SetInputChecked", 1, True)],
        [message("SetInputChecked", 1, False)],
        ("difference", "SetInputChecked", "Checked", "input#who"),
    ),
    "one message a letter": (
        [message("ConsoleLog", "log", "key")] * 5,
        [message("ConsoleLog", "log", "key")] * 7,
        ("difference", "ConsoleLog", "(how many)", ""),
    ),
    "a word of the dictionary that nothing refers to": (
        [message("StringDictGlobal", 9, "qzv")],
        [message("StringDictGlobal", 8, "wkp")],
        ("difference", "StringDictGlobal", "Value", ""),
    ),
    "the address of a resource": (
        [message("ResourceTiming", *[1] * 6, "http://127.0.0.1:8000/api?q=qzv", "fetch", 1, False, *[1] * 7)],
        [message("ResourceTiming", *[1] * 6, "http://127.0.0.1:8000/api?q=wkp", "fetch", 1, False, *[1] * 7)],
        ("difference", "ResourceTiming", "URL", ""),
    ),
    "a value in an issue": (
        [message("IssueEvent", 1, 2, "click_rage", "qzv", "button", "", "http://127.0.0.1:8000/demo")],
        [message("IssueEvent", 1, 2, "click_rage", "wkp", "button", "", "http://127.0.0.1:8000/demo")],
        ("difference", "IssueEvent", "ContextString", ""),
    ),
    "hidden or not": (
        [message("SetInputValue", 1, "", -1)],
        [message("SetInputValue", 1, "", 5)],
        ("difference", "SetInputValue", "Mask", "input#who"),
    ),
    "lengths of masks": (
        [message("SetInputValue", 1, "", 4), message("SetInputValue", 1, "", 9)],
        [message("SetInputValue", 1, "", 4), message("SetInputValue", 1, "", 7)],
        ("length", "SetInputValue", "Mask", "input#who"),
    ),
    "numbers of stars": (
        [message("SetNodeData", 5, "Hello **** ***")],
        [message("SetNodeData", 5, "Hello ** *****")],
        ("length", "SetNodeData", "Data", "ul#list > li"),
    ),
    "stars and letters": (
        [message("SetNodeData", 5, "**** qzv")],
        [message("SetNodeData", 5, "**** wkp")],
        ("difference", "SetNodeData", "Data", "ul#list > li"),
    ),
    "the words that numbers stand for": (
        [*WORDS, message("SetNodeAttributeDictGlobal", 1, 7, 8)],
        [*WORDS, message("SetNodeAttributeDictGlobal", 1, 7, 9)],
        ("difference", "SetNodeAttributeDictGlobal", "Value", "input#who"),
    ),
    "a request that only one person's session knows of": (
        [message("NetworkRequest", "fetch", "GET", "/api/qzv", "", "", 200, 1, 1, 50)],
        [],
        ("difference", "NetworkRequest", "URL", ""),
    ),
    "what a request that both noted sends": (
        [message("NetworkRequest", "fetch", "POST", "/api", "qzv", "", 200, 1, 1, 50)],
        [message("NetworkRequest", "fetch", "POST", "/api", "wkp", "", 200, 1, 1, 50)],
        ("difference", "NetworkRequest", "Request", ""),
    ),
    "sizes of answers": (
        [message("NetworkRequest", "fetch", "GET", "/api", "", "", 200, 1, 1, 50)],
        [message("NetworkRequest", "fetch", "GET", "/api", "", "", 200, 1, 1, 57)],
        ("length", "NetworkRequest", "TransferredBodySize", ""),
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_depends_on_what_was_typed_is_found(name: str) -> None:
    """A finding names message, field and node, in either order of the sessions, and no other message differs."""
    mine, others, expected = FOUND[name]
    assert expected in _differences(mine, others)
    assert expected in _differences(others, mine)
    assert {message_name for _, message_name, _, _ in _differences(mine, others)} == {expected[1]}


PASSED: Mapping[str, tuple[Sequence[Sent], Sequence[Sent]]] = {
    "clocks": ([message("Timestamp", 5)], [message("Timestamp", 7)]),
    "the path of the pointer": ([message("MouseMove", 5, 5), message("MouseMove", 6, 6)], [message("MouseMove", 7, 7)]),
    "a place within an element": (
        [message("MouseClick", 1, 40, "Send", "button", 10, 20)],
        [message("MouseClick", 1, 90, "Send", "button", 11, 21)],
    ),
    "the day of a stored asset": (
        [message("SetNodeAttribute", 1, "href", "http://s.example/sessions-assets/http%213A%212F%212Fa%212Fx.css.26")],
        [message("SetNodeAttribute", 1, "href", "http://s.example/sessions-assets/http%213A%212F%212Fa%212Fx.css.1")],
    ),
    "the day of a stored asset in a style": (
        [message("SetCSSData", 1, "b{src:url('http://s.example/s/https%213A%212F%212Fa%212Ff.woff2.30')}")],
        [message("SetCSSData", 1, "b{src:url('http://s.example/s/https%213A%212F%212Fa%212Ff.woff2.31')}")],
    ),
    "beginnings of what both typed": (
        [message("SetInputValue", 1, text, 0) for text in ("bl", "blue-t", "blue-team")],
        [message("SetInputValue", 1, text, 0) for text in ("b", "blue", "blue-team")],
    ),
    "masks on the way to the same length": (
        [message("SetInputValue", 1, "", mask) for mask in (1, 4, 9)],
        [message("SetInputValue", 1, "", mask) for mask in (2, 9)],
    ),
    "web vitals": (
        [message("WebVitals", "LCP", "120.5"), message("WebVitals", "CLS", "0")],
        [message("WebVitals", "LCP", "98")],
    ),
    "an issue of the tracker's worker": (
        [
            message("MouseClick", 1, 40, "Send", "button", 10, 20),
            message("IssueEvent", 1, 2, "click_rage", "Send", "button", '{"Count":3}', "http://127.0.0.1:8000/demo"),
        ],
        [message("MouseClick", 1, 40, "Send", "button", 10, 20)],
    ),
    "a busy processor": (
        [message("IssueEvent", 1, 2, "cpu", "http://127.0.0.1:8000/demo", "", '{"Duration":30000,"Rate":81}', "")],
        [],
    ),
    "a resource that the browser reported too late": (
        [
            message("NetworkRequest", "fetch", "GET", "http://127.0.0.1:8000/api?x=1", "", "", 200, 1, 1, 5),
            message("ResourceTiming", *[1] * 6, "http://127.0.0.1:8000/api?x=1", "fetch", 1, False, *[1] * 7),
            message("ResourceTiming", *[1] * 6, "http://127.0.0.1:8000/demo", "fetch", 1, False, *[1] * 7),
        ],
        [
            message("NetworkRequest", "fetch", "GET", "http://127.0.0.1:8000/api?x=1", "", "", 200, 1, 1, 5),
            message("ResourceTiming", *[1] * 6, "http://127.0.0.1:8000/demo", "fetch", 1, False, *[1] * 7),
        ],
    ),
    "a request that was under way when recording began": (
        [
            message("NetworkRequest", "fetch", "POST", "http://127.0.0.1:8001/api/send", "", "", 200, 1, 1, 5),
            message("ResourceTiming", *[1] * 6, "http://127.0.0.1:8001/api/send", "fetch", 1, False, *[1] * 7),
        ],
        [message("ResourceTiming", *[1] * 6, "http://127.0.0.1:8001/api/send", "fetch", 1, False, *[1] * 7)],
    ),
    "numbers of words": (
        [message("StringDictGlobal", 8, "title"), message("SetNodeAttributeDictGlobal", 1, 8, 8)],
        [message("StringDictGlobal", 9, "title"), message("SetNodeAttributeDictGlobal", 1, 9, 9)],
    ),
    "the browser's own request": (
        [message("ResourceTiming", *[1] * 6, "http://127.0.0.1:8000/favicon.ico", "other", 1, False, *[1] * 7)],
        [],
    ),
    "another port of this machine": (
        [message("ConsoleLog", "log", "http://127.0.0.1:8000/x")],
        [message("ConsoleLog", "log", "http://127.0.0.1:8001/x")],
    ),
    "a node that was removed before it was seen": ([message("RemoveNode", 6)], []),
}


@pytest.mark.parametrize("name", PASSED)
def test_what_differs_from_run_to_run_is_no_finding(name: str) -> None:
    """Clocks, measurements and the like are no difference, in either order of the sessions."""
    mine, others = PASSED[name]
    assert _differences(mine, others) == set()
    assert _differences(others, mine) == set()


def test_other_numbers_of_nodes_are_the_same_nodes() -> None:
    """Nodes are compared by their path; their numbers depend on the order in which the page was walked."""
    shifted = [
        message("CreateDocument"),
        message("SetPageLocation", "http://127.0.0.1:8000/demo", "", 800, "Demo"),
        message("CreateElementNode", 21, 0, 0, "INPUT", False),
        message("SetNodeAttribute", 21, "id", "who"),
        message("SetInputValue", 21, "blue", 0),
    ]
    first = [*PAGE[1:5], message("SetInputValue", 1, "blue", 0)]
    assert compare_twins(_view(page=first), _view(page=shifted), session_id="7") == []


def test_urls_of_batch_headers_are_compared() -> None:
    """The header repeats the URL of the page; a URL that the other session has anywhere is no difference."""
    plain, leaking = _view(location="http://127.0.0.1:8000/demo"), _view(location="http://127.0.0.1:8000/demo?q=qzv")
    assert compare_twins(plain, _view(), session_id="7") == []
    (found,) = compare_twins(plain, leaking, session_id="7")
    assert (found.message, found.field, found.channel) == ("BatchMetadata", "Location", "batch header")


def test_a_path_of_only_one_session_is_not_reported() -> None:
    """Such a path may hold a value, for example in an id."""
    findings = _compare(
        [message("CreateElementNode", 9, 2, 2, "LI", False), message("SetNodeAttribute", 9, "id", "qzv")],
        [message("CreateElementNode", 9, 2, 2, "LI", False), message("SetNodeAttribute", 9, "id", "wkp")],
    )
    assert NOT_SHARED in {finding.node for finding in findings}
    assert not any(text in str(finding.to_json()) for finding in findings for text in ("qzv", "wkp"))


DIFFERENT = ([message("SetNodeAttribute", 1, "data-x", "qzv")], [message("SetNodeAttribute", 1, "data-x", "wkp")])


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ({"message": "SetNodeAttribute", "field": "Value", "selector": "#who"}, False),
        ({"selector": "input#who"}, False),
        ({"message": "SetNodeAttribute"}, False),
        ({"selector": "#wh"}, True),
        ({"selector": "input"}, True),
        ({"message": "SetNodeData"}, True),
        ({"field": "Name"}, True),
    ],
    ids=str,
)
def test_only_declared_nondeterminism_is_no_finding(declared: Mapping[str, str], found: bool) -> None:  # noqa: FBT001 - a parameter
    """A declaration names message, field and a whole step of the node's path, each optional."""
    assert bool(_compare(*DIFFERENT, volatile=[declared])) is found


def test_nobody_can_declare_everything() -> None:
    """An empty declaration is an error."""
    with pytest.raises(ValueError, match="has to name"):
        Volatile()


def test_a_finding_says_where_and_gates() -> None:
    """A finding has session and channel, and no value; it gates."""
    (found,) = _compare(*DIFFERENT)
    assert (found.gating, found.accepted_by, found.session_id, found.channel) == (True, None, "7", "attribute")
    assert (found.value_id, found.category) == ("", "")


FIELDS = [
    (kind, field)
    for kind in MESSAGES.values()
    for field in kind.fields
    if kind.name not in {"BatchMetadata", "TabData"} and kind.stream != "backend"
]
PLAIN: Mapping[str, tuple[Value, Value]] = {
    "uint": (1, 2),
    "int": (1, 2),
    "boolean": (False, True),
    "string": ("same", "another"),
}


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=[f"{kind.name}.{field.name}" for kind, field in FIELDS])
def test_every_field_is_compared_or_left_out_with_a_reason(kind: MessageType, field: MessageField) -> None:
    """Two sessions that differ in one field of one message differ, unless the table of exemptions names it."""
    mine, others = (
        message(kind.name, *(PLAIN[other.type][changed and other is field] for other in kind.fields))
        for changed in (False, True)
    )
    found = [finding for finding in _compare([mine], [others]) if finding.field in {field.name, "Name", "Value"}]
    is_place = field.name in {"ID", "ParentID", "FrameID"} and field.type != "string"
    assert found or is_exempt(kind.name, field.name)
    assert is_place or not (found and is_exempt(kind.name, field.name))


def test_no_text_is_left_out_but_random_ids_and_keys() -> None:
    """Every other text could hold a value, and is compared."""
    left_out = {
        (kind.name, field.name) for kind, field in FIELDS if field.type == "string" and is_exempt(kind.name, field.name)
    }
    assert left_out == {("TabChange", "TabId"), ("StringDict", "Key")}


def test_every_exemption_has_a_reason_and_existing_names() -> None:
    """Each has a reason, and names only fields and messages of the message table."""
    fields = {(kind.name, field.name) for kind in MESSAGES.values() for field in kind.fields}
    assert all(exempt.reason and exempt.fields for exempt in RUN_TO_RUN)
    named = {(kind, name) for exempt in RUN_TO_RUN for kind in exempt.messages for name in exempt.fields}
    of_any = {name for exempt in RUN_TO_RUN if not exempt.messages for name in exempt.fields}
    assert named - fields <= {("ResourceTimingDeprecated", name) for name in _of_resources()} | {
        ("ResourceTimingDeprecatedDeprecated", name) for name in _of_resources()
    }
    assert of_any <= {name for _, name in fields}
    assert fields.issuperset(WITHOUT_NUMBERS)


def _of_resources() -> set[str]:
    return {name for exempt in RUN_TO_RUN if "ResourceTiming" in exempt.messages for name in exempt.fields}


def test_texts_that_are_no_messages_are_compared_alike() -> None:
    """Texts of analytics events are compared by message and field."""
    mine, others = [("send", "payload.name", "sent"), ("send", "payload.url", "/a")], [("send", "payload.name", "sent")]
    (found,) = compare_fields(mine, others, session_id="7", system="umami")
    assert (found.system, found.message, found.field) == ("umami", "send", "payload.url")
    assert compare_fields(mine, [*reversed(mine)], session_id="7", system="umami") == []


def _shapes(mine: str, others: str) -> tuple[str, ...]:
    (finding,) = _compare([message("SetNodeData", 5, mine)], [message("SetNodeData", 5, others)])
    return finding.shapes


def test_a_difference_shows_the_shapes_of_both_texts() -> None:
    """A reader learns what kind of text differs, and no letter or digit of it."""
    assert _shapes("Results for Qzv, 12", "Results for Wk") == ("Aaaaaaa aaa Aaa, 99", "Aaaaaaa aaa Aa")


def test_the_shape_of_a_long_text_is_cut() -> None:
    """Of a long text the beginning is shown, and its length."""
    first, second = _shapes("q" * 70, "w")
    assert (first, second) == ("a" * 60 + "\u2026 (70 characters)", "a")


def test_a_text_of_one_session_alone_differs_from_nothing() -> None:
    """Where one session says nothing else, its shape says so."""
    (finding,) = _compare([message("SetNodeData", 5, "qzv")], [])
    assert set(finding.shapes) == {"aaa", "(nothing)"}
