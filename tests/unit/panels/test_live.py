"""The live check asks Grafana; its answers are documents that cite Grafana's source."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.conftest import Server
from tests.unit.panels.test_model import DASHBOARD, FACTS, folder

from maskproof.errors import ConfigurationError
from maskproof.http import ApiError
from maskproof.panels.facts import Facts, amount
from maskproof.panels.grafana import Grafana
from maskproof.panels.live import Live, check_live, live_facts
from maskproof.panels.macros import TimeRange
from maskproof.panels.model import load_dashboards
from maskproof.umami.model import UmamiEvent
from maskproof.verdicts.outcome import Outcome

DOCUMENTS = "grafana-11.6"
SOURCE = {"uid": "db", "type": "grafana-postgresql-datasource"}
TARGET = {
    "rawSql": "SELECT '$site' AS url WHERE $__timeFilter(t)",
    "datasource": SOURCE,
    "format": "table",
    "refId": "B",
}
OURS: dict[str, Any] = {
    **DASHBOARD,
    "panels": [
        {"id": 1, "title": "Views", "datasource": SOURCE, "targets": [TARGET]},
        {"id": 2, "title": "Latency", "datasource": SOURCE, "targets": [{"metricName": "x", "datasource": SOURCE}]},
    ],
}
TIMES = TimeRange(1_000, 2_000)


def check(server: Server, root: Path, *answers: str, theirs: object = OURS, facts: Facts | None = None) -> Outcome:
    """The check of one dashboard, with these answers of Grafana."""
    body = json.dumps({"meta": {"provisioned": True}, "dashboard": theirs}).encode()
    server.give(DOCUMENTS, "health", *answers)
    if "dashboard-unknown" not in answers and "refused" not in answers:
        server.answer("GET", "/api/dashboards/uid/mine", 200, body)
    live = Live(TIMES, {"site": "abc"}, {"page_views": amount(12)} if facts is None else facts)
    return check_live(Grafana(server.url, "secret"), load_dashboards(folder(root, OURS, FACTS)), live)


def test_everything_is_as_it_should_be(server: Server, tmp_path: Path) -> None:
    """Version, dashboard and panel are seen; what only AWS answers is named."""
    outcome = check(server, tmp_path, "source-ok", "query-number")
    assert outcome.verdict == "pass"
    assert outcome.seen[1:] == (
        "mine: is ours",
        "mine 1 (Views): 12",
        "mine 2 (Latency): not run, its variables are chosen in Grafana",
    )
    assert "11.6.0" in outcome.seen[0]


def test_a_query_is_sent_as_grafanas_page_sends_it(server: Server, tmp_path: Path) -> None:
    """Variables are filled in, macros are left to Grafana, and the time stands beside; the token is in the header."""
    check(server, tmp_path, "source-ok", "query-number")
    ((headers, body),) = [(headers, body) for method, _, headers, body in server.seen if method == "POST"]
    (query,) = body["queries"]
    assert query["rawSql"] == "SELECT 'abc' AS url WHERE $__timeFilter(t)"
    assert (query["refId"], query["datasource"], body["from"], body["to"]) == ("A", SOURCE, "1000", "2000")
    assert headers["Authorization"] == "Bearer secret"


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        (("source-ok", "query-error"), 'mine 1 (Views): db query error: pq: column "url" does not exist'),
        (("source-ok", "query-table"), "mine 1 (Views): expected 1 row, shown 2"),
        (("source-ok", "query-empty"), "mine 1 (Views): expected 1 row, shown 0"),
        (("source-broken",), "data source db: dial tcp: lookup db on 10.0.0.2:53: no such host"),
        (("source-unknown",), "data source db: Unable to load datasource metadata"),
    ],
)
def test_what_is_wrong_in_grafana_fails(server: Server, tmp_path: Path, answers: tuple[str, ...], problem: str) -> None:
    """Once: panels of a broken data source are not listed as well."""
    assert check(server, tmp_path, *answers).problems == (problem,)


def test_other_numbers_than_the_servers_own_fail(server: Server, tmp_path: Path) -> None:
    """The panel shows 12, Umami's own interface says 13."""
    outcome = check(server, tmp_path, "source-ok", "query-number", facts={"page_views": amount(13)})
    assert outcome.problems == ("mine 1 (Views): expected 13, shown 12",)


def test_a_dashboard_that_somebody_changed_fails(server: Server, tmp_path: Path) -> None:
    """Its number of saves is Grafana's own; panels and variables are ours."""
    theirs = {**OURS, "version": 17, "id": 5, "panels": OURS["panels"][:1]}
    outcome = check(server, tmp_path, "source-ok", "query-number", theirs=theirs)
    assert outcome.problems == ("mine: is not ours, it differs in panels",)


def test_a_dashboard_that_is_not_there_is_inconclusive(server: Server, tmp_path: Path) -> None:
    """Nobody looks at it, so that it shows nothing."""
    outcome = check(server, tmp_path, "dashboard-unknown")
    assert outcome.verdict == "inconclusive"
    assert outcome.unseen == ("mine: is not in this Grafana",)


def test_a_token_that_is_not_accepted_is_a_fault_of_the_configuration(server: Server, tmp_path: Path) -> None:
    """The error says where it is configured, and does not show it."""
    with pytest.raises(ConfigurationError, match=r"token_env") as raised:
        check(server, tmp_path, "refused")
    assert "secret" not in str(raised.value)


def test_a_grafana_that_does_not_answer_is_inconclusive(server: Server, tmp_path: Path) -> None:
    """It may be another server behind the address."""
    server.answer("GET", "/api/health", 200, b"<html>")
    with pytest.raises(ApiError, match="did not answer JSON"):
        check_live(Grafana(server.url, "secret"), load_dashboards(folder(tmp_path, OURS, FACTS)), Live(TIMES, {}, {}))


def test_facts_of_a_live_run_are_those_of_its_time() -> None:
    """What Umami lists beyond it is not counted; sessions are counted once."""

    def event(kind: str, second: int, name: str = "") -> UmamiEvent:
        at = f"1970-01-01T00:00:0{second}.500Z"
        return UmamiEvent("id", "one", kind, name, "/", "", "", "", at)  # type: ignore[arg-type]

    facts = live_facts(
        [event("pageview", 1), event("pageview", 1), event("pageview", 3), event("event", 1, "buy")], [], TIMES
    )
    assert {name: fact.seen() for name, fact in facts.items()} == {
        "page_views": "2",
        "visitors": "1",
        "events": "1 rows",
        "sessions": "",
    }
