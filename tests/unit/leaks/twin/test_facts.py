"""The facts of a session, place by place."""

import pytest

from maskproof.leaks.twin.facts import Place, SessionFacts, facts_of, parts_of, settled
from maskproof.openreplay.batches import decode_batch
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.primitives import Value
from maskproof.openreplay.session import SessionView

Sent = tuple[int, tuple[Value, ...]]
PAGE = (
    message("CreateDocument"),
    message("CreateElementNode", 1, 0, 0, "INPUT", False),
    message("SetNodeAttribute", 1, "id", "who"),
)
ADDRESS = "http://127.0.0.1:8000/api?q=blue"


def _said(*messages: Sent) -> dict[Place, list[str]]:
    """The facts that messages add to those of the page."""
    page, all_of_it = (
        facts_of(SessionView([decode_batch(encode_batch(some), source="batch")])).at
        for some in (PAGE, [*PAGE, *messages])
    )
    return {place: texts for place, texts in all_of_it.items() if page.get(place) != texts}


def test_a_place_keeps_every_text_that_ever_stood_there() -> None:
    """The texts of a place are in order, each once."""
    facts = SessionFacts()
    for text in ("one", "two", "one"):
        facts.add("SetNodeData", "Data", "p", text)
    facts.add("SetNodeData", "Data", "li", "one")
    assert facts.at == {Place("SetNodeData", "Data", "p"): ["one", "two"], Place("SetNodeData", "Data", "li"): ["one"]}
    assert facts.nodes == {"p", "li"}


def test_words_of_the_protocol_are_not_noted() -> None:
    """Words of the protocol are left out; other texts in the same field are noted."""
    facts = SessionFacts()
    facts.add("WebVitals", "Name", "", "LCP")
    facts.add("WebVitals", "Name", "", "blue")
    assert facts.at == {Place("WebVitals", "Name", ""): ["blue"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", True),
        ("http://127.0.0.1/api?q=blue", True),
        ("http://127.0.0.1/blue/api", True),
        ("http://127.0.0.1/api?q=red", False),
        ("api", False),
        ("only in an echo", False),
    ],
    ids=["a text", "a URL", "its parts", "another part", "a part that is no URL", "what only repeats"],
)
def test_what_a_session_repeats(text: str, expected: bool) -> None:  # noqa: FBT001 - a parameter
    """A text repeats if it, or each part of a URL, stands anywhere but in fields that only repeat others."""
    facts = SessionFacts()
    facts.add("SetNodeData", "Data", "p", "plain")
    facts.add("NetworkRequest", "URL", "", "http://127.0.0.1/api?q=blue")
    facts.add("IssueEvent", "Context", "", "only in an echo")
    assert facts.repeats(text) is expected


@pytest.mark.parametrize(
    ("message_name", "field", "text", "expected"),
    [
        ("ConsoleLog", "Value", "http://127.0.0.1:8000/x on localhost:93", "http://127.0.0.1/x on localhost"),
        ("ConsoleLog", "Value", "took 12.5 ms at example.com:8000", "took 12.5 ms at example.com:8000"),
        ("WebVitals", "Value", "12.5", "0"),
        ("IssueEvent", "Payload", '{"Rate":1.5e-7,"Count":3}', '{"Rate":0,"Count":0}'),
    ],
)
def test_what_depends_on_the_machine_is_removed(message_name: str, field: str, text: str, expected: str) -> None:
    """Ports of this machine are removed anywhere, and numbers in fields that hold only measurements."""
    assert settled(message_name, field, text) == expected


def test_a_url_has_parts() -> None:
    """URLs are split at their separators; the parts of several are one set."""
    assert parts_of(["http://a/b?c=d&e#f", "/b/g"]) == {"http:", "a", "b", "c", "d", "e", "f", "g", ""}


def test_an_attribute_is_noted_with_its_name() -> None:
    """The name tells two attributes with exchanged values apart."""
    assert _said(message("SetNodeAttribute", 1, "title", "blue")) == {
        Place("SetNodeAttribute", "Name", "input#who"): ["id", "title"],
        Place("SetNodeAttribute", "Value", "input#who"): ["id=who", "title=blue"],
    }


def test_words_of_a_dictionary_stand_for_their_numbers() -> None:
    """The numbers of words depend on their order, so the words themselves are noted."""
    words = [message("StringDictGlobal", 7, "title"), message("StringDictGlobal", 8, "blue")]
    said = _said(*words, message("SetNodeAttributeDictGlobal", 1, 7, 8))
    assert said[Place("SetNodeAttributeDictGlobal", "Value", "input#who")] == ["title=blue"]
    assert not {"7", "8"} & {text for texts in said.values() for text in texts}


def test_a_mask_is_noted_with_its_greatest_length() -> None:
    """A mask grows while somebody types; a hidden or plain value is noted as it is."""
    masks = [message("SetInputValue", 1, "", mask) for mask in (1, 9, 4, -1)]
    assert _said(*masks)[Place("SetInputValue", "Mask", "input#who")] == ["-1", "9"]


def test_a_request_is_noted_at_its_url() -> None:
    """A request is noted with all that it sent and got, without times."""
    request = message("NetworkRequest", "fetch", "POST", ADDRESS, "sent", "", 200, 17, 18, 50)
    at = "http://127.0.0.1/api?q=blue"
    assert _said(request) == {
        Place("NetworkRequest", "Type", at): ["fetch"],
        Place("NetworkRequest", "Method", at): ["POST"],
        Place("NetworkRequest", "URL", at): [at],
        Place("NetworkRequest", "Request", at): ["sent"],
        Place("NetworkRequest", "Status", at): ["200"],
        Place("NetworkRequest", "TransferredBodySize", at): ["50"],
    }


@pytest.mark.parametrize(
    ("address", "expected"),
    [(ADDRESS, ["http://127.0.0.1/api?q=blue"]), ("http://127.0.0.1:8000/favicon.ico", None)],
    ids=["the page's", "the browser's"],
)
def test_a_resource_is_noted_unless_the_browser_requested_it(address: str, expected: list[str] | None) -> None:
    """The browser requests the icon of a site by itself, once."""
    said = _said(message("ResourceTiming", *[1] * 6, address, "fetch", 1, False, *[1] * 7))
    assert said.get(Place("ResourceTiming", "URL", "")) == expected
    assert Place("ResourceTiming", "TTFB", "") not in said


@pytest.mark.parametrize(
    ("name", "more"), [("ResourceTimingDeprecated", [1, False]), ("ResourceTimingDeprecatedDeprecated", [])]
)
def test_a_resource_of_an_older_tracker_stands_at_the_same_place(name: str, more: list[int]) -> None:
    """So that a request which one session noted by itself is found among those that the browser lists."""
    said = _said(message(name, *[1] * 6, ADDRESS, "fetch", *more))
    assert said[Place("ResourceTiming", "URL", "")] == ["http://127.0.0.1/api?q=blue"]
    assert not [place for place in said if place.message == name]


def test_messages_that_the_application_causes_are_counted() -> None:
    """Their number may reveal as much as their content; the number of others depends on the clock."""
    said = _said(*[message("ConsoleLog", "log", "key")] * 5, *[message("MouseMove", 1, 1)] * 3)
    assert said == {
        Place("ConsoleLog", "Level", ""): ["log"],
        Place("ConsoleLog", "Value", ""): ["key"],
        Place("ConsoleLog", "(how many)", ""): ["5"],
    }
