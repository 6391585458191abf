"""What a dashboard of ours must keep to; each rule names the panel that breaks it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

PANEL_TYPES = frozenset({"stat", "timeseries", "table", "bargauge"})
GRID_WIDTH = 24
NO_DATA = "No data: "
RUNBOOK_LINK = re.compile(r"\$\{runbook\}/([\w-]+\.md(?:#[\w-]+)?)")
# Grafana's own pattern of variables: $name, ${name}, ${name:format}, [[name]].
VARIABLE = re.compile(r"\$\{(\w+)(?:\.[^:}]+)?(?::[^}]+)?\}|\[\[(\w+)(?::\w+)?\]\]|\$(\w+)")
# Names that Grafana or a plugin knows itself, and columns of ClickHouse that begin with a dollar sign, in quotes.
OWN_NAME = re.compile(r"__\w+|s?\d+")
QUOTED_COLUMN = re.compile(r'"\$\w+"')
GOOD = frozenset({"green", "dark-green", "light-green", "semi-dark-green", "super-light-green", "blue"})


def faults(document: Mapping[str, Any], *, sources: Mapping[str, str], pages: Collection[str]) -> list[str]:
    """
    Every rule that a dashboard breaks, one line each.

    Args:
        document: The dashboard, as its JSON file has it.
        sources: The plugin of each provisioned data source, by uid.
        pages: Every page and section of the runbook, as `page.md` and `page.md#section`.

    """
    panels: list[Mapping[str, Any]] = document["panels"]
    return [
        *_repeated(panels),
        *_overlaps(panels),
        *_undefined(document),
        *(line for panel in panels for line in _panel_faults(panel, sources, pages)),
    ]


def repeated_uids(documents: Sequence[Mapping[str, Any]]) -> list[str]:
    """Uids that two dashboards share."""
    uids = [str(document["uid"]) for document in documents]
    return sorted({uid for uid in uids if uids.count(uid) > 1})


def _repeated(panels: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for name in ("id", "title"):
        values = [panel.get(name) for panel in panels]
        yield from (f"{name} {value} is there twice" for value in dict.fromkeys(values) if values.count(value) > 1)


def _overlaps(panels: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    taken: dict[tuple[int, int], str] = {}
    for panel in panels:
        place = panel["gridPos"]
        if place["x"] + place["w"] > GRID_WIDTH:
            yield f"{panel['title']}: wider than the grid"
        cells = [
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        ]
        yield from sorted({f"{panel['title']}: overlaps {taken[cell]}" for cell in cells if cell in taken})
        taken.update(dict.fromkeys(cells, panel["title"]))


def _undefined(document: Mapping[str, Any]) -> Iterator[str]:
    defined = {variable["name"] for variable in document.get("templating", {}).get("list", ())}
    for panel in document["panels"]:
        used = {name for text in _texts(panel) for name in names_in(text)}
        yield from (f"{panel['title']}: variable {name} is not defined" for name in sorted(used - defined))
    names = [variable["name"] for variable in document.get("templating", {}).get("list", ())]
    yield from (f"variable {name} is defined twice" for name in sorted({n for n in names if names.count(n) > 1}))


def names_in(text: str) -> set[str]:
    """The variables of a dashboard that a text uses."""
    found = (next(filter(None, match.groups())) for match in VARIABLE.finditer(QUOTED_COLUMN.sub("", text)))
    return {name for name in found if not OWN_NAME.fullmatch(name)}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts(part)


def _panel_faults(panel: Mapping[str, Any], sources: Mapping[str, str], pages: Collection[str]) -> Iterator[str]:
    title, defaults = panel["title"], panel["fieldConfig"]["defaults"]
    if panel["type"] not in PANEL_TYPES:
        yield f"{title}: type {panel['type']} is none of {', '.join(sorted(PANEL_TYPES))}"
    if not panel.get("description"):
        yield f"{title}: no description"
    if not defaults.get("unit"):
        yield f"{title}: no unit"
    if not panel.get("targets"):
        yield f"{title}: no query"
    yield from (f"{title}: {fault}" for fault in _no_data_faults(defaults))
    for text in filter(None, [panel.get("description"), *(link["url"] for link in panel.get("links", ()))]):
        named = RUNBOOK_LINK.findall(text)
        if not named:
            yield f"{title}: no link into the runbook"
        yield from (f"{title}: the runbook has no {page}" for page in named if page not in pages)
    for reference in [panel["datasource"], *(target["datasource"] for target in panel.get("targets", ()))]:
        if sources.get(reference["uid"]) != reference["type"]:
            yield f"{title}: no data source {reference['uid']} of type {reference['type']} is provisioned"


def _no_data_faults(defaults: Mapping[str, Any]) -> Iterator[str]:
    """An empty panel must say so, and must not be green: not by its base colour, not by a mapping of null."""
    if not str(defaults.get("noValue", "")).startswith(NO_DATA):
        yield f"the text without data does not begin with {NO_DATA.strip()!r}"
    steps = defaults.get("thresholds", {}).get("steps", ())
    if not steps or steps[0]["value"] is not None:
        yield "no thresholds"
    elif steps[0]["color"] in GOOD:
        yield "its colour without data looks good"
    mapped = [mapping["options"] for mapping in defaults.get("mappings", ()) if mapping["type"] == "special"]
    if not any(options["match"] == "null+nan" for options in mapped):
        yield "null has no mapping"
    if any(options["result"].get("color") in GOOD for options in mapped):
        yield "null is mapped to a colour that looks good"
