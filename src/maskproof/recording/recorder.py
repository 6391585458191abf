"""
Records journeys, each with its own browser context, user agent and session; once for each form and protocol.

A live target stores a session minutes after its last upload. So there all journeys of a worker are driven first, and
then waited for at once.
"""

import contextlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from playwright.sync_api import BrowserContext, Error, Page

from maskproof.errors import Inconclusive, MaskproofError
from maskproof.forms.model import FormFixture, Personas
from maskproof.journey import BrokenByTracking, JourneyFailed, Ledger, NotRecorded, run_journey
from maskproof.journey.moments import Moment
from maskproof.recording.journey_record import JourneyRecord, ask_for, pull
from maskproof.recording.target import Target
from maskproof.rules.coverage import FieldCoverage, Inspector

NewContext = Callable[..., BrowserContext]
T = TypeVar("T")
ROLES = ("user", "twin")
SESSION_DIGITS = 14


@dataclass(frozen=True, slots=True)
class Case:
    """One form under one protocol version."""

    form: FormFixture
    protocol: int

    @property
    def id(self) -> str:
        """What test ids call it, e.g. `sign-up-v1`."""
        return f"{self.form.id}-v{self.protocol}"


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
    chromium: str
    rules: dict[str, object]
    look: Look | None = None
    groups: tuple[tuple[Case, ...], ...] = ()
    _kept: dict[str, Recorded | MaskproofError] = field(default_factory=dict)
    _driven: dict[str, Driven | MaskproofError] = field(default_factory=dict)

    def record(self, case: Case, new_context: NewContext) -> Recorded:
        """
        The recordings of a case, made now if this is the first check of it.

        Args:
            case: The form and the protocol version.
            new_context: Makes a browser context; takes `user_agent`.

        Raises:
            BrokenByTracking: A journey can be driven on the bare build only.
            NotRecorded: A journey could not be driven, or no session was started; it names the check that says why,
                and the others refer to it.

        """
        if case.id not in self._kept:
            self._kept.clear()
            driven = self._driven_case(case, new_context)
            self._kept[case.id] = _tried(partial(self._pulled, case, driven)) if isinstance(driven, Driven) else driven
        kept = self._kept[case.id]
        if isinstance(kept, MaskproofError):
            raise kept
        return kept

    def retake(self, case: Case, new_context: NewContext) -> tuple[JourneyRecord, JourneyRecord]:
        """
        Both journeys of a case on the instrumented build once more, with the same two people.

        Args:
            case: The form and the protocol version.
            new_context: Makes a browser context; takes `user_agent`.

        Raises:
            Inconclusive: A journey could not be driven or pulled.

        """
        sessions = [self._session(case, role, new_context) for role in ROLES]
        user, twin = (self._pull(case, session) for session in sessions)
        return user, twin

    def _driven_case(self, case: Case, new_context: NewContext) -> Driven | MaskproofError:
        """The journeys of a case, driven with those of its group."""
        if case.id not in self._driven:
            group = next((group for group in self.groups if case in group), (case,))
            for one in group:
                self._driven[one.id] = _tried(partial(self._drive, one, new_context))
        return self._driven.pop(case.id)

    def _drive(self, case: Case, new_context: NewContext) -> Driven:
        try:
            user = self._session(case, "user", new_context)
            twin = self._session(case, "twin", new_context)
        except JourneyFailed as error:
            raise self._explained(error, case, new_context) from None
        seen: dict[str, bytes] = {}
        return Driven(user, twin, *self._bare_journey(case, new_context, seen), seen)

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

    def _explained(self, error: JourneyFailed, case: Case, new_context: NewContext) -> JourneyFailed:
        """The error to report: tracking is to blame if the journey works without it and fails again with it."""
        try:
            self._bare_journey(case, new_context)
        except JourneyFailed:
            return error
        try:
            self._session(case, "user", new_context)
        except JourneyFailed as again:
            hint = f"{again.hint}\n  Without tracking the same journey ends well."
            return BrokenByTracking(again.message, hint=hint, place=again.place)
        return error

    def _session(self, case: Case, role: str, new_context: NewContext) -> tuple[Ledger, Personas]:
        personas = self._personas(case, role)
        context = new_context(user_agent=session_user_agent(self.chromium, case.protocol))
        try:
            ledger = run_journey(
                context.new_page(),
                case.form,
                personas,
                base_url=self.target.app.instrumented,
                build="instrumented",
                rules=self.rules,
                trackers=self.target.trackers,
            )
        finally:
            context.close()
        ask_for(self.target, ledger)
        return ledger, personas

    def _bare_journey(
        self, case: Case, new_context: NewContext, seen: dict[str, bytes] | None = None
    ) -> tuple[Ledger, Inspector]:
        inspector, personas, look = Inspector(case.form, self.rules), self._personas(case, "user"), self.look

        def keep(page: Page, moment: Moment) -> None:
            if look is not None and seen is not None:
                with contextlib.suppress(Error):  # the check of the pictures says which one is missing
                    seen[moment.id] = look(page, case.form, personas)

        context = new_context(user_agent=session_user_agent(self.chromium, case.protocol))
        try:
            ledger = run_journey(
                context.new_page(),
                case.form,
                personas,
                base_url=self.target.app.bare,
                build="bare",
                trackers=self.target.trackers,
                inspector=inspector,
                look=keep,
            )
        finally:
            context.close()
        return ledger, inspector

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


def session_user_agent(chromium: str, protocol: int) -> str:
    """
    A unique user agent for one session: Umami distinguishes sessions by it, and must not take it for a bot.

    Its number has digits only, because random hexadecimal can spell a word that bot lists match (`feed`).
    `mp-protocol` asks the embedded collector for a protocol version; a real server decides by itself.

    Args:
        chromium: Version of the browser, e.g. `126.0.0.0`.
        protocol: The protocol version, 1 or 2.

    """
    number = f"{secrets.randbelow(10**SESSION_DIGITS):0{SESSION_DIGITS}}"
    return (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{chromium} Safari/537.36 mp-session/{number} mp-protocol/{protocol}"
    )
