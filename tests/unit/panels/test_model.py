"""Dashboards are read as Grafana saves them."""

import json
from pathlib import Path
from typing import Any

import pytest

from maskproof.errors import ConfigurationError
from maskproof.panels.model import load_dashboards

SOURCE = {"uid": "db", "type": "grafana-postgresql-datasource"}
DASHBOARD = {
    "uid": "mine",
    "version": 4,
    "panels": [
        {"id": 1, "title": "Views", "targets": [{"rawSql": "SELECT 1", "datasource": SOURCE, "format": "time_series"}]},
        {"id": 2, "title": "Latency", "targets": [{"metricName": "Latency", "datasource": SOURCE}]},
        {"id": 3, "title": "A text"},
    ],
    "templating": {
        "list": [
            {"name": "site", "type": "query", "query": "SELECT 2", "datasource": SOURCE},
            {"name": "step1", "type": "textbox", "current": {"value": "/a"}},
        ]
    },
}
FACTS = {"mine": {"databases": {"db": ["umami-2"]}, "panels": {"1": "page_views"}}}


def folder(root: Path, dashboard: object = DASHBOARD, facts: object = FACTS) -> Path:
    """A folder of dashboards."""
    (root / "json").mkdir()
    (root / "json/mine.json").write_text(json.dumps(dashboard))
    (root / "facts.json").write_text(json.dumps(facts))
    return root


def test_a_dashboard_is_its_queries_variables_and_facts(tmp_path: Path) -> None:
    """A panel whose query is no SQL is kept by its title, so that the report says that it was not run."""
    (read,) = load_dashboards(folder(tmp_path))
    (panel,) = read.panels
    assert (panel.sql, panel.source, panel.fact, panel.is_series) == ("SELECT 1", "db", "page_views", True)
    assert read.unasked == ("Latency",)
    assert (dict(read.defaults), dict(read.listed)) == ({"step1": "/a"}, {"site": ("db", "SELECT 2")})
    assert (read.version, dict(read.databases)) == (4, {"db": ("umami-2",)})


@pytest.mark.parametrize(
    ("dashboard", "facts", "message"),
    [
        ([], FACTS, r"mine\.json: expected an object"),
        ({"title": "Mine"}, {}, "not dashboards as Grafana saves them"),
        (DASHBOARD, {"yours": {}}, "there is no dashboard yours"),
        (DASHBOARD, [], r"facts\.json: expected an object"),
    ],
)
def test_files_that_are_wrong_are_named(tmp_path: Path, dashboard: Any, facts: Any, message: str) -> None:
    """The error says which, and what was expected."""
    with pytest.raises(ConfigurationError, match=message):
        load_dashboards(folder(tmp_path, dashboard, facts))


def test_a_folder_without_dashboards_is_named(tmp_path: Path) -> None:
    """A misspelled folder is no green check."""
    with pytest.raises(ConfigurationError, match="there is no dashboard"):
        load_dashboards(tmp_path)


def test_facts_that_are_missing_are_named(tmp_path: Path) -> None:
    """The file is wanted beside the dashboards."""
    folder(tmp_path)
    (tmp_path / "facts.json").unlink()
    with pytest.raises(ConfigurationError, match=r"facts\.json: cannot be read"):
        load_dashboards(tmp_path)
