"""What Umami was sent is read from the tap's wire."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from maskproof.errors import Inconclusive
from maskproof.panels.traffic import EVENT, VIEW, planted_hits, sent_hits
from maskproof.panels.umami import Website, umami_facts

SITE = "98a0d50f-6c57-494e-ade5-e97792b0405d"


def line(session: str, status: int = 200, kind: str = "event", **payload: Any) -> dict[str, Any]:
    """One request as the tap keeps it."""
    token = base64.urlsafe_b64encode(json.dumps({"id": session}).encode()).decode().rstrip("=")
    body = {"type": kind, "payload": {"website": SITE, "language": "en-US", "referrer": "", "url": "/", **payload}}
    return {"time_ms": 1000, "status": status, "answer": f"a.{token}.c", "body": json.dumps(body)}


def wire(folder: Path, *lines: dict[str, Any]) -> Path:
    """A work folder with these requests."""
    (folder / "umami").mkdir()
    (folder / "umami/wire.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return folder


def test_page_views_and_events_are_told_apart(tmp_path: Path) -> None:
    """By their name; an address is split as Umami does it."""
    view, event = sent_hits(
        wire(tmp_path, line("one", url="/a?b=c", referrer="https://www.search.example/x"), line("one", name="buy")),
        SITE,
    )
    assert (view.kind, view.path, view.query, view.referrer) == (VIEW, "/a", "b=c", "search.example")
    assert (event.kind, event.name, event.path) == (EVENT, "buy", "/")


def test_a_campaign_is_a_parameter_of_the_address(tmp_path: Path) -> None:
    """Of the query that Umami keeps: it drops what follows a second question mark."""
    urls = ("/a?utm_source=news%2520letter&b=c", "/a?b=c&utm_source=x#top", "/a?b=c?utm_source=x", "/a?xutm_source=x")
    hits = sent_hits(wire(tmp_path, *(line("one", url=url) for url in urls)), SITE)
    assert [hit.campaign for hit in hits] == ["news%2520letter", "x#top", "", ""]
    assert [hit.query for hit in hits][2] == "b=c"


def test_what_umami_did_not_store_is_no_traffic(tmp_path: Path) -> None:
    """Refused, dropped as a bot's, of another website, or no event at all."""
    dropped = {**line("one"), "answer": "{}"}
    lines = (line("one", status=400), dropped, line("one", website="other"), line("one", kind="identify"))
    assert sent_hits(wire(tmp_path, *lines), SITE) == ()


def test_no_wire_is_inconclusive(tmp_path: Path) -> None:
    """Nothing was driven, so that nothing can be held against it."""
    with pytest.raises(Inconclusive, match="kept no request"):
        sent_hits(tmp_path, SITE)


@pytest.mark.parametrize("version", [2, 3])
def test_every_fact_of_planted_traffic_is_something(version: int) -> None:
    """A fact of nothing would agree with a panel that shows zero; only 2 measures nothing."""
    hits = planted_hits(0, ("/first", "/second", "/last"), "127.0.0.1")
    facts = umami_facts(hits, ("/first", "/second", "/last"), Website(SITE, "127.0.0.1"), version=version)
    assert [name for name, fact in facts.items() if not fact.seen()] == []


def test_the_funnel_of_planted_traffic_has_an_order() -> None:
    """Whoever opens the last page first has reached the first step only."""
    steps = ("/first", "/second", "/last")
    facts = umami_facts(planted_hits(0, steps, ""), steps, Website(SITE, ""), version=3)
    assert facts["funnel"].seen() == "4 / 1 / 1"
