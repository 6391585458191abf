"""The channel through which a value left the page, by the message and field that it was found in."""

CHANNELS = {
    ("BatchMetadata", "Location"): "batch header",
    ("SetPageLocation", "URL"): "url",
    ("SetPageLocation", "Referrer"): "referrer",
    ("SetPageLocation", "DocumentTitle"): "title",
    ("SetNodeData", "Data"): "dom text",
    ("SetInputValue", "Value"): "input value",
    ("SetInputValue", "Mask"): "mask length",
    ("InputChange", "Value"): "input value",
    ("InputChange", "Label"): "input label",
    ("SetInputTarget", "Label"): "input label",
    ("MouseClick", "Label"): "click label",
    ("MouseClick", "Selector"): "click selector",
    ("SelectionChange", "Selection"): "selection",
    ("start", "referrer"): "referrer",
    ("start", "userID"): "user id",
    ("UserID", "ID"): "user id",
    ("UserAnonymousID", "ID"): "user id",
    ("database session", "userId"): "user id",
    ("database session", "userAnonymousId"): "user id",
    ("database session", "referrer"): "referrer",
    ("database session", "baseReferrer"): "referrer",
    ("database LOCATION", "referrer"): "referrer",
    ("urlQuery", ""): "url",
    ("", ""): "file",
    ("", "body"): "wire bytes",
}
BY_MESSAGE = {
    "ConsoleLog": "console",
    "JSException": "exception",
    "NetworkRequest": "network",
    "NetworkRequestDeprecated": "network",
    "ResourceTiming": "network",
    "ResourceTimingDeprecated": "network",
    "GraphQL": "network",
    "WSChannel": "websocket",
    "CustomEvent": "custom event",
    "CustomIssue": "custom event",
    "Metadata": "metadata",
    "IssueEvent": "issue",
    "SetCSSDataURLBased": "style",
    "SetCSSData": "style",
    "AdoptedSSReplaceURLBased": "style",
    "AdoptedSSReplace": "style",
    "AdoptedSSInsertRuleURLBased": "style",
    "AdoptedSSInsertRule": "style",
    "database session": "session record",
    "database metadata": "metadata",
    "database CLICK": "click label",
    "database INPUT": "input label",
    "database LOCATION": "url",
    "database custom event": "custom event",
    "database issue": "issue",
    "database incident": "issue",
    "database error": "exception",
    "database row": "session record",
    "start": "start request",
    "tags": "tags",
    "images": "canvas",
    "pageview": "analytics page view",
    "event": "analytics event",
    "event data": "analytics event",
    "send": "analytics request",
    "request header": "request header",
    "request query": "request address",
    "known request": "request address",
    "unknown request": "unknown request",
}

# Findings in bytes that were not decoded as messages: of any channel.
RAW_CHANNELS = frozenset({"file", "wire bytes"})


def channel_of(message: str, field: str) -> str:
    """
    The channel of a field.

    Args:
        message: The tracker's message, or what stands for it elsewhere.
        field: Its field.

    Returns:
        The channel's name; the message's own name where no channel is known.

    """
    if field == "BaseURL":
        return "base url"
    if (message, field) in CHANNELS:
        return CHANNELS[message, field]
    if message.startswith(("SetNodeAttribute", "StringDict")):
        return "attribute"
    return BY_MESSAGE.get(message, message)
