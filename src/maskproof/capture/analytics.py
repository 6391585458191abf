"""Whether Umami has the page views and custom events that the form fixture names."""

from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote

from maskproof.capture.refusals import blocked_by_policy, refused_events
from maskproof.forms.model import FormFixture
from maskproof.journey.failure import first_of
from maskproof.journey.model import Ledger
from maskproof.journey.redact import Redactor
from maskproof.recording.journey_record import JourneyRecord
from maskproof.verdicts.outcome import Outcome

SHOWN = 8


def check_analytics(form: FormFixture, journey: JourneyRecord) -> Outcome:
    """
    Check that Umami has each page view and custom event as often as the form fixture names it.

    Args:
        form: Names `page_views` (paths) and `events`.
        journey: The recording of one journey.

    """
    views = Counter(_path(event.path) for event in journey.umami_events if event.kind == "pageview")
    events = Counter(event.name for event in journey.umami_events if event.kind == "event")
    redactor = Redactor(form, journey.personas)
    refused = Counter((send.kind, send.name) for send in journey.ledger.sends_refused)
    why = _why(journey.ledger)
    shown_views = _listed(map(redactor.path, views.elements()), redactor)
    shown_events = _listed(events.elements(), redactor)
    lines = [
        (
            f"page view of {path}: expected {count}, pulled {views[path]}; page views pulled: {shown_views}{why}",
            count - views[path] == refused["pageview", ""],
        )
        for path, count in _other(form.page_views, views)
    ]
    lines += [
        (
            f"event {name}: expected {count}, pulled {events[name]}; events pulled: {shown_events}{why}",
            count - events[name] == refused["event", name],
        )
        for name, count in _other(form.events, events)
    ]
    problems = [line for line, is_refused in lines if not is_refused]
    if len(problems) < len(lines):
        # What was refused is missing: that is one cause, in the words of the check of capture.
        problems += refused_events(journey.ledger.sends_refused)
    seen = f"{sum(views.values())} page views, {sum(events.values())} custom events in Umami"
    unseen = () if form.page_views or form.events else ("the fixture names no page view and no event",)
    return Outcome(seen=(seen,), problems=tuple(problems), unseen=unseen)


def _path(stored: str) -> str:
    """The path as a user reads it. Umami 2.10 encodes it once more, v3 keeps the fragment."""
    return unquote(stored).partition("#")[0]


def _listed(names: Iterable[str], redactor: Redactor) -> str:
    """What was pulled, each once with how often, without a value."""
    counts = Counter(redactor.message(name) for name in names)
    return first_of((f"{name} ({count})" for name, count in counts.items()), most=SHOWN) or "none"


def _why(ledger: Ledger) -> str:
    """What Umami refused or a policy stopped, as the end of a line."""
    refused = "".join(f"; {line}" for line in refused_events(ledger.sends_refused))
    return refused + blocked_by_policy(ledger)


def _other(expected: tuple[str, ...], found: Counter[str]) -> list[tuple[str, int]]:
    return [(name, count) for name, count in Counter(expected).items() if found[name] != count]
