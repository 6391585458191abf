"""What the observer keeps of a page's requests."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest
from playwright.sync_api import BrowserContext, Error

from maskproof.journey import Send
from maskproof.journey.model import CUT_OFF_STATUS, UNREAD, RefusedSend, RefusedUpload
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
    resource_type: str = "fetch"
    headers: dict[str, str] = field(default_factory=dict)

    frame: object = None
    is_navigation: bool = False

    def is_navigation_request(self) -> bool:
        """Whether it asks for another document."""
        return self.is_navigation

    @property
    def existing_response(self) -> Response | None:
        """The response, None if it failed or is not there yet."""
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
    """JSON, forms and queries are submissions; plain pages are not, nor is what is read from other hosts."""
    send(context, f"{BASE}/api/a", {"x": 1}, status=201)
    send(context, f"{BASE}/search?q=boats", method="GET")
    send(context, f"{BASE}/page", method="GET")
    send(context, "http://elsewhere.example/search?q=boats", method="GET")
    send(context, "http://elsewhere.example/api/a", method="OPTIONS")
    assert [(sent.method, sent.path, sent.body, sent.status) for sent in observer.submissions()] == [
        ("POST", "/api/a", {"x": 1}, 201),
        ("GET", "/search", {"q": "boats"}, 200),
    ]


def test_the_api_may_have_an_origin_of_its_own(context: Context, observer: Observer) -> None:
    """What a form sends there is a submission; what the trackers send to theirs is none."""
    send(context, "http://api.shop.example/v2/orders", {"x": 1}, status=201, method="PUT")
    send(context, "http://127.0.0.1:2/ingest/v1/web/start", {}, answer="{}")
    send(context, UMAMI, {"type": "event", "payload": {}})
    assert [(sent.method, sent.path, sent.body) for sent in observer.submissions()] == [("PUT", "/v2/orders", {"x": 1})]


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


def test_the_version_of_a_script_is_no_submission(context: Context, observer: Observer) -> None:
    """The two builds have other versions; what a page asks for by itself, or is opened with, carries data."""
    for kind in ("script", "stylesheet", "image", "font", "document", "xhr"):
        context.fire("request", Request(f"{BASE}/{kind}?v=1", "GET", resource_type=kind))
    assert [sent.path for sent in observer.submissions()] == ["/document", "/xhr"]


def test_an_answer_that_nobody_reads_is_an_answer(context: Context, observer: Observer) -> None:
    """Chromium never finishes a request with `no-store` whose body the page does not read."""
    request = Request(f"{BASE}/api/order", post_data_buffer=b'{"plan": "team"}')
    context.fire("request", request)
    assert not observer.is_quiet
    request.answer = Response(200, "{}", request)
    context.fire("response", request.answer)
    assert observer.is_quiet
    assert [(sent.body, sent.status) for sent in observer.submissions()] == [({"plan": "team"}, 200)]


def test_submissions_are_in_the_order_in_which_they_were_sent(context: Context, observer: Observer) -> None:
    """Answers come as they like; a request without one has status 0."""
    first, second = (Request(f"{BASE}/api/{name}", post_data_buffer=b"{}") for name in ("slow", "quick"))
    for request in (first, second):
        context.fire("request", request)
    second.answer = Response(200, "", second)
    context.fire("response", second.answer)
    assert [(sent.path, sent.status) for sent in observer.submissions()] == [("/api/slow", 0), ("/api/quick", 200)]


def test_an_own_path_like_umamis_is_a_submission(context: Context, observer: Observer) -> None:
    """Only requests to the target's base URLs, or with its keys, are the trackers'."""
    send(context, f"{BASE}/api/send", {"type": "event", "payload": {"name": "mail"}})
    send(context, f"{BASE}/ingest/v1/web/i?batch=1_1", {})
    assert [sent.path for sent in observer.submissions()] == ["/api/send", "/ingest/v1/web/i"]
    assert (observer.sends(), observer.batches_sent()) == ([], ())


def test_trackers_behind_the_applications_own_origin_are_no_submissions(context: Context, observer: Observer) -> None:
    """They name the website and the project; what follows a start to the same base URL is OpenReplay's too."""
    send(context, f"{BASE}/stats/api/send", {"type": "event", "payload": {"website": "site"}}, answer="{}")
    send(context, f"{BASE}/or/v1/web/start", {"projectKey": "key"}, answer='{"sessionID": "7"}')
    send(context, f"{BASE}/or/v1/web/i?batch=1_1_1")
    send(context, f"{BASE}/or/v1/web/tags")
    observer.drain()
    assert observer.submissions() == []
    assert [one.kind for one in observer.sends()] == ["pageview"]
    assert (observer.start_answers, observer.batches_sent()) == (1, ("1_1",))


