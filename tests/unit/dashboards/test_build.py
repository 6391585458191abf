"""The dashboards: the checked-in files are those of the code, and keep our rules and the runbook's."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from dashboards.build import FACTS, JSON, made
from dashboards.catalogue import DASHBOARDS
from dashboards.model import SOURCES
from dashboards.rules import faults, repeated_uids
from deploy.services.tools import GRAFANA

ROOT = Path(__file__).parents[3]
PROVISIONING = ROOT / "dashboards/provisioning"
DATASOURCES = yaml.safe_load((PROVISIONING / "datasources/maskproof.yaml").read_text())["datasources"]
FEWEST = 30


def documents() -> dict[str, Any]:
    """Every dashboard as it is checked in."""
    return {path.stem: json.loads(path.read_text()) for path in sorted((ROOT / JSON).glob("*.json"))}


def runbook() -> set[str]:
    """Every page and section of the runbook."""
    pages = set()
    for path in (ROOT / "docs/runbook").glob("*.md"):
        heads = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
        pages |= {
            path.name,
            *(f"{path.name}#{re.sub('[^a-z0-9-]', '', head.lower().replace(' ', '-'))}" for head in heads),
        }
    return pages


@pytest.mark.parametrize("path", made(), ids=str)
def test_what_is_checked_in_is_what_the_code_makes(path: Path) -> None:
    """A panel that is changed by hand, or a page that was not made again, is noticed."""
    assert (ROOT / path).read_text(encoding="utf-8") == made()[path], "run: make dashboards"


def test_no_file_is_left_from_a_dashboard_that_is_gone() -> None:
    """Grafana provisions every file of the folder."""
    assert set(documents()) == {dashboard.uid for dashboard in DASHBOARDS}


def test_making_them_twice_gives_the_same() -> None:
    """The files do not depend on the time or on the order of a set."""
    assert made() == made()


@pytest.mark.parametrize("name", documents())
def test_a_dashboard_keeps_the_rules(name: str) -> None:
    """Ids, places, variables, types, units, colours, texts, links and data sources."""
    sources = {source["uid"]: source["type"] for source in DATASOURCES}
    assert faults(documents()[name], sources=sources, pages=runbook()) == []


def test_no_two_dashboards_share_a_uid() -> None:
    """The second would replace the first."""
    assert repeated_uids(list(documents().values())) == []


def test_there_are_as_many_panels_as_were_asked_for() -> None:
    """Four audiences, thirty panels; the two schemas of Umami count once."""
    titles = {(panel.title, dashboard.audience) for dashboard in DASHBOARDS for panel in dashboard.panels}
    assert len(titles) >= FEWEST
    assert len({dashboard.audience for dashboard in DASHBOARDS}) == 4


def test_every_panel_with_a_query_of_a_database_is_held_against_a_fact() -> None:
    """A panel that nothing is known of would be shown and never checked."""
    facts = json.loads((ROOT / FACTS).read_text())
    for uid, document in documents().items():
        asked = {str(panel["id"]) for panel in document["panels"] if any("rawSql" in t for t in panel["targets"])}
        assert set(facts[uid]["panels"]) == asked


def test_data_sources_use_the_variables_that_the_deployment_sets() -> None:
    """A variable that nobody sets is an empty host or password."""
    used = set(re.findall(r"\$(\w+)", (PROVISIONING / "datasources/maskproof.yaml").read_text()))
    assert used <= {*GRAFANA.environment, *GRAFANA.secrets}


def test_every_data_source_is_provisioned() -> None:
    """The code and the provisioning file name the same, with the same plugins."""
    assert {(source.uid, source.plugin) for source in SOURCES} == {(s["uid"], s["type"]) for s in DATASOURCES}


def test_the_deployments_jobs_grant_by_the_files_of_rights() -> None:
    """Every file that they name is there for each version of Umami, and no job grants anything by itself."""
    jobs = ROOT / "deploy/images"
    texts = {name: (jobs / name).read_text() for name in ("jobs/grafana-rights.sh", "nightly/nightly.sh")}
    granted = re.findall(r'^grant \w+ "?([\w-]+)', texts["jobs/grafana-rights.sh"], re.MULTILINE)
    assert granted == ["umami-", "openreplay"]
    assert "/maskproof.sql" in texts["nightly/nightly.sh"]
    assert not any("GRANT SELECT" in text for text in texts.values())
    there = {path.stem for path in (ROOT / "dashboards/rights").glob("*.sql")}
    assert there >= {"umami-2", "umami-3", "openreplay", "maskproof"}
