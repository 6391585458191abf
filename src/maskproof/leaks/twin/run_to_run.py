"""
What two runs of one journey never share, field by field, each with the reason.

Only this module excludes fields from the differential test for every project; a project declares its own
nondeterminism in its form fixtures. No text field is excluded except random ids. Texts with measurements are compared
without their numbers.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from maskproof.openreplay.messages import BY_NAME

# The browser's list of resources; trackers before 18 send it under older ids. All are held against each other as one.
TIMINGS = ("ResourceTiming", "ResourceTimingDeprecated", "ResourceTimingDeprecatedDeprecated")


class Exempt(NamedTuple):
    """Fields that are not compared, and why; without a message, the number fields of all messages."""

    messages: tuple[str, ...]
    fields: tuple[str, ...]
    reason: str


RUN_TO_RUN: tuple[Exempt, ...] = (
    Exempt(
        (),
        ("Timestamp", "NavigationStart", "StartTime", "EndTime", "FirstUIEventTimestamp", "ActionTime"),
        "times of a clock",
    ),
    Exempt((), ("Duration", "BlockingDuration", "HesitationTime", "InputDuration"), "durations"),
    Exempt(
        (),
        ("ID", "ParentID", "FrameID", "SheetID", "SlotID", "MessageID", "index", "Index"),
        "numbers of nodes, sheets and messages in order of arrival; the node's path is compared instead",
    ),
    Exempt(
        ("BatchMetadata",),
        ("Version", "PageNo", "FirstIndex"),
        "where the stream was cut into uploads, by time and size; the URL in the header is compared",
    ),
    Exempt(
        ("PageLoadTiming",),
        (
            "RequestStart", "ResponseStart", "ResponseEnd", "DomContentLoadedEventStart", "DomContentLoadedEventEnd",
            "LoadEventStart", "LoadEventEnd", "FirstPaint", "FirstContentfulPaint",
        ),
        "the browser's measurements",
    ),
    Exempt(("PageRenderTiming",), ("SpeedIndex", "VisuallyComplete", "TimeToInteractive"), "measurements"),
    Exempt(("PerformanceTrack",), ("Frames", "Ticks", "TotalJSHeapSize", "UsedJSHeapSize"), "measurements"),
    Exempt(("ConnectionInformation",), ("Downlink",), "a measurement; the kind of connection is compared"),
    Exempt(
        TIMINGS,
        (
            "TTFB", "Queueing", "DnsLookup", "InitialConnection", "SSL", "ContentDownload", "Total", "Stalled",
            "Cached", "HeaderSize",
        ),
        "measurements, and what a cache already had; the URL and the sizes of bodies are compared",
    ),
    Exempt(("MouseMove",), ("X", "Y"), "the path of the pointer, sampled by the clock"),
    Exempt(("MouseClick",), ("NormalizedX", "NormalizedY"), "the place within an element; the element is compared"),
    Exempt(("SetViewportScroll", "SetNodeScroll"), ("X", "Y"), "scrolling, sampled by the clock"),
    Exempt(("UnbindNodes",), ("TotalRemovedPercent",), "how much of the page was removed between two samples"),
    Exempt(("TabData", "TabChange"), ("TabId",), "a random id of the browser's tab"),
    Exempt(
        ("StringDictGlobal", "StringDict", "StringDictDeprecated"),
        ("Key",),
        "numbers of words in order of arrival; the words are compared",
    ),
)  # fmt: skip

# Texts that hold measurements: compared with all numbers equal.
WITHOUT_NUMBERS: Mapping[tuple[str, str], str] = {
    ("WebVitals", "Value"): "a measured time or shift",
    ("LongAnimationTask", "Scripts"): "URLs of scripts, with measured times",
    ("IssueEvent", "Payload"): "counts and measured rates",
    ("CanvasNode", "NodeId"): "a time and a node's number",
}

# Words of the protocol itself: which of them occur depends on the clock, and they say nothing about a person.
OWN_WORDS: Mapping[tuple[str, str], re.Pattern[str]] = {
    ("WebVitals", "Name"): re.compile("CLS|FCP|FID|INP|LCP|TTFB"),
    ("WebVitals", "Value"): re.compile("0"),
    ("IssueEvent", "Type"): re.compile("click_rage|dead_click|cpu|memory|mouse_thrashing"),
    ("IssueEvent", "Payload"): re.compile(r'(?:\{(?:"[A-Z][A-Za-z]{0,11}":0,?){1,3}\})?'),
    ("SelectionChange", "SelectionStart"): re.compile("0"),
    ("SelectionChange", "SelectionEnd"): re.compile("0"),
}

# Fields that repeat other messages, at times that the clock sets. Their text is no difference if the other session has
# it anywhere, whole or, if it is a URL, part by part.
ECHOES: Mapping[tuple[str, str], str] = {
    ("BatchMetadata", "Location"): "SetPageLocation.URL at the time when an upload was cut",
    ("ResourceTiming", "URL"): "NetworkRequest.URL, unless the page was left before the browser reported it",
    ("IssueEvent", "ContextString"): "MouseClick.Label, where the tracker's worker detected an issue",
    ("IssueEvent", "Context"): "MouseClick.Selector, in the same issue",
    ("IssueEvent", "URL"): "SetPageLocation.URL, in the same issue",
}

ADDRESSES = frozenset({"URL", "Referrer", "Location"})

# Requests as the tracker saw them. Whether it notes a request that was under way when recording began or when the page
# was left depends on the clock; the browser's own list (ResourceTiming) has it in any case.
REQUESTS = frozenset({"NetworkRequest", "NetworkRequestDeprecated"})

# The browser requests the icon by itself, once for all pages of a site.
FAVICON = re.compile(r"https?://[^/?#]+/favicon\.ico")

# Messages that the application causes one by one: their number may reveal as much as their content. Requests are not
# among them: how many the tracker sees before a page is left depends on the clock.
COUNTED = frozenset(
    {
        "ConsoleLog", "CustomEvent", "CustomIssue", "JSException", "UserID", "UserAnonymousID", "Metadata",
        "GraphQL", "WSChannel", "Redux", "Vuex", "MobX", "NgRx", "Zustand", "StateAction",
    }
)  # fmt: skip

# Sizes of answers: they reveal the length of what is echoed, and so are findings of kind `length`.
SIZES = frozenset({"TransferredBodySize", "EncodedBodySize", "DecodedBodySize", "TransferredSize"})

_EXEMPT = {(message, field) for exempt in RUN_TO_RUN for message in exempt.messages for field in exempt.fields}
_NUMBERS_OF_ANY = {field for exempt in RUN_TO_RUN if not exempt.messages for field in exempt.fields}


@cache
def is_exempt(message: str, field: str) -> bool:
    """
    Whether a field of a message differs from run to run by itself.

    Args:
        message: The tracker's message.
        field: Its field. A name that is exempt in all messages counts only where the field is a number.

    Raises:
        KeyError: There is no such message.

    """
    if (message, field) in _EXEMPT:
        return True
    types = {known.name: known.type for known in BY_NAME[message].fields}
    return field in _NUMBERS_OF_ANY and types.get(field) != "string"
