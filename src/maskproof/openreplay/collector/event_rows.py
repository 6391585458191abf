"""Events as the rows of the public API (5.1): a name, where the page was, and properties of its own."""

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from maskproof.openreplay.batches import Message

Row = dict[str, Any]
DEVICE = {"user_device_type": "desktop"}
FIRST_ERROR = 400
# The tracker sends places as per cent with two decimals, without the point.
HUNDREDTHS = 100


def row_of(message: Message, page: str) -> Row | None:
    """
    The row of a message, without its time; None if it makes none.

    Args:
        message: One message.
        page: URL of the page that sent it.

    """
    read = _READERS.get(message.name)
    if read is None:
        return None
    name, properties, custom = read(message)
    url = str(properties.get("url", page))
    if read not in _WITHOUT_PLACE:
        properties |= _place(url)
    return {
        "event_id": str(uuid.uuid4()),
        "$event_name": name,
        "properties": custom,
        "$properties": properties | DEVICE,
        "$current_url": url,
        "$referrer": "",
    }


def payload_of(text: object) -> object:
    """The JSON of a payload, or the text if it is none."""
    try:
        return json.loads(str(text))
    except ValueError:
        return text


Named = tuple[str, Row, object]


def _click(message: Message) -> Named:
    fields = message.fields()
    properties: Row = {"label": fields["Label"], "selector": fields["Selector"]}
    if fields["HesitationTime"]:
        properties["hesitation_time"] = fields["HesitationTime"]
    for name, field in (("normalized_x", "NormalizedX"), ("normalized_y", "NormalizedY")):
        if field in fields:
            properties[name] = int(fields[field]) / HUNDREDTHS
    return "CLICK", properties, {}


def _input(message: Message) -> Named:
    properties = {"label": message.get("Label"), "hesitation_time": message.get("HesitationTime")}
    return "INPUT", properties, {}


def _location(message: Message) -> Named:
    return "LOCATION", {"url": message.get("URL")}, {}


def _request(message: Message) -> Named:
    fields = message.fields()
    status = int(fields["Status"])
    properties = {"method": fields["Method"], "status": status, "success": status < FIRST_ERROR}
    return "REQUEST", properties | {"transfer_size": fields["TransferredBodySize"], "url": fields["URL"]}, {}


def _custom(message: Message) -> Named:
    return str(message.get("Name")), {}, payload_of(message.get("Payload"))


def _issue(message: Message) -> Named:
    fields = message.fields()
    properties = {"issue_type": fields.get("Type", "custom"), "payload": fields["Payload"]}
    return "ISSUE", properties | {"context_string": fields.get("ContextString", fields.get("Name", ""))}, {}


def _error(message: Message) -> Named:
    properties = {name.lower(): message.get(name) for name in ("Name", "Message", "Payload")}
    return "ERROR", properties | {"source": "js_exception"}, {}


_READERS: Mapping[str, Callable[[Message], Named]] = {
    "MouseClick": _click,
    "MouseClickDeprecated": _click,
    "InputChange": _input,
    "SetPageLocation": _location,
    "SetPageLocationDeprecated": _location,
    "NetworkRequest": _request,
    "CustomEvent": _custom,
    "CustomIssue": _issue,
    "IssueEvent": _issue,
    "JSException": _error,
}
_WITHOUT_PLACE = (_input, _custom, _error)


def _place(url: str) -> Row:
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return {"url": url, "url_host": parts.netloc, "url_hostpath": f"{parts.netloc}{path}", "url_path": path}
