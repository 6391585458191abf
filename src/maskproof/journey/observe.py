"""Watches what a page sends: to the application, to OpenReplay's ingest, to Umami."""

import base64
import binascii
import json
from collections import Counter
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Request, Response, WebError

from maskproof.clock import now_ms
from maskproof.journey.model import RefusedSend, Send, SessionStart, Submission

START_PATH = "/v1/web/start"
BATCH_PATH = "/v1/web/i"
SEND_PATH = "/api/send"
DATA_TYPE = "datatype"
CONFIG_PATH = "/tracking-config.json"
SHOWN_CHARACTERS = 200
CUT_OFF = "net::ERR_ABORTED"


class Observer:
    """
    Keeps the requests of one browser context to the application, to OpenReplay and to Umami.

    A browser drops response bodies when the page is left, so `drain` has to be called after each step.

    Args:
        context: The session's context; watched until it closes.
        base_url: The application's base URL.

    """

    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self._base = urlsplit(base_url)
        self._pending: set[Request] = set()
        self._settled: list[Request] = []
        self._answered_ms: dict[Request, int] = {}
        self._bodies: dict[Request, str] = {}
        self.console_errors: list[str] = []
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("requestfinished", self._settle)
        context.on("requestfailed", self._settle)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console_errors.append(message.text)

    def _on_error(self, error: WebError) -> None:
        self.console_errors.append(str(error.error))

    def _on_request(self, request: Request) -> None:
        if _is_tracking(request) or self._is_submission(request):
            self._pending.add(request)

    def _on_response(self, response: Response) -> None:
        self._answered_ms[response.request] = now_ms()

    def _settle(self, request: Request) -> None:
        self._pending.discard(request)
        if _is_tracking(request) or self._is_submission(request):
            self._settled.append(request)

    def drain(self) -> None:
        """Read the bodies of the responses that arrived since the last call."""
        for request in self._settled:
            if request not in self._bodies and (_is_start(request) or _is_send(request)):
                self._bodies[request] = _body(_response(request))

    @property
    def is_quiet(self) -> bool:
        """Whether no tracking request and no submission is pending."""
        return not self._pending

    @property
    def start_answers(self) -> int:
        """How often OpenReplay's `/start` was answered or failed so far."""
        return sum(1 for request in self._settled if _is_start(request))

    @property
    def batches(self) -> int:
        """How many batches were answered so far."""
        return sum(1 for request in self._settled if _is_batch(request))

    def analytics(self) -> Counter[str]:
        """How many analytics events were answered or failed so far, by name; page views have none."""
        return Counter(_send(request, "").name for request in self._settled if _is_send(request))

    def _is_submission(self, request: Request) -> bool:
        url = urlsplit(request.url)
        if url.netloc != self._base.netloc or url.path == CONFIG_PATH:
            return False
        return request.method != "GET" or bool(url.query)

    def submissions(self) -> list[Submission]:
        """Every request that carried data to the application, in order."""
        return [_submission(request) for request in self._settled if self._is_submission(request)]

    def starts(self) -> list[SessionStart]:
        """Every `/start`; one without an answer has status 0."""
        return [
            _start(request, self._bodies.get(request, ""), self._answered_ms.get(request, now_ms()))
            for request in self._settled
            if _is_start(request)
        ]

    def batches_sent(self) -> tuple[str, ...]:
        """Ids of every batch that was sent to OpenReplay."""
        return tuple(_batch_id(request) for request in self._settled if _is_batch(request))

    def data_types(self) -> dict[str, str]:
        """What each batch that was sent to OpenReplay carried, by its id."""
        batches = {_batch_id(request): request for request in self._settled if _is_batch(request)}
        return {batch: request.headers.get(DATA_TYPE, "") for batch, request in batches.items()}

    def batches_unanswered(self) -> tuple[str, ...]:
        """Ids of the batches that got no good answer while the page was open."""
        return tuple(_batch_id(request) for request in self._settled if _is_batch(request) and not _is_good(request))

    def batches_cut_off(self) -> tuple[str, ...]:
        """
        Ids of the batches whose request the browser aborted, as it does when a page is left.

        Many of them had been answered: the tracker's worker does not read bodies, and Chromium aborts such requests.
        """
        cut_off = [request for request in self._settled if _is_batch(request) and request.failure == CUT_OFF]
        return tuple(_batch_id(request) for request in cut_off)

    def sends(self) -> list[Send]:
        """Every `/api/send` that was answered well."""
        return [_send(request, self._bodies.get(request, "")) for request in self._sent() if _is_good(request)]

    def sends_refused(self) -> list[RefusedSend]:
        """Every `/api/send` that was answered with an error, its name as it was sent."""
        answered = ((_send(request, ""), _response(request)) for request in self._sent())
        return [
            RefusedSend(send.kind, send.name, len(send.name), response.status)
            for send, response in answered
            if response is not None and not response.ok
        ]

    def sends_unanswered(self) -> list[Send]:
        """Every `/api/send` without an answer, as when its page or window was left."""
        return [_send(request, "") for request in self._sent() if _response(request) is None]

    def _sent(self) -> list[Request]:
        return [request for request in self._settled if _is_send(request)]


