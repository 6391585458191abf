"""Every panel of this repository, on real tables: what it shows is what was driven."""

import psycopg
from tests.integration.panels.stages import ROOT, Stage

from maskproof.panels.check import check_dashboards

MOST_SECONDS = 5


def test_every_panel_shows_what_was_driven(stage: Stage) -> None:
    """No panel differs, none is left out without a word, and all queries together take less than five seconds."""
    outcome = check_dashboards(ROOT / "dashboards", stage.address, stage.driven)
    assert outcome.explanation.splitlines() == ["; ".join(outcome.seen)]
    assert outcome.verdict == "pass"
    assert outcome.figures["panels"] >= 40
    assert outcome.figures["seconds"] < MOST_SECONDS


def test_nothing_is_left_behind(stage: Stage) -> None:
    """Neither role, schema nor planted row: the database is that of the journeys alone."""
    check_dashboards(ROOT / "dashboards", stage.address, stage.driven)
    with psycopg.connect(stage.address) as connection:
        assert connection.execute("SELECT count(*) FROM website_event").fetchone() == (len(stage.driven.hits),)
        assert connection.execute("SELECT count(*) FROM website").fetchone() == (1,)
        assert connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'grafana_ro'").fetchone() is None
        assert connection.execute("SELECT 1 FROM pg_namespace WHERE nspname LIKE 'panels%'").fetchone() is None
