"""What the observer keeps of a page's requests."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from playwright.sync_api import BrowserContext, Error

from maskproof.journey import Send
from maskproof.journey.model import RefusedSend
from maskproof.journey.observe import Observer
from maskproof.journey.sends import umami_session_of
from maskproof.journey.trackers import Trackers

BASE = "http://127.0.0.1:1"
INGEST = "http://127.0.0.1:2/ingest/v1/web"
UMAMI = "http://127.0.0.1:3/api/send"
TRACKERS = Trackers("http://127.0.0.1:2/ingest", "http://127.0.0.1:3", "key", "site")


@dataclass(eq=False)
class Response:
    """A response as Playwright returns it; its body is gone once the page is left."""

    status: int
    body: str
    request: "Request | None" = None
    is_gone: bool = False

    @property
    def ok(self) -> bool:
        """Whether the status is good."""
        return self.status < 400

    def text(self) -> str:
        """The body."""
        if self.is_gone:
            raise Error("No resource with given identifier found")
        return self.body


@dataclass(eq=False)
class Request:
    """A request as Playwright returns it."""

    url: str
    method: str = "POST"
    post_data_buffer: bytes | None = None
    answer: Response | None = None
    failure: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> Response | None:
        """The response, None if it failed."""
        return self.answer


@dataclass
class Context:
    """A browser context whose events the test fires."""

    handlers: dict[str, Callable[[Any], None]] = field(default_factory=dict)

    def on(self, event: str, handler: Callable[[Any], None]) -> None:
        """Register a handler."""
        self.handlers[event] = handler

    def fire(self, event: str, what: object) -> None:
        """Call the handler of an event."""
        self.handlers[event](what)


@pytest.fixture
def context() -> Context:
    """A context without any event yet."""
    return Context()


@pytest.fixture
def observer(context: Context) -> Observer:
    """An observer of the context."""
    return Observer(cast("BrowserContext", context), BASE, TRACKERS)


def send(
    context: Context, url: str, body: object = None, status: int = 200, answer: str = "", method: str = "POST"
) -> Request:
    """Fire the events of one request and its response; with status 0 it fails."""
    request = Request(url, method, None if body is None else json.dumps(body).encode())
    context.fire("request", request)
    if status:
        request.answer = Response(status, answer, request)
        context.fire("response", request.answer)
    context.fire("requestfinished" if status else "requestfailed", request)
    return request


def test_a_start_is_kept_with_its_session(context: Context, observer: Observer) -> None:
    """The session id is kept if the response was drained before the page is left."""
    request = send(context, f"{INGEST}/start", {}, answer='{"sessionID": "7"}')
    observer.drain()
    cast("Response", request.answer).is_gone = True
    (start,) = observer.starts()
    assert (start.status, start.session_id, start.reason) == (200, "7", "")


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [(403, "no such project", "no such project"), (0, "", "no answer"), (200, "[]", "[]")],
)
def test_a_start_that_was_refused_says_why(
    context: Context, observer: Observer, status: int, answer: str, reason: str
) -> None:
    """A refused start has no session, and its reason is what the server said."""
    send(context, f"{INGEST}/start", {}, status, answer)
    observer.drain()
    (start,) = observer.starts()
    assert (start.status, start.session_id, start.reason) == (status, "", reason)


def test_batches_are_known_by_page_and_number(context: Context, observer: Observer) -> None:
    """A retry has the number of its first try; batches without a good answer are listed apart."""
    send(context, f"{INGEST}/i?batch=5_1_1_kyes", status=503)
    send(context, f"{INGEST}/i?batch=5_1_2_kyes")
    send(context, f"{INGEST}/i?batch=5_2_1_kyes", status=0)
    send(context, f"{INGEST}/i")
    assert observer.batches_sent() == ("5_1", "5_1", "5_2", "")
    assert observer.batches_unanswered() == ("5_1", "5_2")


def test_a_batch_that_the_browser_aborted_is_listed(context: Context, observer: Observer) -> None:
    """A page that is left aborts its requests; a server that is down is another failure."""
    for number, failure in ((1, "net::ERR_ABORTED"), (2, "net::ERR_CONNECTION_REFUSED")):
        request = send(context, f"{INGEST}/i?batch=5_{number}_1_kyes", status=0)
        request.failure = failure
    assert observer.batches_cut_off() == ("5_1",)


def test_a_request_that_is_on_its_way_keeps_the_page_busy(context: Context, observer: Observer) -> None:
    """The page is quiet once the request is answered or has failed."""
    request = Request(UMAMI)
    context.fire("request", request)
    assert not observer.is_quiet
    context.fire("requestfailed", request)
    assert observer.is_quiet


def test_events_are_kept_with_kind_and_name(context: Context, observer: Observer) -> None:
    """An event without a name is a page view; what was refused or got no answer is kept apart."""
    for body in (
        {"type": "event", "payload": {}},
        {"type": "event", "payload": {"name": "sent"}},
        {"type": "identify"},
    ):
        send(context, UMAMI, body, answer='{"sessionId": "s1"}')
    send(context, UMAMI, {"type": "event", "payload": {"name": "late"}}, status=500)
    cut_off = Request(
        UMAMI, post_data_buffer=json.dumps({"type": "event", "payload": {"name": "left"}}).encode(), failure="aborted"
    )
    context.fire("requestfailed", cut_off)
    observer.drain()
    assert observer.sends() == [Send("pageview", "", "s1"), Send("event", "sent", "s1"), Send("identify", "", "s1")]
    assert observer.sends_refused() == [RefusedSend("event", "late", 4, 500)]
    assert observer.sends_unanswered() == [Send("event", "left", "")]


def test_submissions_are_what_carries_data_to_the_application(context: Context, observer: Observer) -> None:
    """JSON, forms and queries are submissions; plain pages and requests to other hosts are not."""
    send(context, f"{BASE}/api/a", {"x": 1}, status=201)
    send(context, f"{BASE}/search?q=boats", method="GET")
    send(context, f"{BASE}/page", method="GET")
    send(context, "http://elsewhere.example/api/a", {"x": 1})
    assert [(sent.method, sent.path, sent.body, sent.status) for sent in observer.submissions()] == [
        ("POST", "/api/a", {"x": 1}, 201),
        ("GET", "/search", {"q": "boats"}, 200),
    ]


JWT_PARTS = ("head", base64.urlsafe_b64encode(b'{"id": "s1"}').decode().rstrip("="), "signature")


@pytest.mark.parametrize(
    ("answer", "session"),
    [
        ('{"cache": "x", "sessionId": "s1"}', "s1"),
        (".".join(JWT_PARTS), "s1"),
        (f'"{".".join(JWT_PARTS)}"', "s1"),
        ("{}", ""),
        ('{"beep":"boop"}', ""),
        ("", ""),
        ("a.b.c", ""),
        ("a.WzFd.c", ""),
        ("[]", ""),
        ("400 Bad Request", ""),
    ],
)
def test_the_session_is_read_from_umamis_answer(answer: str, session: str) -> None:
    """2.10 answers with a token and later versions with JSON; the answer to a bot has no session."""
    assert umami_session_of(answer) == session


def test_what_each_upload_carried_is_kept(context: Context, observer: Observer) -> None:
    """A retry carries what its first try did; under protocol version 1 nothing is said."""
    sent = {"1_1_0": "visual", "1_2_0": "devtools", "1_2_1": "devtools", "1_3_0": ""}
    for number, kind in sent.items():
        headers = {"datatype": kind} if kind else {}
        request = Request(f"{INGEST}/i?batch={number}", answer=Response(200, ""), headers=headers)
        context.fire("requestfinished", request)
    assert observer.data_types() == {"1_1": "visual", "1_2": "devtools", "1_3": ""}