def _path(request: Request) -> str:
    return urlsplit(request.url).path


def _is_start(request: Request) -> bool:
    return request.method == "POST" and _path(request).endswith(START_PATH)


def _is_batch(request: Request) -> bool:
    return request.method == "POST" and _path(request).endswith(BATCH_PATH)


def _batch_id(request: Request) -> str:
    """Page and sequence number; a retry has those of its first try."""
    return "_".join(dict(parse_qsl(urlsplit(request.url).query)).get("batch", "").split("_")[:2])


def _is_send(request: Request) -> bool:
    return request.method == "POST" and _path(request).endswith(SEND_PATH)


def _is_tracking(request: Request) -> bool:
    return _is_start(request) or _is_batch(request) or _is_send(request)


def _response(request: Request) -> Response | None:
    try:
        return request.response()
    except Error:
        return None


def _is_good(request: Request) -> bool:
    response = _response(request)
    return response is not None and response.ok


def _body(response: Response | None) -> str:
    try:
        return response.text() if response is not None else ""
    except Error:
        return ""


def _submission(request: Request) -> Submission:
    url = urlsplit(request.url)
    response = _response(request)
    body: Any = dict(parse_qsl(url.query)) if request.method == "GET" else _parsed(request)
    return Submission(request.method, url.path, body, response.status if response else 0)


def _parsed(request: Request) -> Any:  # noqa: ANN401 - JSON
    text = request.post_data or ""
    try:
        return json.loads(text)
    except ValueError:
        return dict(parse_qsl(text))


def _start(request: Request, text: str, time_ms: int) -> SessionStart:
    response = _response(request)
    try:
        session_id = str(json.loads(text).get("sessionID", ""))
    except (ValueError, AttributeError):
        session_id = ""
    reason = "" if session_id else (text[:SHOWN_CHARACTERS] or request.failure or "no answer")
    return SessionStart(response.status if response else 0, session_id, reason, time_ms)


def _send(request: Request, answer: str) -> Send:
    sent = _parsed(request)
    sent = sent if isinstance(sent, dict) else {}
    payload = sent.get("payload")
    payload = payload if isinstance(payload, dict) else {}
    kind = str(sent.get("type", ""))
    if kind == "event" and not payload.get("name"):
        kind = "pageview"
    return Send(kind, str(payload.get("name") or ""), umami_session_of(answer))


def umami_session_of(answer: str) -> str:
    """
    The session id in Umami's answer to `/api/send`; empty if it stored nothing (bot, error).

    2.10 answers with a JWT whose payload has the session's id; newer versions answer with JSON that has `sessionId`.
    """
    try:
        return str(json.loads(answer)["sessionId"])
    except (ValueError, KeyError, TypeError):
        pass
    parts = answer.strip().strip('"').split(".")
    if len(parts) != 3:  # noqa: PLR2004 - a JWT has three parts
        return ""
    try:
        payload = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, binascii.Error):
        return ""
    if not isinstance(payload, dict):
        return ""
    return str(payload.get("id") or payload.get("sessionId") or "")
