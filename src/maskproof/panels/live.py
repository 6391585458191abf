"""The check `dashboards` on a live target: Grafana itself is asked for its data sources, dashboards and panels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from maskproof.openreplay.client.model import SessionRecord
from maskproof.panels.facts import Facts, Rows, Shown, amount, unproven
from maskproof.panels.grafana import Grafana
from maskproof.panels.macros import TimeRange
from maskproof.panels.model import Dashboard
from maskproof.panels.refusals import without_stored
from maskproof.panels.templates import filled_in
from maskproof.umami.model import UmamiEvent
from maskproof.verdicts.outcome import Outcome

TOP = 20
# What Grafana itself changes when it stores a dashboard.
ITS_OWN = frozenset({"id", "version", "iteration", "folderUid"})


@dataclass(frozen=True, slots=True)
class Live:
    """What is asked: the time of the run, the values of variables, and what the servers' own APIs say of that time."""

    times: TimeRange
    values: Mapping[str, str]
    facts: Facts


def check_live(grafana: Grafana, dashboards: Sequence[Dashboard], live: Live) -> Outcome:
    """
    Check data sources, dashboards and panels of a Grafana.

    Args:
        grafana: The Grafana.
        dashboards: Those of the project; those that are not provisioned there are missing evidence.
        live: The time of the run, and what is known of it.

    Raises:
        ConfigurationError: The token is not accepted.
        ApiError: Grafana cannot be reached.

    """
    seen, problems, unseen = [f"Grafana {grafana.version()} at {grafana.url}"], list[str](), list[str]()
    there = {one.uid: grafana.dashboard(one.uid) for one in dashboards}
    for dashboard in dashboards:
        document = there[dashboard.uid]
        if document is None:
            unseen.append(f"{dashboard.uid}: is not in this Grafana")
        elif changed := _changed(dashboard.document, document):
            problems.append(f"{dashboard.uid}: is not ours, it differs in {', '.join(changed)}")
        else:
            seen.append(f"{dashboard.uid}: is ours")
    asked = [dashboard for dashboard in dashboards if there[dashboard.uid] is not None]
    broken = {uid: reason for uid in _sources(asked) if (reason := grafana.health(uid))}
    problems += [f"data source {uid}: {reason}" for uid, reason in broken.items()]
    for dashboard in asked:
        for line, problem in _panels(grafana, dashboard, live, broken):
            (problems if problem else seen).append(line)
    unseen += [f"of {name}, the servers' own interfaces know nothing in this time" for name in unproven(live.facts)]
    return Outcome(seen=tuple(seen), problems=tuple(problems), unseen=tuple(unseen))


def _changed(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """Names of what is not as we have it."""
    return [name for name in ours if name not in ITS_OWN and ours[name] != theirs.get(name)]


def _sources(dashboards: Sequence[Dashboard]) -> list[str]:
    return sorted({panel["datasource"]["uid"] for one in dashboards for panel in one.document["panels"]})


def _panels(
    grafana: Grafana, dashboard: Dashboard, live: Live, broken: Mapping[str, str]
) -> Iterator[tuple[str, bool]]:
    """One line a panel, and whether it is a problem; those of a broken data source have one already."""
    facts = {panel.id: panel.fact for panel in dashboard.panels}
    values = {**dashboard.defaults, **live.values, "__from": str(live.times.from_ms), "__to": str(live.times.to_ms)}
    for panel in dashboard.document["panels"]:
        name = f"{dashboard.uid} {panel['id']} ({panel.get('title', '')})"
        for target in panel.get("targets", ()):
            if target["datasource"]["uid"] in broken:
                continue
            if "rawSql" not in target:
                yield f"{name}: not run, its variables are chosen in Grafana", False
                continue
            filled = {**target, "rawSql": filled_in(target["rawSql"], values)}
            yield _asked(grafana, name, filled, live, facts[panel["id"]])


def _asked(grafana: Grafana, name: str, target: Mapping[str, Any], live: Live, fact: str) -> tuple[str, bool]:
    shown, problem = grafana.query(target, live.times)
    known = live.facts.get(fact)
    problem = without_stored(problem, target["rawSql"]) or (known.difference(shown) if known else "")
    if problem:
        return f"{name}: {problem}", True
    return f"{name}: {known.seen() if known else _said(shown)}", False


def _said(shown: Shown) -> str:
    """What a panel shows of which nothing is known: no error, and how much."""
    cells = [cell for row in shown.rows for cell in row if cell is not None]
    return f"{len(shown.rows)} rows, nothing to hold them against" if cells else "no data"


def live_facts(events: Sequence[UmamiEvent], sessions: Sequence[SessionRecord], times: TimeRange) -> Facts:
    """
    What the servers' own APIs say of a time; other visitors of that time are in them as they are in the panels.

    Args:
        events: Umami's events.
        sessions: OpenReplay's sessions.
        times: The time of the run.

    """
    within = [event for event in events if times.from_ms <= _ms(event.created_at) <= times.to_ms]
    views = [event for event in within if event.kind == "pageview"]
    named = [event for event in within if event.kind == "event"]
    names = dict.fromkeys(event.name for event in named)
    rows = [[event for event in named if event.name == name] for name in names]
    counted = tuple((group[0].name, len(group), len({event.session_id for event in group})) for group in rows)
    # An application may have no event of its own; no page view and no session are a run that drove nothing.
    listed: Facts = {"events": Rows(counted, limit=TOP, by=1)} if counted else {}
    return {
        **listed,
        "page_views": amount(len(views)),
        "visitors": amount(len({event.session_id for event in views})),
        "sessions": amount(sum(times.from_ms <= session.start_ms <= times.to_ms for session in sessions)),
    }


def _ms(created_at: str) -> int:
    return int(datetime.fromisoformat(created_at).timestamp() * 1000)
