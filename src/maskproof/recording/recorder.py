"""
Records journeys, each with its own browser context, user agent and session; once for each form and protocol.

A live target stores a session minutes after its last upload. So there all journeys of a worker are driven first, and
then waited for at once.
"""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from playwright.sync_api import BrowserContext, Error, Page

from maskproof.errors import Inconclusive, MaskproofError
from maskproof.forms.model import FormFixture, Personas
from maskproof.journey import BrokenByTracking, JourneyFailed, Ledger, NotRecorded, Trackers, run_journey
from maskproof.journey.moments import Moment
from maskproof.recording.case_browser import CaseBrowser, session_user_agent
from maskproof.recording.journey_record import JourneyRecord, ask_for, pull
from maskproof.recording.target import Target
from maskproof.rules.coverage import FieldCoverage, Inspector
from maskproof.settings_schema import CHROMIUM
from maskproof.verdicts.results import case_id

T = TypeVar("T")
ROLES = ("user", "twin")


@dataclass(frozen=True, slots=True)
class Case:
    """One form under one protocol version in one browser."""

    form: FormFixture
    protocol: int
    browser: str = CHROMIUM

    @property
    def id(self) -> str:
        """What test ids call it, e.g. `sign-up-v1`."""
        return case_id(self.form.id, self.protocol, self.browser)


@dataclass(frozen=True, slots=True)
class Recorded:
    """
    What was recorded of one case; `twin` is the same journey with another persona.

    `seen` are pictures (PNG) of the bare journey, by moment, in which every value is covered.
    """

    case: Case
    user: JourneyRecord
    twin: JourneyRecord
    bare: Ledger
    fields: tuple[FieldCoverage, ...]
    rules_used: frozenset[str]
    pages: int = 0
    seen: Mapping[str, bytes] = field(default_factory=dict)


# Takes a picture of a page in which every value of the personas is covered.
Look = Callable[[Page, FormFixture, Personas], bytes]


@dataclass(frozen=True, slots=True)
class Driven:
    """One case whose journeys were driven, and of which nothing was pulled yet."""

    user: tuple[Ledger, Personas]
    twin: tuple[Ledger, Personas]
    bare: Ledger
    inspector: Inspector
    seen: Mapping[str, bytes] = field(default_factory=dict)


# Returns the recordings of one case.
Record = Callable[[], Recorded]
# Records both people of one case again.
Retake = Callable[[], tuple[JourneyRecord, JourneyRecord]]


