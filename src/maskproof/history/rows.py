"""The rows of a run, read from its `summary.json`, and from `sabotage.json` if there is one."""

import json
import math
import re
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.history.bounds import lower_bound

SUMMARY, SABOTAGE = "summary.json", "sabotage.json"
FINISHED = "%Y-%m-%d %H:%M:%S %Z"
# Ids of runs are made from what tells runs apart, so that a run that is exported twice has one id.
RUNS = uuid.UUID("6f1d7f0e-6a3c-5c55-9a57-0c2f6f6f2b0a")
UPPER = ".upper_ms"
TRACKER = "tracker "
NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class RunRow:
    """
    One run.

    `leaks` counts the findings that fail it. `sent` and `arrived` count sessions and events together, and
    `captured_lower` is the share of them that the run proves with 95 % confidence. What was not measured is None.
    """

    run_id: uuid.UUID
    finished_at: datetime
    target: str
    verdict: str
    rules_version: str
    trackers: str
    forms: int
    checks: int
    checks_failed: int
    checks_inconclusive: int
    checks_missing: int
    leaks: int
    fidelity_failed: int | None
    sent: int | None
    arrived: int | None
    captured_lower: float | None
    overhead_ms_upper: float | None
    sabotage_killed: int | None
    sabotage_total: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding: which value (its id), which way, how. `gating` findings fail the run."""

    run_id: uuid.UUID
    number: int
    check_name: str
    form: str
    protocol: int
    kind: str
    value_id: str
    category: str
    system: str
    channel: str
    match: str
    gating: bool


@dataclass(frozen=True, slots=True)
class History:
    """A run with its findings."""

    run: RunRow
    findings: tuple[FindingRow, ...]


def read_history(reports: Path) -> History:
    """
    The rows of the run that a folder of reports is of.

    Raises:
        ConfigurationError: There is no summary, or it is none of this version.
        Inconclusive: The run has not finished.

    """
    file = reports / SUMMARY
    summary = _read(file)
    if summary is None:
        raise ConfigurationError(f"{file}: there is no run.", hint="Run maskproof verify first.")
    if not summary.get("finished"):
        raise Inconclusive(f"{file}: the run has not finished.", hint=str(summary.get("reason", "")))
    try:
        return _history(summary, _read(reports / SABOTAGE))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ConfigurationError(
            f"{file}: not the summary of a run of this version ({type(error).__name__}: {error}).",
            hint="Run maskproof verify again.",
        ) from error


def _read(file: Path) -> dict[str, Any] | None:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise ConfigurationError(f"{file}: not JSON: {error}.", hint="Run maskproof verify again.") from error
    if not isinstance(read, dict):
        raise ConfigurationError(f"{file}: expected an object, got {type(read).__name__}.")
    return read


def _history(summary: Mapping[str, Any], sabotage: Mapping[str, Any] | None) -> History:
    results: list[Mapping[str, Any]] = summary["results"]
    run_id = uuid.uuid5(RUNS, f"{summary['target']}/{summary['finished']}/{summary['seed']}")
    findings = tuple(_findings(run_id, results))
    killed, total = _sabotage(sabotage)
    sent, arrived = _captured(results)
    verdicts = [result["verdict"] for result in results]
    run = RunRow(
        run_id=run_id,
        finished_at=_instant(summary["finished"]),
        target=summary["target"],
        verdict=summary["verdict"],
        rules_version=summary["rules_version"],
        trackers=", ".join(_trackers(results)),
        forms=len({result["form"] for result in results if result["protocol"]}),
        checks=len(results),
        checks_failed=verdicts.count("fail"),
        checks_inconclusive=verdicts.count("inconclusive"),
        checks_missing=len(summary["missing"]),
        leaks=sum(finding.gating for finding in findings),
        fidelity_failed=_failed(results, "fidelity"),
        sent=sent,
        arrived=arrived,
        captured_lower=None if sent is None or arrived is None else lower_bound(arrived, sent),
        overhead_ms_upper=_overhead(results),
        sabotage_killed=killed,
        sabotage_total=total,
        seconds=round(math.fsum(result["seconds"] for result in results), 3),
    )
    return History(run, findings)


def _instant(text: str) -> datetime:
    """The time of a summary, whose zone is that of the machine that wrote it."""
    read = time.strptime(text, FINISHED)
    if text.endswith((" UTC", " GMT")):
        return datetime(*read[:6], tzinfo=UTC)
    return datetime.fromtimestamp(time.mktime(read), UTC)


def _findings(run_id: uuid.UUID, results: list[Mapping[str, Any]]) -> Iterator[FindingRow]:
    number = 0
    for result in results:
        for gating, found in ((True, result["findings"]), (False, result["advisory"])):
            for finding in found:
                number += 1
                yield FindingRow(
                    run_id=run_id,
                    number=number,
                    check_name=result["check"],
                    form=result["form"],
                    protocol=result["protocol"],
                    kind=finding["kind"],
                    value_id=finding["value_id"] or "",
                    category=finding["category"] or "",
                    system=finding["system"],
                    channel=finding["channel"],
                    match=finding["match"] or "",
                    gating=gating,
                )


def _trackers(results: list[Mapping[str, Any]]) -> list[str]:
    """Versions of the tracker that the recordings of the run name, newest last."""
    used = {name for result in results if result["check"] == "capture" for name in result["used"]}
    return sorted((name.removeprefix(TRACKER) for name in used if name.startswith(TRACKER)), key=_by_numbers)


def _by_numbers(version: str) -> list[int]:
    """What sorts 9.0.1 before 17.0.0."""
    return [int(number) for number in NUMBERS.findall(version)]


def _failed(results: list[Mapping[str, Any]], check: str) -> int | None:
    verdicts = [result["verdict"] for result in results if result["check"] == check]
    return verdicts.count("fail") if verdicts else None


def _captured(results: list[Mapping[str, Any]]) -> tuple[int, int] | tuple[None, None]:
    figures = [result["figures"] for result in results if result["check"] == "capture" and result["figures"]]
    if not figures:
        return None, None
    return sum(int(one["sent"]) for one in figures), sum(int(one["arrived"]) for one in figures)


def _overhead(results: list[Mapping[str, Any]]) -> float | None:
    uppers = [
        float(value)
        for result in results
        if result["check"] == "overhead"
        for name, value in result["figures"].items()
        if name.endswith(UPPER)
    ]
    return max(uppers) if uppers else None


def _sabotage(sabotage: Mapping[str, Any] | None) -> tuple[int, int] | tuple[None, None]:
    """How many weakenings were noticed, of those that could be: an equivalent one changes nothing."""
    if sabotage is None:
        return None, None
    outcomes = [operator["outcome"] for operator in sabotage["operators"]]
    return outcomes.count("killed"), len(outcomes) - outcomes.count("equivalent")
