"""Turns the plain data of `model.py` into Grafana's own: built with its Foundation SDK, of the schema of 11.6."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from grafana_foundation_sdk.builders import bargauge, stat, table, timeseries
from grafana_foundation_sdk.builders import cloudwatch as cloudwatch_builders
from grafana_foundation_sdk.builders import common as common_builders
from grafana_foundation_sdk.builders import dashboard as builders
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.variants import Dataquery
from grafana_foundation_sdk.models import common
from grafana_foundation_sdk.models import dashboard as models

from dashboards.model import CLOUDWATCH, GRID_WIDTH, OPENREPLAY_CH, Dashboard, Metric, Panel, Source, Sql, Variable

RUNBOOK = "https://wiki.example.com/maskproof/runbook"  # as in the profiles of deploy/: one address for all links
REPLAY_LINK = "${replay}/${project}/session/${__data.fields.session_id}"
INTERVALS_ALONE = ("auto", "auto_min", "auto_count")
SQL_FORMATS = {False: "table", True: "time_series"}
# Numbers of the same in ClickHouse's plugin.
CLICKHOUSE_FORMATS = {False: 1, True: 0}
BUILDERS: dict[str, Any] = {
    "stat": stat.Panel,
    "timeseries": timeseries.Panel,
    "table": table.Panel,
    "bargauge": bargauge.Panel,
}


class SqlQuery(Dataquery):
    """The SDK has no query of a database: the fields are those that Grafana's SQL editor writes."""

    def __init__(self, query: Sql, ref: str) -> None:
        self._query, self._ref = query, ref

    def build(self) -> "SqlQuery":
        """It is its own builder."""
        return self

    def to_json(self) -> dict[str, object]:
        """As Grafana stores it."""
        shared = {"refId": self._ref, "datasource": _reference(self._query.source), "rawSql": self._query.text}
        if self._query.source is OPENREPLAY_CH:
            kind = "timeseries" if self._query.series else "table"
            return {**shared, "editorType": "sql", "queryType": kind, "format": CLICKHOUSE_FORMATS[self._query.series]}
        return {**shared, "editorMode": "code", "rawQuery": True, "format": SQL_FORMATS[self._query.series]}


def as_json(dashboard: Dashboard) -> str:
    """A dashboard as the text of its file; the same data give the same text."""
    built = builders.Dashboard(dashboard.title)
    built.uid(dashboard.uid).description(dashboard.audience).tags(list(dashboard.tags)).readonly()
    built.time(dashboard.since, "now").timezone("utc").refresh("5m").version(1)
    built.link(_to_runbook("Runbook", "README.md"))
    for variable in (*dashboard.variables, Variable("runbook", "Address of the runbook", default=RUNBOOK)):
        built.with_variable(_variable(variable))
    for number, (panel, place) in enumerate(placed(dashboard.panels), 1):
        built.with_panel(_panel(panel, number, place))
    document = json.loads(json.dumps(built.build(), cls=JSONEncoder))
    for variable in document["templating"]["list"]:
        # The SDK writes them for every kind of variable; the schema has them for intervals alone.
        for name in INTERVALS_ALONE:
            variable.pop(name, None)
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def placed(panels: Sequence[Panel]) -> Iterator[tuple[Panel, models.GridPos]]:
    """Panels from left to right, row by row; a row is as high as its highest panel."""
    x = y = height = 0
    for panel in panels:
        if x + panel.width > GRID_WIDTH:
            x, y, height = 0, y + height, 0
        yield panel, models.GridPos(h=panel.height, w=panel.width, x=x, y=y)
        x, height = x + panel.width, max(height, panel.height)


def description(panel: Panel) -> str:
    """What Grafana shows at the corner of a panel: its question, and what to do when it is red."""
    return f"{panel.question}\n\n**If it is red:** {panel.when_red}\n\n[Runbook](${{runbook}}/{panel.runbook})"


def _reference(source: Source) -> models.DataSourceRef:
    return models.DataSourceRef(type_val=source.plugin, uid=source.uid)


