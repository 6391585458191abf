"""What Umami counts against what the fixture says."""

from dataclasses import replace

import pytest
from tests.unit.samples import FORM, evidence, umami_event

from maskproof.capture import check_analytics
from maskproof.umami.model import UmamiEvent

VIEWS = (umami_event("pageview"), umami_event("pageview", path="/thanks"))
SENT = umami_event("event", "sent", "/thanks")


def test_every_page_view_and_event_is_counted() -> None:
    """As the fixture names them."""
    outcome = check_analytics(FORM, evidence())
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
    """Too few and too many."""
    assert check_analytics(FORM, evidence(umami_events=events)).problems == (problem,)


@pytest.mark.parametrize("path", ["/d%65mo", "/demo#part"])
def test_paths_are_compared_as_a_user_reads_them(path: str) -> None:
    """2.10 encodes them, v3 keeps the part behind the hash."""
    events = (umami_event("pageview", path=path), VIEWS[1], SENT)
    assert check_analytics(FORM, evidence(umami_events=events)).verdict == "pass"


def test_a_fixture_that_expects_nothing_says_nothing() -> None:
    """An empty expectation is always met."""
    outcome = check_analytics(replace(FORM, page_views=(), events=()), evidence())
    assert outcome.unseen == ("the fixture names no page view and no event",)