@dataclass(slots=True)
class Recorder:
    """
    Records each case once, and keeps it until the next one: a decoded case takes much memory.

    `groups` are cases that one worker records: the journeys of all of them are driven before the first one is pulled.
    """

    target: Target
    seed: str
    rules: dict[str, object]
    look: Look | None = None
    groups: tuple[tuple[Case, ...], ...] = ()
    _kept: dict[str, Recorded | MaskproofError] = field(default_factory=dict)
    _driven: dict[str, Driven | MaskproofError] = field(default_factory=dict)

    def record(self, case: Case, browser: CaseBrowser) -> Recorded:
        """
        The recordings of a case, made now if this is the first check of it.

        Args:
            case: The form and the protocol version.
            browser: The browser of the case.

        Raises:
            BrokenByTracking: A journey can be driven on the bare build only.
            NotRecorded: A journey could not be driven, or no session was started; it names the check that says why,
                and the others refer to it.

        """
        if case.id not in self._kept:
            self._kept.clear()
            driven = self._driven_case(case, browser)
            self._kept[case.id] = _tried(partial(self._pulled, case, driven)) if isinstance(driven, Driven) else driven
        kept = self._kept[case.id]
        if isinstance(kept, MaskproofError):
            raise kept
        return kept

    def retake(self, case: Case, browser: CaseBrowser) -> tuple[JourneyRecord, JourneyRecord]:
        """
        Both journeys of a case on the instrumented build once more, with the same two people.

        Args:
            case: The form and the protocol version.
            browser: The browser of the case.

        Raises:
            Inconclusive: A journey could not be driven or pulled.

        """
        sessions = [self._session(case, role, browser) for role in ROLES]
        user, twin = (self._pull(case, session) for session in sessions)
        return user, twin

    def _driven_case(self, case: Case, browser: CaseBrowser) -> Driven | MaskproofError:
        """The journeys of a case, driven with those of its group."""
        if case.id not in self._driven:
            group = next((group for group in self.groups if case in group), (case,))
            for one in group:
                self._driven[one.id] = _tried(partial(self._drive, one, browser))
        return self._driven.pop(case.id)

    def _drive(self, case: Case, browser: CaseBrowser) -> Driven:
        try:
            user = self._session(case, "user", browser)
            twin = self._session(case, "twin", browser)
        except JourneyFailed as error:
            raise self._explained(error, case, browser) from None
        seen: dict[str, bytes] = {}
        return Driven(user, twin, *self._bare_journey(case, browser, seen), seen)

    def _pulled(self, case: Case, driven: Driven) -> Recorded:
        try:
            pulled = [self._pull(case, session) for session in (driven.user, driven.twin)]
        except Inconclusive as error:
            raise NotRecorded(error.message, hint=error.hint) from None
        return Recorded(
            case=case,
            user=pulled[0],
            twin=pulled[1],
            bare=driven.bare,
            fields=tuple(driven.inspector.fields.values()),
            rules_used=frozenset(driven.inspector.used),
            pages=driven.inspector.pages,
            seen=driven.seen,
        )

    def _pull(self, case: Case, session: tuple[Ledger, Personas]) -> JourneyRecord:
        recorded = pull(self.target, *session)
        refuse_other_protocol(case, recorded)
        return recorded

    def _explained(self, error: JourneyFailed, case: Case, browser: CaseBrowser) -> JourneyFailed:
        """The error to report: tracking is to blame if the journey works without it and fails again with it."""
        try:
            self._bare_journey(case, browser)
        except JourneyFailed:
            return error
        try:
            self._session(case, "user", browser)
        except JourneyFailed as again:
            hint = f"{again.hint}\n  Without tracking the same journey ends well."
            return BrokenByTracking(again.message, hint=hint, place=again.place)
        return error

    def _session(self, case: Case, role: str, browser: CaseBrowser) -> tuple[Ledger, Personas]:
        personas = self._personas(case, role)
        context, trackers = self._opened(case, browser)
        try:
            ledger = run_journey(
                context.new_page(),
                case.form,
                personas,
                base_url=self.target.app.instrumented,
                build="instrumented",
                rules=self.rules,
                trackers=trackers,
            )
        finally:
            context.close()
        ask_for(self.target, ledger)
        return ledger, personas

    def _bare_journey(
        self, case: Case, browser: CaseBrowser, seen: dict[str, bytes] | None = None
    ) -> tuple[Ledger, Inspector]:
        inspector, personas, look = Inspector(case.form, self.rules), self._personas(case, "user"), self.look

        def keep(page: Page, moment: Moment) -> None:
            if look is not None and seen is not None and case.browser == CHROMIUM:  # only there a check needs them
                with contextlib.suppress(Error):  # the check of the pictures says which one is missing
                    seen[moment.id] = look(page, case.form, personas)

        context, trackers = self._opened(case, browser)
        try:
            ledger = run_journey(
                context.new_page(),
                case.form,
                personas,
                base_url=self.target.app.bare,
                build="bare",
                trackers=trackers,
                inspector=inspector,
                look=keep,
            )
        finally:
            context.close()
        return ledger, inspector

    def _opened(self, case: Case, browser: CaseBrowser) -> tuple[BrowserContext, Trackers]:
        """A context of its own for a journey, and what knows the trackers' requests in it."""
        user_agent = session_user_agent(browser.version, case.protocol, case.browser)
        trackers = replace(self.target.trackers, body=browser.begin(user_agent))
        return browser.new_context(user_agent=user_agent), trackers

    def _personas(self, case: Case, role: str) -> Personas:
        return personas_of(case, self.seed, role)


def personas_of(case: Case, seed: str, role: str) -> Personas:
    """
    The personas of one journey of a case; the same seed makes the same people.

    Args:
        case: The form and the protocol version.
        seed: The seed of the run.
        role: `user` or `twin`.

    """
    return case.form.personas(f"{seed}/{case.id}/{role}")


def _tried(record: Callable[[], T]) -> T | MaskproofError:
    """What it gives, or why it could not: an error of one case is none of another."""
    try:
        return record()
    except MaskproofError as error:
        return error


def refuse_other_protocol(case: Case, recorded: JourneyRecord) -> None:
    """
    Refuse a recording of a tracker that does not speak the protocol version that was asked for.

    It would look like a store that loses sessions.

    Args:
        case: What was asked for.
        recorded: What came.

    Raises:
        Inconclusive: It speaks another one; names tracker and version.

    """
    spoken = {1 if batch.stream == "full" else 2 for batch in recorded.batches}
    if spoken and case.protocol not in spoken:
        raise Inconclusive(
            f"OpenReplay tracker {recorded.tracker} sends protocol version {min(spoken)}, "
            f"and {case.form.id} is recorded under {case.protocol}.",
            hint='Write protocols = "auto" under [run], or leave the name out; or build with another tracker.',
        )