def test_an_event_whose_answer_is_gone_is_of_unknown_fate(context: Context, observer: Observer) -> None:
    """The page was left before anybody read the answer: that is no refusal."""
    request = send(context, UMAMI, {"type": "event", "payload": {"name": "left"}}, answer='{"sessionId": "s1"}')
    cast("Response", request.answer).is_gone = True
    observer.drain()
    assert observer.sends() == []
    assert observer.sends_unanswered() == [Send("event", "left", "")]


def test_a_refused_upload_is_kept_with_the_reason(context: Context, observer: Observer) -> None:
    """Status and words of the server say why nothing is stored."""
    send(context, f"{INGEST}/i?batch=5_1_1", status=413, answer="body\n too large")
    send(context, f"{INGEST}/i?batch=5_2_1")
    observer.drain()
    assert observer.batches_refused() == [RefusedUpload("5_1", 413, "body too large")]


def test_failed_requests_are_named_without_their_query(context: Context, observer: Observer) -> None:
    """Whatever failed may be why a step could not be done."""
    send(context, f"{BASE}/api/a?mail=x", status=404, method="GET")
    request = Request("http://elsewhere.example/b.js", "GET", failure="net::ERR_FAILED")
    context.fire("requestfailed", request)
    assert observer.failed_requests() == [
        "GET 127.0.0.1:1/api/a: status 404",
        "GET elsewhere.example/b.js: net::ERR_FAILED",
    ]


def test_what_a_policy_stopped_is_known(observer: Observer) -> None:
    """A policy that only reports stops nothing."""
    refused = "Refused to connect because it violates the following Content Security Policy directive"
    observer.console_errors += ["TypeError", refused, f"[Report Only] {refused}"]
    assert observer.blocked() == [refused]


def test_a_submission_that_the_browser_ended_is_of_unknown_answer(context: Context, observer: Observer) -> None:
    """Its page was left; a server that is down is another failure."""
    for failure in ("net::ERR_ABORTED", "NS_BINDING_ABORTED", "net::ERR_FAILED"):
        request = Request(f"{BASE}/api/order", failure=failure)
        context.fire("request", request)
        context.fire("requestfailed", request)
    assert [sent.status for sent in observer.submissions()] == [CUT_OFF_STATUS, CUT_OFF_STATUS, 0]


def test_a_body_that_is_not_known_is_not_made_up(context: Context) -> None:
    """It is no empty form: what was carried has to be compared."""
    observer = Observer(cast("BrowserContext", context), BASE, replace(TRACKERS, body=lambda _: None))
    context.fire("request", Request(f"{BASE}/api/order", post_data_buffer=b"a=1"))
    assert [sent.body for sent in observer.submissions()] == [UNREAD]


@dataclass
class Message:
    """A message of the console as Playwright returns it."""

    text: str
    url: str
    type: str = "error"

    @property
    def location(self) -> dict[str, str]:
        """Where it comes from."""
        return {"url": self.url}


def test_a_resource_that_did_not_load_is_named(context: Context, observer: Observer) -> None:
    """Of the application's own only the path, since its two builds have other ports."""
    for url in (f"{BASE}/logo.png?v=1", UMAMI, f"{BASE}/app.js"):
        text = "TypeError" if url.endswith("js") else "Failed to load resource: status 404"
        context.fire("console", Message(text, url))
    assert observer.console_errors == [
        "Failed to load resource: status 404 (/logo.png)",
        "Failed to load resource: status 404 (127.0.0.1:3/api/send)",
        "TypeError",
    ]


@dataclass(eq=False)
class Frame:
    """A frame of a page."""

    parent_frame: "Frame | None" = None


def under_way(context: Context, frame: Frame) -> Request:
    """A submission whose event is fired, and that nobody has answered."""
    request = Request(f"{BASE}/api/orders", post_data_buffer=b"{}", frame=frame)
    context.fire("request", request)
    return request


def test_what_is_under_way_in_a_page_that_is_left_is_not_waited_for(context: Context, observer: Observer) -> None:
    """Some browsers never say that it has ended, or how; frames go with their page, and other pages stay."""
    page, other = Frame(), Frame()
    for frame in (page, Frame(page), other):
        under_way(context, frame)
    context.fire("request", Request(f"{BASE}/next", "GET", frame=page, is_navigation=True))
    observer.give_up()
    assert not observer.is_quiet
    assert [sent.status for sent in observer.submissions()] == [CUT_OFF_STATUS, CUT_OFF_STATUS, 0]


def test_what_was_answered_though_its_page_was_left_has_its_status(context: Context, observer: Observer) -> None:
    """A beacon outlives its page."""
    page = Frame()
    request = under_way(context, page)
    context.fire("request", Request(f"{BASE}/next", "GET", frame=page, is_navigation=True))
    assert not observer.is_quiet
    request.answer = Response(201, "", request)
    context.fire("response", request.answer)
    assert observer.is_quiet
    assert [one.status for one in observer.submissions()] == [201]
