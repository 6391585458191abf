"""What Umami counts is compared with the form fixture."""

from dataclasses import replace

import pytest
from tests.unit.samples import FORM, LEDGER, journey_record, umami_event

from maskproof.capture import check_analytics
from maskproof.capture.refusals import refused_events
from maskproof.evidence.causes import causes
from maskproof.journey.model import RefusedSend
from maskproof.umami.model import UmamiEvent
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import Result

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
        ((*VIEWS[:1], SENT), "page view of /thanks: expected 1, pulled 0; page views pulled: /demo (1)"),
        (VIEWS, "event sent: expected 1, pulled 0; events pulled: none"),
        (
            (*VIEWS, VIEWS[0], SENT),
            "page view of /demo: expected 1, pulled 2; page views pulled: /demo (2) | /thanks (1)",
        ),
        ((*VIEWS, SENT, SENT), "event sent: expected 1, pulled 2; events pulled: sent (2)"),
        ((*VIEWS, umami_event("event", "other")), "event sent: expected 1, pulled 0; events pulled: other (1)"),
    ],
    ids=["view", "event", "view-twice", "event-twice", "other-name"],
)
def test_another_count_fails(events: tuple[UmamiEvent, ...], problem: str) -> None:
    """Too few and too many are both a problem, which shows what Umami has."""
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


def test_what_was_pulled_is_shown_without_a_value() -> None:
    """Names and paths can hold what was typed."""
    record = journey_record()
    email = record.personas.value("user.email").reveal()
    leaked = (umami_event("pageview", path=f"/people/{email}"), umami_event("event", f"to {email}"))
    problems = check_analytics(FORM, replace(record, umami_events=leaked)).problems
    assert problems[0].endswith("page views pulled: /people/[user.email] (1)")
    assert problems[-1].endswith("events pulled: to [user.email] (1)")


@pytest.mark.parametrize(
    ("refused", "events"),
    [
        (RefusedSend("event", "sent", 4, 400, "Invalid payload"), VIEWS),
        (RefusedSend("pageview", "", 0, 400), (VIEWS[0], SENT)),
    ],
    ids=["event", "page view"],
)
def test_what_umami_refused_is_one_cause(refused: RefusedSend, events: tuple[UmamiEvent, ...]) -> None:
    """The line is that of the check of capture, and the report has both as one."""
    ledger = replace(LEDGER, sends_refused=(refused,))
    record = journey_record(ledger=ledger, umami_events=events)
    (problem,) = check_analytics(FORM, record).problems
    assert problem in refused_events(ledger.sends_refused)
    results = [
        Result.of(check, Outcome(problems=(problem,)), form="demo", protocol=1, started=0.0)
        for check in ("capture", "analytics")
    ]
    (cause,) = causes(results)
    assert cause.checks == ("capture", "analytics")


def test_a_missing_event_beside_a_refused_one_is_a_problem_of_its_own() -> None:
    """Another event was refused: that does not explain it, and is named with it."""
    record = journey_record(
        ledger=replace(LEDGER, sends_refused=(RefusedSend("event", "other", 5, 400),)), umami_events=VIEWS
    )
    (problem,) = check_analytics(FORM, record).problems
    assert problem.startswith("event sent: expected 1, pulled 0")
    assert "Umami event other was refused with status 400" in problem


def test_a_policy_of_the_page_that_stopped_umami_is_named() -> None:
    """Nothing was sent, and the browser knows why."""
    blocked = ("Refused to connect: it violates the following Content Security Policy directive",)
    record = journey_record(ledger=replace(LEDGER, blocked=blocked), umami_events=())
    problems = check_analytics(FORM, record).problems
    assert problems
    assert [problem for problem in problems if blocked[0] not in problem] == []
