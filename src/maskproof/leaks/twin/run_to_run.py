"""
What two runs of one journey never share, field by field, each with the reason.

It is the only place where anything of a recording is kept out of the twin comparison for every project; a
project declares its own nondeterminism in its form fixtures. No text field is left out, but for random ids and
for measurements, and those are compared without their numbers.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from maskproof.openreplay.messages import BY_NAME


class Exempt(NamedTuple):
    """Fields of some messages that are not compared, and why; no message means the numbers of any."""

    messages: tuple[str, ...]
    fields: tuple[str, ...]
    reason: str


RUN_TO_RUN: tuple[Exempt, ...] = (
    Exempt(
        (),
        ("Timestamp", "NavigationStart", "StartTime", "EndTime", "FirstUIEventTimestamp", "ActionTime"),
        "clocks",
    ),
    Exempt((), ("Duration", "BlockingDuration", "HesitationTime", "InputDuration"), "how long something took"),
    Exempt(
        (),
        ("ID", "ParentID", "FrameID", "SheetID", "SlotID", "MessageID", "index", "Index"),
        "numbers of nodes, sheets and messages in the order they came; the node's path stands for it",
    ),
    Exempt(
        ("BatchMetadata",),
        ("Version", "PageNo", "FirstIndex"),
        "where the stream was cut into uploads: by time and size; the address in the header is compared",
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
        ("ResourceTiming", "ResourceTimingDeprecated", "ResourceTimingDeprecatedDeprecated"),
        (
            "TTFB", "Queueing", "DnsLookup", "InitialConnection", "SSL", "ContentDownload", "Total", "Stalled",
            "Cached", "HeaderSize",
        ),
        "measurements, and what a cache had already; address and sizes of bodies are compared",
    ),
    Exempt(("MouseMove",), ("X", "Y"), "the way of the pointer, sampled by the clock"),
    Exempt(("MouseClick",), ("NormalizedX", "NormalizedY"), "where in an element; which one is compared"),
    Exempt(("SetViewportScroll", "SetNodeScroll"), ("X", "Y"), "scrolling, sampled by the clock"),
    Exempt(("UnbindNodes",), ("TotalRemovedPercent",), "how much of the page went between two looks at it"),
    Exempt(("TabData", "TabChange"), ("TabId",), "a random id of the browser's tab"),
    Exempt(
        ("StringDictGlobal", "StringDict", "StringDictDeprecated"),
        ("Key",),
        "the order in which words came; the words are compared",
    ),
)  # fmt: skip

# Texts that hold measurements: compared with every number as one.
WITHOUT_NUMBERS: Mapping[tuple[str, str], str] = {
    ("WebVitals", "Value"): "a measured time or shift",
    ("LongAnimationTask", "Scripts"): "addresses of scripts, with measured times",
    ("IssueEvent", "Payload"): "counts and measured rates",
    ("CanvasNode", "NodeId"): "made of a time and a node's number",
}

# Words of the protocol itself: which of them come depends on the clock, and they say nothing of a person.
OWN_WORDS: Mapping[tuple[str, str], re.Pattern[str]] = {
    ("WebVitals", "Name"): re.compile("CLS|FCP|FID|INP|LCP|TTFB"),
    ("WebVitals", "Value"): re.compile("0"),
    ("IssueEvent", "Type"): re.compile("click_rage|dead_click|cpu|memory|mouse_thrashing"),
    ("IssueEvent", "Payload"): re.compile(r'(?:\{(?:"[A-Z][A-Za-z]{0,11}":0,?){1,3}\})?'),
    ("SelectionChange", "SelectionStart"): re.compile("0"),
    ("SelectionChange", "SelectionEnd"): re.compile("0"),
}

# Fields that repeat what other messages say, at times that the clock sets: what of them the other session says
# anywhere is no difference, be it whole or, of an address, part by part.
ECHOES: Mapping[tuple[str, str], str] = {
    ("BatchMetadata", "Location"): "SetPageLocation.URL, as of when an upload was cut",
    ("ResourceTiming", "URL"): "NetworkRequest.URL, unless the page went before the browser told",
    ("IssueEvent", "ContextString"): "MouseClick.Label, where the tracker's worker saw an issue",
    ("IssueEvent", "Context"): "MouseClick.Selector, as above",
    ("IssueEvent", "URL"): "SetPageLocation.URL, as above",
}

ADDRESSES = frozenset({"URL", "Referrer", "Location"})

# Requests as the tracker saw them. One that was under way when recording began, or when the page went, is noted
# or not by the clock; the browser's own list (ResourceTiming) has it all the same.
REQUESTS = frozenset({"NetworkRequest", "NetworkRequestDeprecated"})

# What the browser asks for by itself, once for all pages of a site.
FAVICON = re.compile(r"https?://[^/?#]+/favicon\.ico")

# Messages that the application causes one by one: how many there are may tell as much as what they say. How
# many requests the tracker still saw before a page went, depends on the clock.
COUNTED = frozenset(
    {
        "ConsoleLog", "CustomEvent", "CustomIssue", "JSException", "UserID", "UserAnonymousID", "Metadata",
        "GraphQL", "WSChannel", "Redux", "Vuex", "MobX", "NgRx", "Zustand", "StateAction",
    }
)  # fmt: skip

# Sizes of answers: they tell how long what is echoed is, and so are findings of kind `length`.
SIZES = frozenset({"TransferredBodySize", "EncodedBodySize", "DecodedBodySize", "TransferredSize"})

_EXEMPT = {(message, field) for one in RUN_TO_RUN for message in one.messages for field in one.fields}
_NUMBERS_OF_ANY = {field for one in RUN_TO_RUN if not one.messages for field in one.fields}


@cache
def is_exempt(message: str, field: str) -> bool:
    """Whether a field of a message differs from run to run by itself; of any message only numbers do."""
    if (message, field) in _EXEMPT:
        return True
    types = {one.name: one.type for one in BY_NAME[message].fields}
    return field in _NUMBERS_OF_ANY and types.get(field) != "string"
