"""A journey through a small form and what it left behind; each test changes the part that it is about."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from maskproof.forms.model import Expected, Field, FormFixture, Step, Submit
from maskproof.journey import Click, Ledger, LedgerStep, Send, SessionStart, Submission
from maskproof.journey.outline import OutlineNode, PageOutline
from maskproof.openreplay.batches import decode_batch
from maskproof.openreplay.client import SessionInDatabase
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.primitives import Value
from maskproof.openreplay.recordings import HEADER_V2, Recording, decode_recording
from maskproof.recording.journey_record import JourneyRecord, WireFile
from maskproof.umami.model import UmamiEvent

SESSION, VISIT = "7100000000000000001", "eae08ac9-184b-517a-8080-5c8eb4fa21ef"
Sent = tuple[int, tuple[Value, ...]]

FORM = FormFixture(
    source=Path("forms/demo.yaml"),
    id="demo",
    title="Demo",
    path="/demo",
    protocols=(1, 2),
    fields={
        "email": Field("email", "#email", "E-mail", "email", value="user.email"),
        "plan": Field("plan", "#plan", "Plan", "none", fixed="blue-plan"),
        "terms": Field("terms", "#terms", "Terms", "none", fixed="accepted"),
    },
    steps=(
        Step("fill", {"field": "email"}, 10),
        Step("fill", {"field": "plan"}, 11),
        Step("check", {"field": "terms"}, 12),
        Step("click", {"selector": "button", "label": "Send"}, 13),
    ),
    success=Expected("h1", "Thanks"),
    seed=None,
    planted=(),
    controls=("Welcome to the demo",),
    submits=(Submit("POST", "/api/demo", {"email": {"field": "email"}, "plan": "blue-plan"}),),
    events=("sent",),
    page_views=("/demo", "/thanks"),
    navigations=("/demo", "/thanks"),
    volatile=(),
)

LEDGER = Ledger(
    form="demo",
    build="instrumented",
    base_url="http://127.0.0.1:1",
    user_agent="mp-session/1",
    started_ms=1000,
    ended_ms=9000,
    steps=(LedgerStep("goto", 1, 1100, before_recording=True), LedgerStep("fill", 10, 1500, before_recording=False)),
    clicks=(Click("button", "Send", before_recording=False),),
    navigations=("/demo", "/thanks"),
    messages=(("#email-error", "Enter an address"),),
    submissions=(Submission("POST", "/api/demo", {"email": "[user.email]", "plan": "blue-plan"}, 200),),
    starts=(SessionStart(200, SESSION, "", 1300),),
    batches=("1_1", "1_2"),
    batches_unanswered=(),
    batches_cut_off=(),
    sends=(Send("pageview", "", VISIT), Send("pageview", "", VISIT), Send("event", "sent", VISIT, "sent")),
    sends_refused=(),
    sends_unanswered=(),
    final_path="/thanks",
    final_dom="<body>\n <h1>\n  Thanks",
    console_errors=(),
    guard_report={"input value": 1},
    gap_ms=200,
    data_types={"1_1": "player", "1_2": "player"},
    outlines=(PageOutline("/thanks", (OutlineNode(0, "body"),), (), ()),),
)

MESSAGES: tuple[Sent, ...] = (
    message("Timestamp", 1300),
    message("CreateDocument"),
    message("SetPageLocation", "http://127.0.0.1:1/demo", "", 1000, "Demo"),
    message("CreateElementNode", 1, 0, 0, "INPUT", False),
    message("SetNodeAttribute", 1, "id", "plan"),
    message("CreateElementNode", 2, 0, 1, "INPUT", False),
    message("SetNodeAttribute", 2, "id", "terms"),
    message("CreateTextNode", 3, 0, 2),
    message("SetNodeData", 3, "Welcome to the demo"),
    message("CreateElementNode", 4, 0, 3, "BODY", False),
    message("SetInputValue", 1, "blue-plan", 0),
    message("SetInputChecked", 2, True),
    message("MouseClick", 4, 0, "Send", "button", 0, 0),
    message("SetPageLocation", "http://127.0.0.1:1/thanks?x=1", "", 2000, "Thanks"),
)


def without(name: str, *values: object) -> tuple[Sent, ...]:
    """The messages without those of a name; with values, only those that hold one of them are left out."""
    dropped = [sent for sent in MESSAGES if _is(sent, name, values)]
    assert dropped
    return tuple(sent for sent in MESSAGES if sent not in dropped)


def _is(sent: Sent, name: str, values: tuple[object, ...]) -> bool:
    return sent[0] == message_id(name) and (not values or any(value in sent[1] for value in values))


def message_id(name: str) -> int:
    """The id of a message."""
    from maskproof.openreplay.messages import BY_NAME

    return BY_NAME[name].id


def recording(messages: tuple[Sent, ...] = MESSAGES) -> Recording:
    """A stored recording of messages in two batches, one an upload, through the decoder."""
    half = len(messages) // 2
    batches = (
        encode_batch(messages[:half], version=2),
        encode_batch(messages[half:], version=2, first_index=half),
    )
    return decode_recording([HEADER_V2 + b"".join(batches)], source="demo/dom")


def wire(messages: tuple[Sent, ...] = MESSAGES) -> WireFile:
    """An upload of messages that was accepted, the first of its page."""
    return WireFile("002.bin", "i", "player", 0, "1_1", is_accepted=True, data=encode_batch(messages, version=2))


def umami_event(kind: str, name: str = "", path: str = "/demo") -> UmamiEvent:
    """A stored page view or custom event."""
    return UmamiEvent(f"{kind}-{name}-{len(path)}", VISIT, kind, name, path, "", "", "", "2026-11-23")  # type: ignore[arg-type]


def journey_record(**changes: Any) -> JourneyRecord:
    """What the journey left behind, without a wire."""
    return replace(
        JourneyRecord(
            ledger=LEDGER,
            personas=FORM.personas("seed"),
            session_id=SESSION,
            wire=(),
            batches=(),
            recordings=(recording(),),
            stored_sessions=(SESSION,),
            umami_events=(
                umami_event("pageview"),
                umami_event("pageview", path="/thanks"),
                umami_event("event", "sent", "/thanks"),
            ),
            umami_data=(),
            umami_wire=(),
            database=SessionInDatabase(),
        ),
        **changes,
    )


def with_wire(*files: WireFile, **changes: Any) -> JourneyRecord:
    """The same with the wire that the collector kept; the second upload of the page has the window's size."""
    files = files or (wire(), replace(wire((message("SetViewportSize", 800, 600),)), name="003.bin", batch="1_2"))
    stored = recording((*MESSAGES, message("SetViewportSize", 800, 600)))
    batches = tuple(decode_batch(file.data, source=file.name) for file in files)
    return journey_record(**({"wire": files, "batches": batches, "recordings": (stored,)} | changes))
