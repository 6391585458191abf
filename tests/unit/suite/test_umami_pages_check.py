"""What Umami's own pages show, held against what was sent."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.docs.pages import ROOT

from maskproof.clock import DAY_MS, now_ms
from maskproof.errors import Inconclusive
from maskproof.evidence.umami_pages import read_pages
from maskproof.panels.traffic import EVENT, VIEW, Hit
from maskproof.recording.addresses import (
    AppAddresses,
    OpenReplayAddresses,
    StackAddresses,
    UmamiAddresses,
)
from maskproof.recording.cases import selected_cases
from maskproof.recording.recorder import personas_of
from maskproof.settings import Settings, load_settings
from maskproof.suite import umami_pages_check
from maskproof.suite.umami_pages_check import Look, compared, conclude_umami_pages, outcome_of
from maskproof.umami.pages import VIEWS, VISITORS
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import RESULTS_FOLDER

NOW = now_ms()
HITS = (
    Hit("one", NOW, VIEW, "/a"),
    Hit("one", NOW, VIEW, "/b"),
    Hit("two", NOW, VIEW, "/a"),
    Hit("two", NOW, EVENT, "/a", name="sent"),
    Hit("only events", NOW, EVENT, "/a", name="sent"),
)
PNG = b"\x89PNG picture"


def shown(views: int = 3, visitors: int = 2, **events: int) -> Look:
    """What the pages show; by default what was sent."""
    return Look({VIEWS: views, VISITORS: visitors}, events or {"sent": 2}, {"The website": PNG})


def judged(look: Look, hits: tuple[Hit, ...] = HITS) -> Outcome:
    """What the check says."""
    return outcome_of(tuple(compared(hits, look)), hits)


def test_what_was_sent_is_shown() -> None:
    """A visitor is one who viewed a page."""
    outcome = judged(shown())
    assert outcome.verdict == "pass"
    assert outcome.seen == ("Umami's own pages show 3 views, 2 visitors and 2 events of 1 names in the last 24 hours",)


@pytest.mark.parametrize(
    ("look", "problems"),
    [
        (shown(views=2), ["Umami's page shows 2 views; 3 were sent"]),
        (shown(views=4), ["Umami's page shows 4 views; 3 were sent"]),
        (shown(visitors=1), ["Umami's page shows 1 visitors; 2 were sent"]),
        (shown(sent=1), ['Umami\'s page shows 1 events "sent"; 2 were sent']),
        (shown(sent=2, other=1), ['Umami\'s page shows 1 events "other"; 0 were sent']),
        (
            shown(other=2),
            ['Umami\'s page shows 2 events "other"; 0 were sent', 'Umami\'s page shows 0 events "sent"; 2 were sent'],
        ),
    ],
)
def test_any_other_number_is_a_problem(look: Look, problems: list[str]) -> None:
    """More as well as less, and each event by its name."""
    assert list(judged(look).problems) == problems


def test_a_run_that_sent_nothing_shows_nothing() -> None:
    """That page and wire agree on zero is no evidence."""
    nothing = Look({VIEWS: 0, VISITORS: 0}, {}, {})
    assert judged(nothing, ()).verdict == "inconclusive"


def test_a_run_of_more_than_a_day_is_not_judged() -> None:
    """Its first views are beyond what the pages show."""
    hits = (Hit("one", NOW - DAY_MS, VIEW, "/a"), *HITS[1:])
    assert judged(shown(), hits).verdict == "inconclusive"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The configuration of this repository, with reports of its own."""
    configured = load_settings(ROOT / "maskproof.toml", environment={})
    return replace(configured, paths=replace(configured.paths, reports=tmp_path))


def concluded(settings: Settings) -> dict[str, Any]:
    """The result that is written."""
    umami = UmamiAddresses(url="", server="", script="", user="u", password="p", website_id="w")
    openreplay = OpenReplayAddresses("", "", "", "", "", "", "")
    addresses = StackAddresses(AppAddresses("", ""), openreplay, umami, settings.paths.reports / "run")
    conclude_umami_pages(settings, addresses, "", seed="seed")
    (file,) = (settings.paths.reports / RESULTS_FOLDER).glob("umami-pages*.json")
    result: dict[str, Any] = json.loads(file.read_text())
    return result


def test_pictures_and_numbers_are_kept_for_the_report(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """No name of an event is repeated that holds a value, in the report or in the result."""
    case = selected_cases(settings)[0]
    value = next(secret for secret in personas_of(case, "seed", "user").pii_of(case.form) if not secret.is_short)
    named = {f"to {value.reveal()}": 1, "sent": 2}
    monkeypatch.setattr(umami_pages_check, "sent_hits", lambda *_: HITS)
    monkeypatch.setattr(umami_pages_check, "look_at_pages", lambda *_: shown(**named))
    result = concluded(settings)
    assert (result["form"], result["verdict"]) == ("all", "fail")
    assert result["requirement"].startswith("4.3 AC6")
    pages = read_pages(settings.paths.reports)
    assert pages is not None
    assert [(title, picture[:22]) for title, picture in pages.pictures] == [("The website", "data:image/png;base64,")]
    assert [(one["sent"], one["shown"]) for one in pages.numbers] == [(3, 3), (2, 2), (2, 2), (0, 1)]
    assert value.reveal() not in f"{result}{pages.numbers}"


def test_pages_that_cannot_be_read_are_no_pass(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The result says why, and the report has no section."""

    def refuse(*_: object) -> Look:
        raise Inconclusive("Umami's own web pages cannot be read: the log-in.")

    monkeypatch.setattr(umami_pages_check, "sent_hits", lambda *_: HITS)
    monkeypatch.setattr(umami_pages_check, "look_at_pages", refuse)
    result = concluded(settings)
    assert result["verdict"] == "inconclusive"
    assert "the log-in" in result["explanation"]
    assert read_pages(settings.paths.reports) is None
