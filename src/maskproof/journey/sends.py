"""Events on their way to Umami: what each was, and in which session Umami stored it."""

import base64
import binascii
import json
from typing import Any

from maskproof.journey.model import RefusedSend, Send
from maskproof.journey.requests import json_of


def send_of(body: bytes | None, answer: str) -> Send:
    """
    One event as it was sent.

    Args:
        body: What the request to Umami carried.
        answer: What Umami answered; empty if that is not known.

    """
    kind, name, url = event_of(json_of(body))
    return Send(kind, name, umami_session_of(answer), url=url)


def event_of(body: Any) -> tuple[str, str, str]:  # noqa: ANN401 - JSON
    """Kind, name and URL of the event in the body of a request to Umami; a page view has no name."""
    body = body if isinstance(body, dict) else {}
    payload = body.get("payload")
    payload = payload if isinstance(payload, dict) else {}
    kind = str(body.get("type", ""))
    name, url = str(payload.get("name") or ""), str(payload.get("url") or "")
    return "pageview" if kind == "event" and not name else kind, name, url


def refused_send(send: Send, status: int, reason: str) -> RefusedSend:
    """
    The same event as one that Umami refused.

    Args:
        send: The event.
        status: Status of the answer.
        reason: What the answer says.

    """
    return RefusedSend(send.kind, send.name, len(send.name), status, reason)


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
