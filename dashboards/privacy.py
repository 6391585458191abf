"""The Privacy dashboard: Maskproof's own runs, for the privacy officer."""

from dataclasses import replace

from dashboards.customer_service import PROJECTS, RECORDED
from dashboards.model import (
    MASKPROOF,
    OPENREPLAY_PG,
    PLAIN,
    UMAMI,
    UNWANTED,
    Dashboard,
    Panel,
    Sql,
    Variable,
    above,
    below,
)

MARGIN_MS = 50
DAY_AND_A_BIT = 26  # a run a night, and two hours for a late one
OF_TARGET = "target = '$target'"
LAST = f"FROM maskproof_run WHERE {OF_TARGET} ORDER BY finished_at DESC LIMIT 1"
IN_TIME = f"{OF_TARGET} AND $__timeFilter(finished_at)"
NO_RUN = "No data: no run has been written here, so nothing is known"
STAT = Panel(
    title="",
    kind="stat",
    question="",
    query=Sql(MASKPROOF, ""),
    unit="short",
    steps=UNWANTED,
    no_data=NO_RUN,
    when_red="",
    runbook="",
    width=6,
    height=4,
)
SERIES = replace(STAT, kind="timeseries", width=12, height=8)
TABLE = replace(STAT, kind="table", steps=PLAIN, width=12, height=8)


def privacy() -> Dashboard:
    """The dashboard."""
    return Dashboard(
        uid="maskproof-privacy",
        title="Privacy",
        audience="The privacy officer: whether anything that was typed has left a page, and when this was shown.",
        tags=("maskproof", "privacy"),
        variables=(
            Variable(
                "target", "Target", "SELECT DISTINCT target AS __value, target AS __text FROM maskproof_run", MASKPROOF
            ),
            Variable("project", "Project", PROJECTS, OPENREPLAY_PG),
        ),
        panels=(*_verdict(), *_judgements(), *_history(), *_in_use()),
        since="now-30d",
        databases=(
            (MASKPROOF, ("maskproof",)),
            (UMAMI, ("umami-2", "umami-3")),
            (OPENREPLAY_PG, ("openreplay",)),
        ),
    )


def _verdict() -> tuple[Panel, ...]:
    return (
        replace(
            STAT,
            title="Last run",
            question="What did the last run end with?",
            query=Sql(MASKPROOF, f"SELECT verdict {LAST}"),
            steps=((None, "orange"),),
            names=(("pass", "green"), ("fail", "red"), ("inconclusive", "orange")),
            when_red="Read report.html of that run: it names the form, the field and the channel.",
            runbook="panels.md#a-run-fails",
            shows="last_verdict",
        ),
        replace(
            STAT,
            title="Hours since the last pass",
            question="How old is the newest proof that nothing leaks?",
            query=Sql(
                MASKPROOF,
                "SELECT extract(epoch FROM now() - max(finished_at)) / 3600 AS hours FROM maskproof_run "
                f"WHERE {OF_TARGET} AND verdict = 'pass'",
            ),
            unit="h",
            steps=below(DAY_AND_A_BIT),
            no_data="No data: no run has ever passed",
            when_red="The nightly run fails, or does not run. Nothing is known since then.",
            runbook="panels.md#no-pass-for-a-day",
            shows="hours_since_pass",
        ),
        replace(
            STAT,
            title="Leaks",
            question="How many findings of the last run count as leaks?",
            query=Sql(MASKPROOF, f"SELECT leaks {LAST}"),
            when_red="Press the red button if it is a live target; then mend the rule.",
            runbook="red-button.md",
            shows="last_leaks",
        ),
        replace(
            STAT,
            title="Runs without a verdict",
            question="How many runs of this time saw too little to say anything?",
            query=Sql(
                MASKPROOF,
                "SELECT count(*) FILTER (WHERE verdict = 'inconclusive') AS runs FROM maskproof_run "
                f"WHERE {IN_TIME} HAVING count(*) > 0",
            ),
            when_red="Read the report: a server was away, or a check was left out.",
            runbook="panels.md#a-run-fails",
            shows="inconclusive_runs",
        ),
    )


def _judgements() -> tuple[Panel, ...]:
    return (
        replace(
            STAT,
            title="Fidelity",
            question="How many checks of the last run say that something else than PII is missing from recordings?",
            query=Sql(MASKPROOF, f"SELECT fidelity_failed {LAST}"),
            when_red="Masking hides too much: read which field or click is missing.",
            runbook="panels.md#a-run-fails",
            shows="last_fidelity",
        ),
        replace(
            STAT,
            title="Captured",
            question="Which share of the sessions and events of the last run arrived?",
            query=Sql(MASKPROOF, f"SELECT 100.0 * arrived / nullif(sent, 0) AS captured {LAST}"),
            unit="percent",
            steps=above(100),
            when_red="Sessions or events are lost on their way: Engineering knows where.",
            runbook="symptoms.md",
            shows="captured",
        ),
        replace(
            STAT,
            title="Captured, lower bound",
            question="Which share does the last run prove, with 95 % confidence? It grows with the number of journeys.",
            query=Sql(MASKPROOF, f"SELECT 100.0 * captured_lower AS captured {LAST}"),
            unit="percent",
            steps=above(95),
            when_red="Something was lost, or the run was too small to say more.",
            runbook="symptoms.md",
            shows="captured_lower",
        ),
        replace(
            STAT,
            title="Sabotage noticed",
            question="Of the deliberate weakenings, which share did the last sabotage run notice?",
            query=Sql(
                MASKPROOF,
                "SELECT 100.0 * sabotage_killed / nullif(sabotage_total, 0) AS noticed FROM maskproof_run "
                f"WHERE {OF_TARGET} AND sabotage_total > 0 ORDER BY finished_at DESC LIMIT 1",
            ),
            unit="percent",
            steps=above(100),
            no_data="No data: no sabotage run has been written here",
            when_red="A check is blind to a weakening: its green means less than it says.",
            runbook="panels.md#sabotage-survives",
            shows="sabotage",
        ),
    )


