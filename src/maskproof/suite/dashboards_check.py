"""Asks the check `dashboards` once all journeys are driven, while their databases are still there."""

from pathlib import Path

from maskproof.clock import DAY_MS, now_ms
from maskproof.errors import Inconclusive
from maskproof.panels.check import Driven, check_dashboards
from maskproof.panels.grafana import Grafana
from maskproof.panels.live import Live, check_live, live_facts
from maskproof.panels.macros import TimeRange
from maskproof.panels.model import load_dashboards
from maskproof.panels.openreplay import recorded_sessions
from maskproof.panels.traffic import sent_hits
from maskproof.panels.umami import Website
from maskproof.recording.addresses import StackAddresses
from maskproof.recording.target import target_of
from maskproof.settings import Settings
from maskproof.suite.whole_run import conclude_after_journeys
from maskproof.verdicts.outcome import Outcome

CHECK = "dashboards"
FIRST_MS = 1  # the search wants a time that is not 0


def conclude_dashboards(
    settings: Settings, addresses: StackAddresses | None, database: str, began_ms: int, *, seed: str
) -> None:
    """
    Run every panel, and write the result.

    Args:
        settings: The configuration; it names the folder of the dashboards.
        addresses: Those of the embedded target; None for a live one, whose Grafana is asked.
        database: The connection string of the embedded Umami.
        began_ms: When the run began.
        seed: The seed of the run's personas: what a server says may quote a value of them.

    """
    conclude_after_journeys(settings, CHECK, lambda _: _outcome(settings, addresses, database, began_ms), seed=seed)


def _outcome(settings: Settings, addresses: StackAddresses | None, database: str, began_ms: int) -> Outcome:
    if settings.dashboards is None:
        return Outcome(unseen=("no folder of dashboards is configured",))
    if addresses is not None:
        return check_dashboards(settings.dashboards, database, _driven(settings, addresses))
    return _live(settings, settings.dashboards, began_ms)


def _live(settings: Settings, folder: Path, began_ms: int) -> Outcome:
    """Grafana's panels of the time of the run, held against what the servers' own APIs say of it."""
    grafana = settings.live_grafana
    if grafana is None:
        return Outcome(unseen=("no Grafana is configured under [live.grafana]",))
    target, times = target_of(settings, None), TimeRange(began_ms, now_ms())
    span = {"start_ms": times.from_ms, "end_ms": times.to_ms}
    events = target.umami.events(target.website_id, **span)
    sessions = list(target.openreplay.search_sessions(target.project_id, times.from_ms, times.to_ms))
    values = {"website": target.website_id, "project": target.project_id, "target": settings.target}
    version = 3 if target.umami.has_event_list else 2
    dashboards = [one for one in load_dashboards(folder) if one.is_for_umami(version)]
    live = Live(times, values, live_facts(events, sessions, times))
    return check_live(Grafana(grafana.url, grafana.token), dashboards, live)


def _driven(settings: Settings, addresses: StackAddresses) -> Driven:
    target = target_of(settings, addresses)
    if target.work_dir is None:
        raise Inconclusive("a live target keeps no wire that panels could be held against.")
    stored = list(target.openreplay.search_sessions(target.project_id, FIRST_MS, now_ms() + DAY_MS))
    site = target.umami.website(target.website_id)
    return Driven(
        website=Website(site.id, site.domain),
        project=int(target.project_id),
        hits=sent_hits(target.work_dir, target.website_id),
        sessions=recorded_sessions(target.work_dir, stored),
    )