def _to_runbook(title: str, page: str) -> builders.DashboardLink:
    link = builders.DashboardLink(title)
    return link.type(models.DashboardLinkType.LINK).url(f"${{runbook}}/{page}").target_blank(True)


def _panel(panel: Panel, number: int, place: models.GridPos) -> Any:  # noqa: ANN401 - four builders without a common type
    built = BUILDERS[panel.kind]()
    built.id(number).title(panel.title).description(description(panel)).datasource(_reference(panel.source))
    built.grid_pos(place).unit(panel.unit).no_value(panel.no_data).links([_to_runbook("What to do", panel.runbook)])
    steps = [models.Threshold(value=value, color=colour) for value, colour in panel.steps]
    built.thresholds(builders.ThresholdsConfig().mode(models.ThresholdsMode.ABSOLUTE).steps(steps))
    for target in _targets(panel):
        built.with_target(target)
    built.mappings(_mappings(panel))
    if panel.kind in {"stat", "bargauge"}:
        # A stat shows numbers only, unless it is told to show words as well.
        fields = "/.*/" if panel.names else ""
        built.reduce_options(common_builders.ReduceDataOptions().calcs(["lastNotNull"]).fields(fields))
    if panel.link:
        link = {"title": "Open the replay", "url": REPLAY_LINK, "targetBlank": True}
        built.override_by_name("session_id", [models.DynamicConfigValue(id_val="links", value=[link])])
    if panel.kind == "timeseries" and len(panel.steps) > 1:
        lines = common_builders.GraphThresholdsStyleConfig().mode(common.GraphThresholdsStyleMode.DASHED)
        built.thresholds_style(lines)
    return built


def _mappings(panel: Panel) -> list[Any]:
    """Null is shown in orange with the panel's own words; names with their colours."""
    nothing = models.SpecialValueMap(
        options=models.DashboardSpecialValueMapOptions(
            match=models.SpecialValueMatch.NULL_AND_NAN,
            result=models.ValueMappingResult(text=panel.no_data, color="orange", index=0),
        )
    )
    if not panel.names:
        return [nothing]
    words = {
        name: models.ValueMappingResult(text=name, color=colour, index=index)
        for index, (name, colour) in enumerate(panel.names, 1)
    }
    return [nothing, models.ValueMap(options=words)]


def _targets(panel: Panel) -> Iterator[Any]:
    if isinstance(panel.query, Sql):
        yield SqlQuery(panel.query, "A")
        return
    for index, metric in enumerate(panel.query):
        yield _metric(metric, chr(ord("A") + index))


def _metric(metric: Metric, ref: str) -> cloudwatch_builders.CloudWatchMetricsQuery:
    query = cloudwatch_builders.CloudWatchMetricsQuery()
    query.datasource(_reference(CLOUDWATCH)).ref_id(ref).id(f"m{ref.lower()}").region("default").namespace(
        metric.namespace
    )
    query.metric_name(metric.metric).statistic(metric.statistic).period(metric.period).label(metric.name)
    return query.dimensions(dict(metric.dimensions)).match_exact(True)


def _variable(variable: Variable) -> Any:  # noqa: ANN401 - two builders without a common type
    if variable.source is None:
        text = builders.TextBoxVariable(variable.name).label(variable.label).default_value(variable.default)
        return text.current(models.VariableOption(text=variable.default, value=variable.default))
    listed = builders.QueryVariable(variable.name).label(variable.label).datasource(_reference(variable.source))
    listed.refresh(models.VariableRefresh.ON_DASHBOARD_LOAD)
    if isinstance(variable.query, str):
        return listed.query(variable.query)
    namespace, metric, dimension = variable.query
    return listed.query(
        {
            "queryType": "dimensionValues",
            "refId": "CloudWatchVariableQueryEditor-VariableQuery",
            "region": "default",
            "namespace": namespace,
            "metricName": metric,
            "dimensionKey": dimension,
            "dimensionFilters": {},
        }
    )
