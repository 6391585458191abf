"""Drives one journey, step by step, as a user would, and writes the ledger."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page, expect

from maskproof.clock import now_ms
from maskproof.forms.locators import Selector
from maskproof.forms.model import FormFixture, Personas, Step
from maskproof.journey.addresses import address_of
from maskproof.journey.clicks import UMAMI_LINK, Described, describe
from maskproof.journey.dom import FinalDocument, settled_document
from maskproof.journey.failure import complaints, reason_of
from maskproof.journey.model import BuildName, Click, JourneyFailed, Ledger, LedgerStep, Send
from maskproof.journey.moments import Moment, MomentName, planned
from maskproof.journey.observe import Observer
from maskproof.journey.outline import PageOutline, outline_of
from maskproof.journey.pace import BLANK, Pace
from maskproof.journey.redact import Redactor
from maskproof.journey.routes import route_of
from maskproof.journey.steps import Actions
from maskproof.journey.tabs import TIMEOUT_MS, Tabs
from maskproof.journey.trackers import Trackers
from maskproof.rules.coverage import Inspector

GUARD_REPORT = "() => window.__maskproofGuard?.() ?? null"


def run_journey(
    page: Page,
    form: FormFixture,
    personas: Personas,
    *,
    base_url: str,
    build: BuildName,
    trackers: Trackers,
    timeout_ms: int = TIMEOUT_MS,
    inspector: Inspector | None = None,
    rules: Mapping[str, object] | None = None,
    look: Callable[[Page, Moment], None] | None = None,
) -> Ledger:
    """
    Drive one journey in a fresh page.

    Args:
        page: A page of a context of its own; left open for the caller to close.
        form: The journey.
        personas: The values that are typed.
        base_url: Base URL of the application.
        build: Which build this is; recording is waited for only on the instrumented one.
        trackers: Which of the page's requests are the trackers'.
        timeout_ms: Deadline of each step in milliseconds.
        inspector: Records which masking rules match the fields and pages of the journey.
        rules: The compiled masking rules, by which the outline of the final page says what they cover.
        look: Called at each moment that is looked at; leaves the page as it is.

    Raises:
        JourneyFailed: A step cannot be done; names the fixture's file and line, never a value.

    """
    page.set_default_timeout(timeout_ms)
    expect.set_options(timeout=timeout_ms)
    journey = _Journey(page, form, personas, base_url, build, trackers, timeout_ms, inspector, rules or {}, look)
    return journey.run()


class _Journey:
    def __init__(
        self,
        page: Page,
        form: FormFixture,
        personas: Personas,
        base_url: str,
        build: BuildName,
        trackers: Trackers,
        timeout_ms: int,
        inspector: Inspector | None,
        rules: Mapping[str, object],
        look: Callable[[Page, Moment], None] | None,
    ) -> None:
        self._tabs = Tabs(page, timeout_ms, watch=self._watch, leave=self._leave)
        self._guards: list[Mapping[str, int] | None] = []
        self._form = form
        self._base_url = base_url
        self._build = build
        self._inspector = inspector
        self._rules = rules.get("rules", [])
        self._look = look
        self._moments: list[Moment] = []
        self._outlines: list[PageOutline] = []
        self._redactor = Redactor(form, personas)
        self._volatile = [element.selector for element in form.volatile_elements]
        self._observer = Observer(page.context, base_url, trackers)
        self._pace = Pace(self._tabs, self._observer, form)
        self._actions = Actions(self._tabs, form, personas, base_url)
        self._steps: list[LedgerStep] = []
        self._clicks: list[Click] = []
        self._navigations: list[str] = []
        self._opened_ms = 0
        self._addresses: dict[str, dict[str, None]] = {}
        self._listen(page)

    @property
    def _page(self) -> Page:
        return self._tabs.current

    def _watch(self, page: Page) -> None:
        """A tab that is turned to for the first time."""
        self._pace.watch(page)
        if page.url != BLANK:
            self._navigated(page.url)
        self._listen(page)

    def _listen(self, page: Page) -> None:
        page.on("framenavigated", lambda frame: self._navigated(frame.url) if frame == page.main_frame else None)

    def _leave(self, page: Page) -> None:
        """What the guard of a tab counted is gone once the tab is closed."""
        self._guards.append(page.evaluate(GUARD_REPORT))

    def _guard_report(self) -> Mapping[str, int] | None:
        """What the guards of all tabs counted; nothing is known if one does not say."""
        reports = [*self._guards, *(page.evaluate(GUARD_REPORT) for page in self._tabs.open)]
        if any(report is None for report in reports):
            return None
        return dict(sum((Counter(report) for report in reports), Counter()))

    def run(self) -> Ledger:
        self._opened_ms = now_ms()
        self._actions.seed()
        self._do(Step("goto", {"path": self._form.start}, 1))
        plan = planned(self._form.steps)
        for index, step in enumerate(self._form.steps):
            self._note(plan.get(index))
            self._do(step)
        success = self._form.success
        self._do(Step("expect_visible", {"selector": success.selector, "text": success.text}, 1))
        if success.path:
            self._do(Step("expect_url", {"path": success.path}, 1))
        self._pace.until_quiet()
        document = settled_document(self._page, self._volatile)
        self._note(plan[len(self._form.steps)])
        if self._build == "instrumented":
            self._outline()
            self._pace.flush()
            self._outline()
        return self._ledger(document)

    def _note(self, name: MomentName | None) -> None:
        """Note a moment, once what happened before it is recorded, and let it be looked at."""
        if name is None:
            return
        self._pace.until_collected()
        number = 1 + sum(1 for moment in self._moments if moment.name == name)
        moment = Moment(name, number, now_ms(), self._tabs.number)
        self._moments.append(moment)
        if self._look is not None:
            self._look(self._page, moment)

    def _outline(self) -> None:
        with contextlib.suppress(Error):  # the check of fidelity says that it was not taken
            self._outlines.append(outline_of(self._page, self._rules, self._redactor.text, self._volatile))

    def _navigated(self, url: str) -> None:
        path = route_of(url)
        if url.startswith(self._base_url) and (not self._navigations or self._navigations[-1] != path):
            self._navigations.append(path)

    def _do(self, step: Step) -> None:
        before = not self._observer.start_answers
        loads, clicked, began_ms = len(self._pace.loads), Described(), now_ms()
        try:
            for field in step.fields:
                self._meet(field)
            if step.kind == "click":
                clicked, began_ms = describe(self._actions.element(step.arguments["selector"])), now_ms()
            self._actions.do(step)
            self._inspect()
            self._look_for_shown()
        except (Error, AssertionError) as error:
            raise self._failed(step, error) from None
        self._steps.append(LedgerStep(step.kind, step.line, now_ms(), before))
        if self._build == "instrumented":
            self._pace.until_recording()
        if step.kind == "select_text":
            self._pace.until_collected()
        self._observer.drain()
        if step.kind == "click":
            click = self._click(step, clicked, loads, before_recording=before)
            self._clicks.append(replace(click, time_ms=began_ms))

    def _meet(self, field: str) -> None:
        """Note what the page has of a field before a step uses it."""
        element = self._actions.field(field)
        if self._inspector is not None:
            self._inspector.field(field, element)
        self._note_address(field, element)

    def _note_address(self, field: str, element: Locator) -> None:
        address = address_of(element)
        if address and self._redactor.message(address) == address:
            self._addresses.setdefault(field, {})[address] = None

    def _look_for_shown(self) -> None:
        """Note what the page has of elements that show a planted value, once they are there."""
        for field in self._form.shown:
            element = self._actions.element(field.selector)
            if field.id not in self._addresses and element.count():
                self._note_address(field.id, element.first)

    def _inspect(self) -> None:
        """Record which rules match the page; a page that is just being left is followed to where it goes."""
        if self._inspector is None:
            return
        try:
            self._inspector.page(self._page)
        except Error:
            self._page.wait_for_load_state("domcontentloaded")
            self._inspector.page(self._page)

    def _click(self, step: Step, clicked: Described, loads: int, *, before_recording: bool) -> Click:
        """A click for the ledger; a name that holds a value is left out."""
        return Click(
            str(step.arguments["selector"]),
            step.arguments.get("label", ""),
            before_recording,
            names=tuple(name for name in clicked.names if self._redactor.message(name) == name),
            loads=loads,
            is_umami_link=clicked.is_umami_link,
        )

    def _failed(self, step: Step, error: Exception) -> JourneyFailed:
        reason, *more = reason_of(error, self._redactor)
        missing = [selector for selector in self._selectors(step) if not self._matches(selector)]
        if missing and step.kind != "expect_hidden":
            reason = f"nothing on the page matches {missing[0]}"
        place = f"{step.source or self._form.source}:{step.line}: step {step.kind} {_target(step.arguments)}".rstrip()
        return JourneyFailed(
            f"{place} cannot be done on the {self._build} build: {reason}",
            hint="\n  ".join([*more, *self._circumstances()]),
            place=place,
        )

    def _circumstances(self) -> Iterator[str]:
        """What else was the matter when a step could not be done."""
        yield f"The page was at {self._path()}."
        was_loaded = (click.is_umami_link and len(self._pace.loads) > click.loads for click in self._clicks)
        if self._build == "instrumented" and any(was_loaded):
            yield f"Before that, {UMAMI_LINK}."
        yield from complaints(self._observer.console_errors, self._observer.failed_requests(), self._redactor)

    def _selectors(self, step: Step) -> Iterator[Selector]:
        """What the step names elements by."""
        yield from (self._form.fields[field].selector for field in step.fields)
        yield from (step.arguments[name] for name in ("selector", "from", "to") if name in step.arguments)

    def _matches(self, selector: Selector) -> bool:
        try:
            return self._actions.element(selector).count() > 0
        except Error:
            return True  # an invalid selector or a closed page: the error itself says so

    def _path(self) -> str:
        return self._redactor.path(urlsplit(self._page.url).path)

    def _shown(self, sends: Iterable[Send]) -> tuple[Send, ...]:
        """Sends with the names that a report may show."""
        return tuple(replace(send, shown=self._redactor.text(send.name)) for send in sends)

    def _ledger(self, document: FinalDocument) -> Ledger:
        observer = self._observer
        starts = observer.starts()
        return Ledger(
            form=self._form.id,
            build=self._build,
            base_url=self._base_url,
            user_agent=self._page.evaluate("() => navigator.userAgent"),
            started_ms=self._opened_ms,
            ended_ms=now_ms(),
            steps=tuple(self._steps),
            clicks=tuple(self._clicks),
            navigations=tuple(self._redactor.path(path) for path in self._navigations),
            messages=tuple((selector, self._redactor.text(text)) for selector, text in self._actions.messages),
            submissions=tuple(self._redactor.submission(submission) for submission in observer.submissions()),
            starts=tuple(starts),
            batches=observer.batches_sent(),
            batches_unanswered=observer.batches_unanswered(),
            data_types=observer.data_types(),
            batches_cut_off=observer.batches_cut_off(),
            sends=self._shown(observer.sends()),
            sends_refused=tuple(
                replace(send, name=self._redactor.text(send.name), reason=self._redactor.message(send.reason))
                for send in observer.sends_refused()
            ),
            sends_unanswered=self._shown(observer.sends_unanswered()),
            final_path=self._path(),
            final_dom=self._redactor.text(document.text),
            console_errors=tuple(self._redactor.text(text) for text in observer.console_errors),
            guard_report=self._guard_report(),
            tab=self._tabs.number,
            gap_ms=starts[0].time_ms - self._steps[0].time_ms if starts else None,
            outlines=tuple(self._outlines),
            moments=tuple(self._moments),
            batches_refused=tuple(
                replace(upload, reason=self._redactor.message(upload.reason)) for upload in observer.batches_refused()
            ),
            loads=tuple(self._redactor.path(path) for path in self._pace.loads),
            blocked=tuple(self._redactor.message(text) for text in observer.blocked()),
            volatile_elements=document.volatile,
            addresses={field: tuple(known) for field, known in self._addresses.items()},
        )


def _target(arguments: Mapping[str, Any]) -> str:
    named = (arguments.get(name) for name in ("field", "selector", "from", "path", "key"))
    return str(next(filter(None, named), ""))
