"""Watches what a page sends: to the application, to OpenReplay's ingest, to Umami."""

import contextlib
import json
from collections import Counter
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Frame, Request, Response, WebError

from maskproof.clock import now_ms
from maskproof.journey.model import (
    CUT_OFF_STATUS,
    UNREAD,
    RefusedSend,
    RefusedUpload,
    Send,
    SessionStart,
    Submission,
)
from maskproof.journey.requests import SHOWN_CHARACTERS, ReadBody, fields_of, is_good, query_of, response_of, text_of
from maskproof.journey.sends import refused_send, send_of
from maskproof.journey.trackers import Trackers

DATA_TYPE = "datatype"
CONFIG_PATH = "/tracking-config.json"
# The words of Chromium and of Firefox for a request that was aborted.
CUT_OFF = frozenset({"net::ERR_ABORTED", "NS_BINDING_ABORTED", "NS_ERROR_ABORT"})
# Chromium's words for a request that a content security policy stopped, and for one that it would stop.
BLOCKED, ONLY_REPORTED = "Content Security Policy", "[Report Only]"
ERROR_STATUS = 400
# What carries data in a query. Scripts, styles and pictures have versions there, which differ between two builds.
ASKED_BY_PAGES = frozenset({"document", "fetch", "xhr"})
# Methods of requests that enter nothing.
READING = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_LOADED = "Failed to load resource"


class Observer:
    """
    Keeps the requests of one browser context to the application, to OpenReplay and to Umami.

    A browser drops response bodies when the page is left, so `drain` has to be called after each step.

    Args:
        context: The session's context; watched until it closes.
        base_url: The application's base URL.
        trackers: Which requests are the trackers'.

    """

    def __init__(self, context: BrowserContext, base_url: str, trackers: Trackers) -> None:
        self._base = urlsplit(base_url)
        self._trackers = trackers
        self._pending: set[Request] = set()
        # Requests of the trackers that were answered or failed, each sorted once.
        self._starts: list[Request] = []
        self._batches: list[Request] = []
        self._sent: list[Request] = []
        self._submitted: list[Request] = []
        self._left: set[Request] = set()
        self._failed: list[Request] = []
        self._answered_ms: dict[Request, int] = {}
        self._bodies: dict[Request, str | None] = {}
        self.console_errors: list[str] = []
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("requestfinished", self._settle)
        context.on("requestfailed", self._on_failure)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console_errors.append(message.text + self._source(message))

    def _source(self, message: ConsoleMessage) -> str:
        """What a resource was that did not load; the application's own only by path: its builds have other ports."""
        url = urlsplit(str(message.location.get("url", "")))
        if not message.text.startswith(NOT_LOADED) or not url.path:
            return ""
        return f" ({url.path})" if url.netloc == self._base.netloc else f" ({url.netloc}{url.path})"

    def _on_error(self, error: WebError) -> None:
        self.console_errors.append(str(error.error))

    def _on_request(self, request: Request) -> None:
        if request.is_navigation_request():
            self._leave(request)
        if self._is_submission(request):
            self._submitted.append(request)
            self._pending.add(request)
        elif self._is_tracking(request):
            self._pending.add(request)

    def _leave(self, navigation: Request) -> None:
        """Note what is under way in the page, or the frame, that is about to be left."""
        with contextlib.suppress(Error):  # a page that is only being opened has no frame yet
            frame = navigation.frame
            self._left.update(request for request in self._pending if _is_within(request, frame))

    def _on_response(self, response: Response) -> None:
        request = response.request
        self._answered_ms[request] = now_ms()
        if response.status >= ERROR_STATUS:
            self._failed.append(request)
        # Chromium never finishes a request with `no-store` whose body nobody reads. It was sent and answered.
        if request in self._submitted:
            self._pending.discard(request)

    def _on_failure(self, request: Request) -> None:
        self._failed.append(request)
        self._settle(request)

    def _settle(self, request: Request) -> None:
        self._pending.discard(request)
        if self._trackers.is_start(request):
            self._starts.append(request)
        elif self._trackers.is_batch(request):
            self._batches.append(request)
        elif self._trackers.is_send(request):
            self._sent.append(request)

    def drain(self) -> None:
        """Read the bodies of the responses that arrived since the last call."""
        refused = (request for request in self._batches if request in self._failed)
        for request in (*self._starts, *self._sent, *refused):
            if request not in self._bodies:
                self._bodies[request] = text_of(response_of(request))

    @property
    def is_quiet(self) -> bool:
        """Whether no tracking request and no submission is pending."""
        return not self._pending

    def give_up(self) -> None:
        """Wait no longer for requests whose page was left: not every browser says that such a request has ended."""
        self._pending -= self._left

    @property
    def start_answers(self) -> int:
        """How often OpenReplay's `/start` was answered or failed so far."""
        return len(self._starts)

    @property
    def batches(self) -> int:
        """How many batches were answered so far."""
        return len(self._batches)

    def analytics(self) -> Counter[str]:
        """How many analytics events were answered or failed so far, by name; page views have none."""
        return Counter(self._send(request).name for request in self._sent)

    def _is_tracking(self, request: Request) -> bool:
        known = self._trackers
        return known.is_start(request) or known.is_batch(request) or known.is_send(request)

    def _is_submission(self, request: Request) -> bool:
        url = urlsplit(request.url)
        if url.path == CONFIG_PATH or self._trackers.is_any(request):
            return False
        if url.netloc != self._base.netloc:
            # The API of an application may have an origin of its own.
            return request.method not in READING and request.resource_type in ASKED_BY_PAGES
        return request.method != "GET" or (bool(url.query) and request.resource_type in ASKED_BY_PAGES)

    def submissions(self) -> list[Submission]:
        """Every request that carried data to the application, in the order in which they were sent."""
        read = self._trackers.body
        return [_submission(request, read, is_left=request in self._left) for request in self._submitted]

    def failed_requests(self) -> list[str]:
        """Every request that failed or was answered with an error, as a line without its query."""
        return [_failure(request) for request in dict.fromkeys(self._failed) if not is_good(request)]

    def blocked(self) -> list[str]:
        """What a content security policy of the page stopped, in the browser's words."""
        return [text for text in self.console_errors if BLOCKED in text and not text.startswith(ONLY_REPORTED)]

    def starts(self) -> list[SessionStart]:
        """Every `/start`; one without an answer has status 0."""
        return [
            _start(request, self._bodies.get(request) or "", self._answered_ms.get(request, now_ms()))
            for request in self._starts
        ]

    def batches_sent(self) -> tuple[str, ...]:
        """Ids of every batch that was sent to OpenReplay."""
        return tuple(_batch_id(request) for request in self._batches)

    def data_types(self) -> dict[str, str]:
        """What each batch that was sent to OpenReplay carried, by its id."""
        batches = {_batch_id(request): request for request in self._batches}
        return {batch: request.headers.get(DATA_TYPE, "") for batch, request in batches.items()}

    def batches_unanswered(self) -> tuple[str, ...]:
        """Ids of the batches that got no good answer while the page was open."""
        return tuple(_batch_id(request) for request in self._batches if not is_good(request))

    def batches_refused(self) -> list[RefusedUpload]:
        """The batches that were answered with an error, with what the server said."""
        answered = ((request, response_of(request)) for request in self._batches)
        return [
            RefusedUpload(_batch_id(request), response.status, _said(self._bodies.get(request)))
            for request, response in answered
            if response is not None and not response.ok
        ]

    def batches_cut_off(self) -> tuple[str, ...]:
        """
        Ids of the batches whose request the browser aborted, as it does when a page is left.

        Many of them had been answered: the tracker's worker does not read bodies, and Chromium aborts such requests.
        """
        return tuple(_batch_id(request) for request in self._batches if request.failure in CUT_OFF)

    def sends(self) -> list[Send]:
        """Every event that Umami answered well, if the page was still there when the answer was read."""
        return [self._send(request, self._bodies[request] or "") for request in self._sent if self._is_read(request)]

    def sends_refused(self) -> list[RefusedSend]:
        """Every event that Umami answered with an error, its name as it was sent."""
        answered = ((request, response_of(request)) for request in self._sent)
        return [
            refused_send(self._send(request), response.status, _said(self._bodies.get(request)))
            for request, response in answered
            if response is not None and not response.ok
        ]

    def sends_unanswered(self) -> list[Send]:
        """Every event whose answer is not known, as when its page or window was left."""
        return [
            self._send(request)
            for request in self._sent
            if response_of(request) is None or (is_good(request) and not self._is_read(request))
        ]

    def _send(self, request: Request, answer: str = "") -> Send:
        return send_of(self._trackers.body(request), answer)

    def _is_read(self, request: Request) -> bool:
        return is_good(request) and self._bodies.get(request) is not None


