"""The history of runs with planted rows, and what the Privacy dashboard has to show of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from maskproof.history import FindingRow, History, RunRow
from maskproof.panels.facts import Facts, Points, Rows, Within, Word, amount

TARGET = "embedded"
CHANNELS = (("email", "input value"), ("email", "url"), ("phone", "input value"), ("email", "input value"))


def planted_history(start_ms: int) -> tuple[History, ...]:
    """
    A green run, a red one and one without a verdict, one after the other, and the last one, which is red again.

    Args:
        start_ms: When the first one ended.

    """
    begun = datetime.fromtimestamp(start_ms / 1000, UTC).replace(microsecond=0)
    green = RunRow(
        run_id=uuid5(NAMESPACE_URL, "planted/green"),
        finished_at=begun + timedelta(hours=1),
        target=TARGET,
        verdict="pass",
        rules_version="a1b2c3",
        trackers="17.2.3",
        forms=11,
        checks=200,
        checks_failed=0,
        checks_inconclusive=0,
        checks_missing=0,
        leaks=0,
        fidelity_failed=0,
        sent=300,
        arrived=300,
        captured_lower=0.99,
        overhead_ms_upper=21.5,
        sabotage_killed=18,
        sabotage_total=20,
        seconds=100.0,
    )
    red = replace(
        green,
        run_id=uuid5(NAMESPACE_URL, "planted/red"),
        finished_at=begun + timedelta(hours=2),
        verdict="fail",
        leaks=len(CHANNELS),
        rules_version="d4e5f6",
        sabotage_killed=None,
        sabotage_total=None,
    )
    silent = replace(
        red,
        run_id=uuid5(NAMESPACE_URL, "planted/silent"),
        finished_at=begun + timedelta(hours=3),
        verdict="inconclusive",
        leaks=0,
        overhead_ms_upper=None,
        trackers="",
    )
    last = replace(
        red,
        run_id=uuid5(NAMESPACE_URL, "planted/last"),
        finished_at=begun + timedelta(hours=4),
        fidelity_failed=3,
        arrived=297,
        captured_lower=0.9765,
        overhead_ms_upper=44.0,
    )
    return (
        History(green, ()),
        History(red, _findings(red)),
        History(silent, ()),
        History(last, (*_findings(last), replace(_findings(last)[0], number=9, gating=False))),
    )


def _findings(run: RunRow) -> tuple[FindingRow, ...]:
    return tuple(
        FindingRow(
            run_id=run.run_id,
            number=number,
            check_name="masking",
            form="sign-up",
            protocol=2,
            kind="value",
            value_id=f"user.{category}",
            category=category,
            system="openreplay",
            channel=channel,
            match="exact",
            gating=True,
        )
        for number, (category, channel) in enumerate(CHANNELS, 1)
    )


def decoys(history: Sequence[History]) -> tuple[History, ...]:
    """Runs that no panel of this target and time may count: others of a live target, and of a month before."""
    return tuple(
        History(
            replace(
                one.run,
                run_id=new,
                target=target,
                finished_at=one.run.finished_at + shift,
                verdict="pass",
                leaks=one.run.leaks + 7,
                fidelity_failed=9,
                arrived=100,
                captured_lower=0.3,
                sabotage_killed=1,
                sabotage_total=7,
                rules_version="decoy",
                trackers="decoy",
            ),
            tuple(replace(finding, run_id=new) for finding in one.findings),
        )
        for target, shift in (("live", timedelta(minutes=30)), (TARGET, timedelta(days=-31)))
        for one in history
        for new in [uuid5(NAMESPACE_URL, f"{target}/{one.run.run_id}")]
    )


def history_facts(history: Sequence[History], now_ms: int) -> Facts:
    """
    What each panel has to show.

    Args:
        history: The runs of the target in the time of the dashboard, oldest first.
        now_ms: When it is looked at.

    """
    runs = [one.run for one in history]
    last = runs[-1]
    passed = max(run.finished_at for run in runs if run.verdict == "pass")
    age = (now_ms / 1000 - passed.timestamp()) / 3600
    score = next(run for run in reversed(runs) if run.sabotage_total)
    gating = [finding for one in history for finding in one.findings if finding.gating]
    kinds = [(finding.category, finding.channel) for finding in gating]
    measured = [(run.finished_at, run.overhead_ms_upper) for run in runs if run.overhead_ms_upper is not None]
    return {
        "last_verdict": Word(last.verdict),
        "hours_since_pass": Within(age - 0.1, age + 0.1),
        "last_leaks": amount(last.leaks),
        "inconclusive_runs": amount(sum(run.verdict == "inconclusive" for run in runs)),
        "last_fidelity": amount(last.fidelity_failed or 0),
        "captured": amount(100 * (last.arrived or 0) / (last.sent or 1)),
        "captured_lower": amount(100 * (last.captured_lower or 0)),
        "sabotage": amount(100 * (score.sabotage_killed or 0) / (score.sabotage_total or 1)),
        "overhead": Points(tuple(measured)),
        "leaks_per_run": Points(tuple((run.finished_at, float(run.leaks)) for run in runs)),
        "findings": Rows(tuple((*kind, kinds.count(kind)) for kind in dict.fromkeys(kinds)), limit=50, by=2),
        "rules_versions": _versions(runs, "rules_version"),
        "trackers_verified": _versions(runs, "trackers"),
    }


def _versions(runs: Sequence[RunRow], name: str) -> Rows:
    groups: dict[str, list[RunRow]] = {}
    for run in runs:
        groups.setdefault(getattr(run, name), []).append(run)
    rows = tuple((label, len(group), max(run.finished_at for run in group)) for label, group in groups.items())
    return Rows(rows, limit=20, by=2)
