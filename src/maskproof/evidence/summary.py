"""The summary of a run as one JSON object, `reports/summary.json`."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from maskproof.evidence.files import write_whole
from maskproof.verdicts.criteria import Criterion, CriterionVerdict, by_check, judged_criteria
from maskproof.verdicts.proofs import Proof
from maskproof.verdicts.results import Result
from maskproof.verdicts.standing import LastRun
from maskproof.verdicts.verdict import Verdict, combine

FILE_NAME = "summary.json"


@dataclass(frozen=True, slots=True)
class Summary:
    """
    One run.

    `missing` names the checks that a whole run has and this one has not; a run with missing checks never passes.
    """

    verdict: Verdict
    target: str
    finished: str
    seed: str
    rules_version: str
    results: tuple[Result, ...]
    missing: tuple[str, ...]
    requirements: tuple[CriterionVerdict, ...]

    def to_json(self) -> dict[str, Any]:
        """The object that the file holds."""
        return asdict(self)


def summarise(
    results: Sequence[Result],
    *,
    expected: Sequence[str],
    target: str,
    seed: str,
    rules_version: str,
    criteria: Sequence[Criterion] = (),
    outside: Mapping[str, Proof] = MappingProxyType({}),
) -> Summary:
    """
    Combine all results into one verdict.

    Args:
        results: The results of the checks that ran.
        expected: Names (`check form-vN`) of every check that a whole run has.
        target: `embedded` or `live`.
        seed: The seed of the personas.
        rules_version: The hash of the compiled masking rules.
        criteria: The criteria of the project, if it has any.
        outside: What was found about criteria outside of the run, by criterion.

    """
    done = {result.name for result in results}
    missing = tuple(name for name in expected if name not in done)
    verdicts: list[Verdict] = [result.verdict for result in results]
    if missing:
        verdicts.append("inconclusive")
    return Summary(
        verdict=combine(verdicts),
        target=target,
        finished=time.strftime("%Y-%m-%d %H:%M:%S %Z"),
        seed=seed,
        rules_version=rules_version,
        results=tuple(results),
        missing=missing,
        requirements=tuple(judged_criteria(criteria, results, missing, outside)),
    )


def read_last_run(reports: Path) -> LastRun | None:
    """The last run that ended, by its summary; None if there is none, or one that cannot be read."""
    try:
        summary = json.loads((reports / FILE_NAME).read_text(encoding="utf-8"))
        results = [Result(**result) for result in summary["results"]]
        return LastRun(summary["finished"], by_check(results, summary["missing"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_summary(reports: Path, summary: Summary) -> None:
    """
    Write `summary.json`.

    Args:
        reports: The folder of the reports.
        summary: The run.

    """
    text = json.dumps(summary.to_json(), indent=2, ensure_ascii=False) + "\n"
    write_whole(reports / FILE_NAME, text)
