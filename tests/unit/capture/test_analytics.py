"""What Umami counts is compared with the form fixture."""

from dataclasses import replace

import pytest
from tests.unit.samples import FORM, journey_record, umami_event

from maskproof.capture import check_analytics
from maskproof.umami.model import UmamiEvent

VIEWS = (umami_event("pageview"), umami_event("pageview", path="/thanks"))
SENT = umami_event("event", "sent", "/thanks")


def test_every_page_view_and_event_is_counted() -> None:
    """The counts are those of the form fixture."""
    outcome = check_analytics(FORM, journey_record())
    assert outcome.verdict == "pass"
    assert outcome.seen == ("2 page views, 1 custom events in Umami",)


@pytest.mark.parametrize(
    ("events", "problem"),
    [
        ((*VIEWS[:1], SENT), "page view of /thanks: expected 1, pulled 0"),
        (VIEWS, "event sent: expected 1, pulled 0"),
        ((*VIEWS, VIEWS[0], SENT), "page view of /demo: expected 1, pulled 2"),
        ((*VIEWS, SENT, SENT), "event sent: expected 1, pulled 2"),
        ((*VIEWS, umami_event("event", "other")), "event sent: expected 1, pulled 0"),
    ],
    ids=["view", "event", "view-twice", "event-twice", "other-name"],
)
def test_another_count_fails(events: tuple[UmamiEvent, ...], problem: str) -> None:
    """Too few and too many are both a problem."""
    assert check_analytics(FORM, journey_record(umami_events=events)).problems == (problem,)


@pytest.mark.parametrize("path", ["/d%65mo", "/demo#part"])
def test_paths_are_compared_as_a_user_reads_them(path: str) -> None:
    """Umami 2.10 encodes a path once more, and v3 keeps its fragment."""
    events = (umami_event("pageview", path=path), VIEWS[1], SENT)
    assert check_analytics(FORM, journey_record(umami_events=events)).verdict == "pass"


def test_a_fixture_that_expects_nothing_says_nothing() -> None:
    """An expectation of nothing is always met, so it is no evidence."""
    outcome = check_analytics(replace(FORM, page_views=(), events=()), journey_record())
    assert outcome.unseen == ("the fixture names no page view and no event",)
