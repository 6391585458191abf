"""The guide of the dashboards: a page of the documentation, made from the same data as the panels."""

from collections.abc import Iterator, Sequence

from dashboards.model import CLOUDWATCH, OPENREPLAY_CH, Dashboard, Panel, Source

HEAD = """\
# Dashboards

<!-- Made by `make dashboards` from dashboards/; do not edit. -->

{count} panels on {dashboards} dashboards, for Grafana 11.6: the JSON files of `dashboards/json/`, provisioned by
`dashboards/provisioning/`. The Product dashboard exists for both schemas of Umami; provision the one that you run.

A panel without data is orange or grey, never green, and says what is missing. *Held against* names the fact that the
[check](checks.md#dashboards) `dashboards` compares the panel with; a panel of CloudWatch has none, because nothing but
AWS answers it.
"""
WORDS = {"stat": "number", "timeseries": "chart", "table": "table", "bargauge": "bars"}
RUNBOOK = "../runbook"


def guide(dashboards: Sequence[Dashboard]) -> str:
    """The whole page."""
    panels = sum(len(dashboard.panels) for dashboard in dashboards)
    parts = [HEAD.format(count=panels, dashboards=len(dashboards)), *map(_section, dashboards)]
    return "\n".join(parts)


def _section(dashboard: Dashboard) -> str:
    return "\n".join([f"## {dashboard.title}\n", f"{dashboard.audience}\n", *map(_entry, dashboard.panels)])


def _entry(panel: Panel) -> str:
    lines = [
        f"### {panel.title}\n",
        f"{panel.question}\n",
        f"- a {WORDS[panel.kind]} in `{panel.unit}`, from {_source(panel.source)}",
        f"- colours: {', '.join(_colours(panel))}",
        f"- if it is red: {panel.when_red} [Runbook]({RUNBOOK}/{panel.runbook})",
        f"- without data: “{panel.no_data}”",
    ]
    if panel.shows:
        lines.append(f"- held against: `{panel.shows}`")
    return "\n".join(lines) + "\n"


def _source(source: Source) -> str:
    return {CLOUDWATCH: "CloudWatch", OPENREPLAY_CH: "ClickHouse"}.get(source, f"the database `{source.uid}`")


def _colours(panel: Panel) -> Iterator[str]:
    if panel.names:
        yield from (f"{colour} for {name}" for name, colour in panel.names)
        return
    for value, colour in panel.steps:
        if value is not None:
            yield f"{colour} from {value:g}"
