"""A panel as plain data: its question, its query, its colours, and what to do when it is red."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["stat", "timeseries", "table", "bargauge"]
Colour = Literal["green", "yellow", "orange", "red", "blue", "text"]
# The value from which a colour holds; the first step has none, and is what an empty panel shows.
Steps = tuple[tuple[float | None, Colour], ...]

GRID_WIDTH = 24


@dataclass(frozen=True, slots=True)
class Source:
    """A data source: its uid in the provisioning file, and Grafana's name of its plugin."""

    uid: str
    plugin: str


UMAMI = Source("umami", "grafana-postgresql-datasource")
OPENREPLAY_PG = Source("openreplay-pg", "grafana-postgresql-datasource")
OPENREPLAY_CH = Source("openreplay-ch", "grafana-clickhouse-datasource")
MASKPROOF = Source("maskproof", "grafana-postgresql-datasource")
CLOUDWATCH = Source("cloudwatch", "cloudwatch")
SOURCES = (UMAMI, OPENREPLAY_PG, OPENREPLAY_CH, MASKPROOF, CLOUDWATCH)


@dataclass(frozen=True, slots=True)
class Sql:
    """A query of a database; `series` says that its first column is a time."""

    source: Source
    text: str
    series: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of CloudWatch under a name; values of dimensions name variables of the dashboard."""

    name: str
    namespace: str
    metric: str
    statistic: str
    dimensions: tuple[tuple[str, str], ...]
    period: str = "60"


@dataclass(frozen=True, slots=True)
class Panel:
    """
    One panel.

    `shows` names the fact that the smoke test holds its numbers against; metrics of CloudWatch have none. `link` opens
    the replay of a row. `names` shows a word for a value, with its colour.
    """

    title: str
    kind: Kind
    question: str
    query: Sql | tuple[Metric, ...]
    unit: str
    steps: Steps
    no_data: str
    when_red: str
    runbook: str
    shows: str = ""
    link: bool = False
    names: tuple[tuple[str, Colour], ...] = ()
    width: int = 0
    height: int = 0

    @property
    def source(self) -> Source:
        """The data source that it asks."""
        return self.query.source if isinstance(self.query, Sql) else CLOUDWATCH


@dataclass(frozen=True, slots=True)
class Variable:
    """
    A variable: a list that a query gives, or a text with a default.

    `query` is SQL, or the namespace, metric and dimension of CloudWatch whose values are listed.
    """

    name: str
    label: str
    query: str | tuple[str, str, str] = ""
    source: Source | None = None
    default: str = ""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One dashboard, for one audience; `databases` stand for its data sources in the smoke test."""

    uid: str
    title: str
    audience: str
    tags: tuple[str, ...]
    variables: tuple[Variable, ...]
    panels: tuple[Panel, ...]
    since: str = "now-24h"
    databases: tuple[tuple[Source, tuple[str, ...]], ...] = ()


# Of a number that says nothing about health: grey while there is none.
PLAIN: Steps = ((None, "text"), (0, "blue"))
# Of something that should be there: red at nothing.
WANTED: Steps = ((None, "orange"), (0, "red"), (1, "green"))
# Of something that should not be there: green at nothing, red at one.
UNWANTED: Steps = ((None, "orange"), (0, "green"), (1, "red"))


def below(red: float, *, yellow: float | None = None) -> Steps:
    """
    Colours of a number that should stay small.

    Args:
        red: From where it is red.
        yellow: From where it is yellow, if anywhere.

    """
    warned: Steps = () if yellow is None else ((yellow, "yellow"),)
    return ((None, "orange"), (0, "green"), *warned, (red, "red"))


def above(green: float) -> Steps:
    """Colours of a number that should be large: green from here, red below."""
    return ((None, "orange"), (0, "red"), (green, "green"))
