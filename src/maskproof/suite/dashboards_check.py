"""Asks the check `dashboards` once all journeys are driven, while their databases are still there."""

import time

from maskproof.errors import Inconclusive, MaskproofError
from maskproof.panels.check import Driven, check_dashboards
from maskproof.panels.openreplay import recorded_sessions
from maskproof.panels.traffic import sent_hits
from maskproof.panels.umami import Website
from maskproof.recording.addresses import StackAddresses
from maskproof.recording.target import target_of
from maskproof.settings import Settings
from maskproof.suite.reporting import place_of_error
from maskproof.verdicts.criteria import load_criteria, named_for
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import CRASHED, NO_CASE, RESULTS_FOLDER, Result

CHECK = "dashboards"
FIRST_MS = 1  # the search wants a time that is not 0
DAY_MS = 86_400_000


def conclude_dashboards(settings: Settings, addresses: StackAddresses, database: str) -> None:
    """
    Run every panel, and write the result.

    Args:
        settings: The configuration; it names the folder of the dashboards.
        addresses: Those of the embedded target.
        database: The connection string of its Umami.

    """
    started = time.monotonic()
    outcome = _outcome(settings, addresses, database)
    requirement = named_for(CHECK, load_criteria(settings.paths.criteria))
    result = Result.of(CHECK, outcome, form=NO_CASE, protocol=0, started=started, requirement=requirement)
    result.write(settings.paths.reports / RESULTS_FOLDER)


def _outcome(settings: Settings, addresses: StackAddresses, database: str) -> Outcome:
    if settings.dashboards is None:
        return Outcome(unseen=("no folder of dashboards is configured",))
    try:
        return check_dashboards(settings.dashboards, database, _driven(settings, addresses))
    except MaskproofError as error:
        return Outcome(unseen=(str(error),))
    except Exception as error:  # noqa: BLE001 - its message may hold what was typed
        return Outcome(unseen=(f"{CRASHED}: {type(error).__name__} {place_of_error(error)}",))


def _driven(settings: Settings, addresses: StackAddresses) -> Driven:
    target = target_of(settings, addresses)
    if target.work_dir is None:
        raise Inconclusive("a live target keeps no wire that panels could be held against.")
    now_ms = time.time_ns() // 1_000_000
    stored = list(target.openreplay.search_sessions(target.project_id, FIRST_MS, now_ms + DAY_MS))
    site = target.umami.website(target.website_id)
    return Driven(
        website=Website(site.id, site.domain),
        project=int(target.project_id),
        hits=sent_hits(target.work_dir, target.website_id),
        sessions=recorded_sessions(target.work_dir, stored),
    )