def _history() -> tuple[Panel, ...]:
    when = "SELECT finished_at AS time,"
    return (
        replace(
            SERIES,
            title="Overhead, upper bound",
            question=f"What does tracking cost at most, in each run? The margin is {MARGIN_MS} ms.",
            query=Sql(
                MASKPROOF,
                f"{when} overhead_ms_upper AS overhead FROM maskproof_run "
                f"WHERE {IN_TIME} AND overhead_ms_upper IS NOT NULL ORDER BY 1",
                series=True,
            ),
            unit="ms",
            steps=below(MARGIN_MS, yellow=40),
            no_data="No data: no run of this time measured the overhead",
            when_red="Tracking slows pages down. Compare the versions of the tracker.",
            runbook="panels.md#overhead",
            shows="overhead",
        ),
        replace(
            SERIES,
            title="Leaks per run",
            question="Since when does something leak?",
            query=Sql(MASKPROOF, f"{when} leaks FROM maskproof_run WHERE {IN_TIME} ORDER BY 1", series=True),
            when_red="The first red run names the change.",
            runbook="panels.md#a-run-fails",
            shows="leaks_per_run",
        ),
        replace(
            TABLE,
            title="Findings by category and channel",
            question="What leaked, and which way? Never a value.",
            query=Sql(
                MASKPROOF,
                "SELECT category, channel, count(*) AS findings FROM maskproof_finding "
                f"JOIN maskproof_run USING (run_id) WHERE {IN_TIME} AND gating "
                "GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 50",
            ),
            no_data="No data: no run of this time has a finding, or none was written; the number of leaks tells which",
            when_red="Never red: the numbers above are.",
            runbook="panels.md#a-run-fails",
            shows="findings",
        ),
        replace(
            TABLE,
            title="Masking rules",
            question="Which versions of the rules were verified, and when last?",
            query=Sql(
                MASKPROOF,
                "SELECT rules_version AS version, count(*) AS runs, max(finished_at) AS last FROM maskproof_run "
                f"WHERE {IN_TIME} GROUP BY 1 ORDER BY 3 DESC LIMIT 20",
            ),
            when_red="Never red. A version that you did not release is a change without a review.",
            runbook="masking-rules.md",
            shows="rules_versions",
        ),
    )


def _in_use() -> tuple[Panel, ...]:
    return (
        replace(
            TABLE,
            title="Trackers verified",
            question="Which versions of OpenReplay's tracker have the runs verified?",
            query=Sql(
                MASKPROOF,
                "SELECT trackers, count(*) AS runs, max(finished_at) AS last FROM maskproof_run "
                f"WHERE {IN_TIME} GROUP BY 1 ORDER BY 3 DESC LIMIT 20",
            ),
            when_red="Never red: compare it with the trackers in use.",
            runbook="panels.md#trackers-in-use",
            shows="trackers_verified",
        ),
        replace(
            TABLE,
            title="Trackers in use",
            question="Which versions of the tracker record people now?",
            query=Sql(
                OPENREPLAY_PG,
                f"SELECT tracker_version, count(*) AS sessions FROM sessions WHERE {RECORDED} "
                "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20",
            ),
            no_data="No data: no session was recorded in this time",
            when_red="One that the runs never verified has unknown leaks.",
            runbook="panels.md#trackers-in-use",
            shows="trackers_in_use",
        ),
        replace(
            STAT,
            title="Umami's own recorder",
            question="For how many websites does Umami 3 record sessions itself? Nothing here verifies that recorder.",
            query=Sql(
                UMAMI,
                "SELECT count(*) FILTER (WHERE (to_jsonb(website) ->> 'replay_enabled')::boolean) AS websites "
                "FROM website HAVING count(*) > 0",
            ),
            no_data="No data: Umami has no website",
            when_red="Switch it off in the settings of the website: it records without Maskproof's rules.",
            runbook="panels.md#the-recorder-of-umami",
            shows="umami_recorder",
        ),
        replace(
            STAT,
            title="Oldest session",
            question="Is anything kept for longer than was promised?",
            query=Sql(
                OPENREPLAY_PG,
                "SELECT (extract(epoch FROM now()) * 1000 - min(start_ts)) / 86400000 AS days FROM sessions "
                "WHERE project_id = $project",
            ),
            unit="d",
            steps=below(90, yellow=80),
            no_data="No data: OpenReplay holds no session",
            when_red="The deletion of old sessions does not run.",
            runbook="deletion.md",
            shows="oldest_session",
        ),
    )