def _batch_id(request: Request) -> str:
    """Page and sequence number; a retry has those of its first try."""
    return "_".join(dict(parse_qsl(urlsplit(request.url).query)).get("batch", "").split("_")[:2])


def _is_within(request: Request, frame: Frame) -> bool:
    """Whether a request was made in a frame, or in one below it; of a service worker's it is not known."""
    with contextlib.suppress(Error):
        one: Frame | None = request.frame
        while one is not None and one != frame:
            one = one.parent_frame
        return one is not None
    return False


def _submission(request: Request, read: ReadBody, *, is_left: bool) -> Submission:
    url = urlsplit(request.url)
    response = response_of(request)
    is_cut_off = request.failure in CUT_OFF or (is_left and request.failure is None)
    unanswered = CUT_OFF_STATUS if is_cut_off else 0
    body = query_of(url.query) if request.method == "GET" else _carried(request, read)
    return Submission(request.method, url.path, body, response.status if response else unanswered)


def _carried(request: Request, read: ReadBody) -> Any:  # noqa: ANN401 - JSON
    data = read(request)
    return UNREAD if data is None else fields_of(data, request.headers.get("content-type", ""))


def _failure(request: Request) -> str:
    url = urlsplit(request.url)
    response = response_of(request)
    reason = f"status {response.status}" if response is not None else request.failure or "no answer"
    return f"{request.method} {url.netloc}{url.path}: {reason}"


def _said(body: str | None) -> str:
    return " ".join((body or "").split())[:SHOWN_CHARACTERS]


def _start(request: Request, text: str, time_ms: int) -> SessionStart:
    response = response_of(request)
    try:
        session_id = str(json.loads(text).get("sessionID", ""))
    except (ValueError, AttributeError):
        session_id = ""
    reason = "" if session_id else (text[:SHOWN_CHARACTERS] or request.failure or "no answer")
    return SessionStart(response.status if response else 0, session_id, reason, time_ms)
