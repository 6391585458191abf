"""The rules of dashboards, each with a fault that it must notice."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from dashboards.rules import faults, names_in, repeated_uids

SOURCES = {"umami": "grafana-postgresql-datasource"}
PAGES = {"panels.md", "panels.md#nothing-counted"}
REFERENCE = {"uid": "umami", "type": "grafana-postgresql-datasource"}
LINK = "${runbook}/panels.md#nothing-counted"


def panel(number: int) -> dict[str, Any]:
    """A panel without a fault."""
    return {
        "id": number,
        "title": f"Panel {number}",
        "type": "stat",
        "description": f"How many? [Runbook]({LINK})",
        "datasource": REFERENCE,
        "gridPos": {"x": 6 * number, "y": 0, "w": 6, "h": 4},
        "links": [{"url": LINK}],
        "targets": [{"datasource": REFERENCE, "rawSql": "SELECT 1 WHERE '$website' = ''"}],
        "fieldConfig": {
            "defaults": {
                "unit": "short",
                "noValue": "No data: nothing was counted",
                "thresholds": {"steps": [{"value": None, "color": "orange"}, {"value": 0, "color": "green"}]},
                "mappings": [{"type": "special", "options": {"match": "null+nan", "result": {"color": "orange"}}}],
            }
        },
    }


def dashboard() -> dict[str, Any]:
    """A dashboard without a fault."""
    variables = [{"name": "website"}, {"name": "runbook"}]
    return {"uid": "one", "panels": [panel(0), panel(1)], "templating": {"list": variables}}


def first(document: dict[str, Any]) -> Any:
    return document["panels"][0]


def defaults(document: dict[str, Any]) -> Any:
    return first(document)["fieldConfig"]["defaults"]


FAULTS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "an id twice": (lambda d: first(d).update(id=1), "id 1 is there twice"),
    "a title twice": (lambda d: first(d).update(title="Panel 1"), "title Panel 1 is there twice"),
    "one panel over another": (lambda d: first(d)["gridPos"].update(w=7), "overlaps"),
    "a panel beyond the grid": (lambda d: d["panels"][1]["gridPos"].update(w=19), "wider than the grid"),
    "an unknown type": (lambda d: first(d).update(type="timeseris"), "type timeseris"),
    "no description": (lambda d: first(d).update(description=""), "no description"),
    "no unit": (lambda d: defaults(d).pop("unit"), "no unit"),
    "no query": (lambda d: first(d).update(targets=[]), "no query"),
    "no text without data": (lambda d: defaults(d).update(noValue=""), "text without data"),
    "no thresholds": (lambda d: defaults(d).pop("thresholds"), "no thresholds"),
    "green without data": (lambda d: defaults(d)["thresholds"]["steps"][0].update(color="green"), "looks good"),
    "null is green": (
        lambda d: defaults(d)["mappings"][0]["options"]["result"].update(color="green"),
        "null is mapped to a colour",
    ),
    "null without a mapping": (lambda d: defaults(d).update(mappings=[]), "null has no mapping"),
    "no runbook": (lambda d: first(d)["links"][0].update(url="https://example.com"), "no link into the runbook"),
    "a section that is not there": (
        lambda d: first(d)["links"][0].update(url="${runbook}/panels.md#gone"),
        "the runbook has no panels.md#gone",
    ),
    "a variable that is not defined": (
        lambda d: first(d)["targets"][0].update(rawSql="SELECT '${site:raw}'"),
        "variable site is not defined",
    ),
    "a variable twice": (lambda d: d["templating"]["list"].append({"name": "website"}), "website is defined twice"),
    "a data source that is not provisioned": (
        lambda d: first(d).update(datasource={"uid": "umammi", "type": "grafana-postgresql-datasource"}),
        "no data source umammi",
    ),
    "the plugin of another data source": (
        lambda d: first(d).update(datasource={"uid": "umami", "type": "mysql"}),
        "no data source umami of type mysql",
    ),
}


def found(document: dict[str, Any]) -> list[str]:
    return faults(document, sources=SOURCES, pages=PAGES)


def test_a_dashboard_without_a_fault_passes() -> None:
    """What the other tests change is what they find."""
    assert found(dashboard()) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(name: str) -> None:
    """Each rule notices what breaks it, and says nothing else."""
    change, expected = FAULTS[name]
    document = copy.deepcopy(dashboard())
    change(document)
    assert found(document)
    assert all(expected in line for line in found(document))


def test_two_dashboards_with_one_uid_are_found() -> None:
    """Grafana would keep one of them."""
    assert repeated_uids([dashboard(), dashboard()]) == ["one"]


def test_variables_are_told_from_macros_and_columns() -> None:
    """Macros, values of Grafana's own and quoted columns of ClickHouse need no definition."""
    text = '$website ${step1:raw} [[project]] $__timeFilter(t) ${__from} "$event_name" $1'
    assert names_in(text) == {"website", "step1", "project"}
