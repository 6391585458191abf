"""Dashboards as Grafana has them, and what each panel is held against; both are files of the project."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from maskproof.errors import ConfigurationError

# Below the folder of the dashboards.
JSON, FACTS, RIGHTS = "json", "facts.json", "rights"


@dataclass(frozen=True, slots=True)
class Panel:
    """One query of a panel. `fact` is what its numbers are held against; empty if nothing is known of it."""

    dashboard: str
    id: int
    title: str
    source: str
    plugin: str
    sql: str
    is_series: bool
    fact: str = ""

    @property
    def name(self) -> str:
        """What lines of a report call it."""
        return f"{self.dashboard} {self.id} ({self.title})"


@dataclass(frozen=True, slots=True)
class Dashboard:
    """
    One dashboard.

    `defaults` are the values of variables that have one; `listed` are the queries, by variable, of those that a data
    source lists. `databases` says which of our databases stands for a data source.
    """

    uid: str
    version: int
    panels: tuple[Panel, ...]
    unasked: tuple[str, ...]
    defaults: Mapping[str, str]
    listed: Mapping[str, tuple[str, str]]
    databases: Mapping[str, tuple[str, ...]]
    document: Mapping[str, Any] = field(repr=False, default_factory=dict)

    def is_for_umami(self, version: int) -> bool:
        """Whether its panels ask Umami's tables of this version, or none of Umami's."""
        asked = {name for names in self.databases.values() for name in names if name.startswith("umami-")}
        return not asked or f"umami-{version}" in asked


def load_dashboards(folder: Path) -> tuple[Dashboard, ...]:
    """
    Every dashboard of a project.

    Args:
        folder: It has `json/*.json` and `facts.json`.

    Raises:
        ConfigurationError: There is none, or a file cannot be read.

    """
    files = sorted((folder / JSON).glob("*.json"))
    if not files:
        raise ConfigurationError(
            f"{folder / JSON}: there is no dashboard.", hint="[dashboards] folder names a folder with json/*.json."
        )
    facts = _read(folder / FACTS)
    documents = [_read(file) for file in files]
    unknown = sorted(set(facts) - {str(document.get("uid")) for document in documents})
    if unknown:
        raise ConfigurationError(
            f"{folder / FACTS}: there is no dashboard {unknown[0]}.", hint="Names are uids of json/*.json."
        )
    try:
        return tuple(_dashboard(document, facts.get(str(document["uid"]), {})) for document in documents)
    except (KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            f"{folder}: not dashboards as Grafana saves them ({type(error).__name__}: {error}).",
            hint="Export them as JSON, or build them.",
        ) from error


def _read(file: Path) -> dict[str, Any]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise ConfigurationError(f"{file}: not JSON: {error}.") from error
    if not isinstance(read, dict):
        raise ConfigurationError(f"{file}: expected an object, got {type(read).__name__}.")
    return read


def _dashboard(document: Mapping[str, Any], facts: Mapping[str, Any]) -> Dashboard:
    variables = document.get("templating", {}).get("list", [])
    queried = [variable for variable in variables if variable["type"] == "query" and isinstance(variable["query"], str)]
    return Dashboard(
        uid=document["uid"],
        version=int(document.get("version", 0)),
        panels=tuple(_panels(document, facts.get("panels", {}))),
        unasked=tuple(_unasked(document)),
        defaults={v["name"]: str(v["current"]["value"]) for v in variables if v["type"] in {"textbox", "constant"}},
        listed={variable["name"]: (variable["datasource"]["uid"], variable["query"]) for variable in queried},
        databases={source: tuple(names) for source, names in facts.get("databases", {}).items()},
        document=document,
    )


def _panels(document: Mapping[str, Any], facts: Mapping[str, str]) -> Iterator[Panel]:
    for panel in document["panels"]:
        for target in panel.get("targets", ()):
            if "rawSql" in target:
                yield Panel(
                    dashboard=document["uid"],
                    id=panel["id"],
                    title=panel.get("title", ""),
                    source=target["datasource"]["uid"],
                    plugin=target["datasource"]["type"],
                    sql=target["rawSql"],
                    is_series=target.get("format") == "time_series",
                    fact=facts.get(str(panel["id"]), ""),
                )


def _unasked(document: Mapping[str, Any]) -> Iterator[str]:
    """Panels whose queries are no SQL, by title."""
    for panel in document["panels"]:
        targets = panel.get("targets", ())
        if targets and not any("rawSql" in target for target in targets):
            yield str(panel.get("title", panel["id"]))
