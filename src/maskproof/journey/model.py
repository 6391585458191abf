"""
The ledger: what the browser did in one journey, to compare with what was captured.

It holds no PII: each value of a persona is replaced by its value id, `[user.email]`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from maskproof.errors import Inconclusive
from maskproof.journey.moments import Moment
from maskproof.journey.outline import PageOutline

BuildName = Literal["instrumented", "bare"]


# How the other checks begin what they say of a case that was not recorded.
REFERENCE = "not recorded, see the check "


class NotRecorded(Inconclusive):
    """
    A case was not recorded, so no check of it can say anything. One check says why, and the others refer to it.

    Args:
        message: What happened, and where.
        hint: What belongs to it, or what to do.
        reported_by: The check that says why.
        place: Where it happened, in few words; the message by default.

    """

    def __init__(self, message: str, *, hint: str = "", reported_by: str = "capture", place: str = "") -> None:
        super().__init__(message, hint=hint)
        self.reported_by = reported_by
        self.place = place or message

    @property
    def reference(self) -> str:
        """What the other checks say."""
        return f"{REFERENCE}{self.reported_by}: {self.place}"


class JourneyFailed(NotRecorded):
    """The journey could not be driven to its end; the message names the fixture's line."""

    def __init__(self, message: str, *, hint: str = "", place: str = "") -> None:
        super().__init__(message, hint=hint, reported_by="behaviour", place=place)


class BrokenByTracking(JourneyFailed):
    """The journey works on the bare build and failed twice on the instrumented one."""


@dataclass(frozen=True, slots=True)
class LedgerStep:
    """One step that was done; `before_recording` marks those that came before recording began."""

    kind: str
    line: int
    time_ms: int
    before_recording: bool


@dataclass(frozen=True, slots=True)
class Click:
    """
    One click; `label` is what the recording must call it, empty if the fixture does not say.

    `names` are what else the page calls the element: its text as shown and as written, its labels. `loads` is how many
    documents were loaded before. `is_umami_link` is true of a link that Umami's script follows by itself, so that the
    page is loaded anew. `time_ms` is when the step began, in ms since 1970.
    """

    selector: str
    label: str
    before_recording: bool
    names: tuple[str, ...] = ()
    loads: int = 0
    is_umami_link: bool = False
    time_ms: int = 0


# The status of a submission that the browser ended as its page was left: whether it was answered is not known.
CUT_OFF_STATUS = -1
# Stands for the body of a submission that is not known.
UNREAD = "[not read]"


@dataclass(frozen=True, slots=True)
class Submission:
    """One request that carried data to the application, and the status of its response; 0 without one."""

    method: str
    path: str
    body: Any
    status: int


@dataclass(frozen=True, slots=True)
class SessionStart:
    """One response of OpenReplay's `/start`; `session_id` is empty if it was refused."""

    status: int
    session_id: str
    reason: str
    time_ms: int


@dataclass(frozen=True, slots=True)
class Send:
    """
    One `/api/send` of the Umami script; `session_id` is empty if Umami stored nothing.

    `name` is the event's name as it was sent, to be compared with what was stored, as is `url`; `shown` has no value in
    it.
    """

    kind: str
    name: str = field(repr=False)
    session_id: str
    shown: str = ""
    url: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class RefusedSend:
    """
    One `/api/send` that was answered with an error, and what the answer said.

    `name` and `reason` have no value in them, `length` is that of the real name.
    """

    kind: str
    name: str
    length: int
    status: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RefusedUpload:
    """One batch that the ingest answered with an error, and what the answer said, without a value."""

    batch: str
    status: int
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """
    One journey: `messages` are (selector, text) of validation messages, `navigations` are paths.

    `batches` are the ids (`<page>_<sequence>`) of uploads to OpenReplay. Those of `batches_unanswered` got no good
    answer while the page was open, so the browser does not know whether they arrived. Those of `batches_cut_off`
    were aborted by the browser, answered or not. `data_types` says what each batch carried: player, visual, devtools or
    analytics; empty under protocol version 1, which has one stream. `sends_unanswered` are requests to Umami that got
    no known answer, as when a page or window was left: whether they arrived shows in what was stored. `outlines` are
    those of the final page, before and after the last upload; only of the instrumented build. `loads` are the paths of
    the documents that were loaded. `blocked` is what a content security policy of the page stopped.
    `volatile_elements` says how often each declared element of the document was left out. `moments` are those that are
    looked at. `addresses` are simple selectors of the fields that steps use, by the field's id: by them a recording can
    be searched for a field that the fixture finds by its label. `tab` is the number of the tab that the journey
    ended in.
    """

    form: str
    build: BuildName
    base_url: str
    user_agent: str
    started_ms: int
    ended_ms: int
    steps: tuple[LedgerStep, ...]
    clicks: tuple[Click, ...]
    navigations: tuple[str, ...]
    messages: tuple[tuple[str, str], ...]
    submissions: tuple[Submission, ...]
    starts: tuple[SessionStart, ...]
    batches: tuple[str, ...]
    batches_unanswered: tuple[str, ...]
    batches_cut_off: tuple[str, ...]
    sends: tuple[Send, ...]
    sends_refused: tuple[RefusedSend, ...]
    sends_unanswered: tuple[Send, ...]
    final_path: str
    final_dom: str
    console_errors: tuple[str, ...]
    guard_report: Mapping[str, int] | None
    gap_ms: int | None
    data_types: Mapping[str, str] = field(default_factory=dict)
    outlines: tuple[PageOutline, ...] = ()
    moments: tuple[Moment, ...] = ()
    batches_refused: tuple[RefusedUpload, ...] = ()
    loads: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    volatile_elements: Mapping[str, int] = field(default_factory=dict)
    addresses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tab: int = 1

    @property
    def session_ids(self) -> tuple[str, ...]:
        """Ids of the OpenReplay sessions that were started, without repeats."""
        return tuple(dict.fromkeys(start.session_id for start in self.starts if start.session_id))

    @property
    def umami_sessions(self) -> tuple[str, ...]:
        """Ids of the Umami sessions that answers name, without repeats."""
        return tuple(dict.fromkeys(send.session_id for send in self.sends if send.session_id))
