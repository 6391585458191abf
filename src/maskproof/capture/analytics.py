"""Whether Umami has the page views and custom events that the form fixture names."""

from collections import Counter
from urllib.parse import unquote

from maskproof.forms.model import FormFixture
from maskproof.recording.journey_record import JourneyRecord
from maskproof.verdicts.outcome import Outcome


def check_analytics(form: FormFixture, journey: JourneyRecord) -> Outcome:
    """
    Check that Umami has each page view and custom event as often as the form fixture names it.

    Args:
        form: Names `page_views` (paths) and `events`.
        journey: The recording of one journey.

    """
    views = Counter(_path(event.path) for event in journey.umami_events if event.kind == "pageview")
    events = Counter(event.name for event in journey.umami_events if event.kind == "event")
    problems = [
        *(
            f"page view of {path}: expected {count}, pulled {views[path]}"
            for path, count in _other(form.page_views, views)
        ),
        *(f"event {name}: expected {count}, pulled {events[name]}" for name, count in _other(form.events, events)),
    ]
    seen = f"{sum(views.values())} page views, {sum(events.values())} custom events in Umami"
    unseen = () if form.page_views or form.events else ("the fixture names no page view and no event",)
    return Outcome(seen=(seen,), problems=tuple(problems), unseen=unseen)


def _path(stored: str) -> str:
    """The path as a user reads it. Umami 2.10 encodes it once more, v3 keeps the fragment."""
    return unquote(stored).partition("#")[0]


def _other(expected: tuple[str, ...], found: Counter[str]) -> list[tuple[str, int]]:
    return [(name, count) for name, count in Counter(expected).items() if found[name] != count]
