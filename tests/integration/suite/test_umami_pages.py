"""Umami's own web pages, read in a browser: what they show is what was sent, and a difference is seen."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from tests.integration.panels.stages import Stage, staged

from maskproof.clock import now_ms
from maskproof.errors import Inconclusive
from maskproof.panels.traffic import EVENT, VIEW, Hit
from maskproof.panels.umami import insert
from maskproof.secrets import Secret
from maskproof.suite.umami_pages_check import Account, Look, compared, look_at_pages, outcome_of
from maskproof.umami.server import PASSWORD, USER
from maskproof.verdicts.outcome import Outcome

pytestmark = pytest.mark.nightly  # it needs the second build of Umami, and a browser


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Umami's own tables with journeys in them."""
    with staged(tmp_path_factory.mktemp("umami-pages")) as found:
        yield found


def look(stage: Stage, folder: Path, **other: str) -> Look:
    """What the pages show to the account that Umami itself begins with."""
    account = replace(Account(stage.driven.website.id, USER, PASSWORD), **other)
    person = Secret("/checkout", category="address", value_id="user.address")
    return look_at_pages(stage.address, account, folder, [person])


def outcome(stage: Stage, seen: Look) -> Outcome:
    """What the check says of it."""
    return outcome_of(tuple(compared(stage.driven.hits, seen)), stage.driven.hits)


def delete(stage: Stage, kind: int) -> None:
    """Lose one row of a kind."""
    with psycopg.connect(stage.address) as connection:
        connection.execute(
            "DELETE FROM website_event WHERE event_id IN "
            "(SELECT event_id FROM website_event WHERE event_type = %s ORDER BY created_at DESC LIMIT 1)",
            (kind,),
        )


def test_pages_show_what_was_sent_until_rows_are_lost(stage: Stage, tmp_path: Path) -> None:
    """A lost event and a lost view are each a problem, by the numbers of the page."""
    seen = look(stage, tmp_path)
    good = outcome(stage, seen)
    assert (good.verdict, good.seen) == (
        "pass",
        ("Umami's own pages show 5 views, 3 visitors and 2 events of 1 names in the last 24 hours",),
    )
    assert all(len(picture) > 5_000 for picture in seen.pictures.values())
    delete(stage, EVENT)
    assert outcome(stage, look(stage, tmp_path)).problems == ('Umami\'s page shows 1 events "checkout"; 2 were sent',)
    delete(stage, VIEW)
    assert "Umami's page shows 4 views; 5 were sent" in outcome(stage, look(stage, tmp_path)).problems


def test_a_long_table_and_large_numbers_are_read_in_full(stage: Stage, tmp_path: Path) -> None:
    """Rows beyond those in sight, and all digits of a number that the page shortens."""
    names = [f"event {number:02}" for number in range(60) for _ in range(1 + number % 3)] + ["often"] * 1_234
    website, hits = with_events(stage, names)
    seen = look(stage, tmp_path, website=website)
    assert seen.events == Counter(names)
    assert outcome_of(tuple(compared(hits, seen)), hits).verdict == "pass"


def test_a_table_that_is_cut_off_is_not_read(stage: Stage, tmp_path: Path) -> None:
    """Umami shows a hundred names, and nobody knows what comes after."""
    website, _ = with_events(stage, [f"event {number}" for number in range(101)])
    with pytest.raises(Inconclusive, match="ends after 100 rows"):
        look(stage, tmp_path, website=website)


def with_events(stage: Stage, names: Sequence[str]) -> tuple[str, tuple[Hit, ...]]:
    """Another website, with one page view and these events of one person."""
    website, now, person = str(uuid4()), now_ms(), str(uuid4())
    events = [Hit(person, now - number, EVENT, "/a", name=name) for number, name in enumerate(names)]
    hits = (Hit(person, now, VIEW, "/a"), *events)
    with psycopg.connect(stage.address) as connection:
        connection.execute(
            "INSERT INTO website (website_id, name, domain) VALUES (%s, 'Other', 'other.example')", (website,)
        )
        insert(connection, website, hits, version=2)
    return website, hits


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"password": "wrong"}, "the log-in: it did not lead to the dashboard"),
        ({"website": "11111111-2222-4333-8444-555555555555"}, "its numbers are missing"),
    ],
    ids=["password", "website"],
)
def test_pages_that_cannot_be_read_are_no_pass(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: dict[str, str], why: str
) -> None:
    """The message says which page, and how long it was waited for."""
    monkeypatch.setattr("maskproof.umami.pages.DEADLINE_MS", 8_000)
    with pytest.raises(Inconclusive, match=why):
        look(stage, tmp_path, **other)
