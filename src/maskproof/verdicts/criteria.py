"""The owner's acceptance criteria: read from a YAML file of the project, and judged by the results of a run."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from maskproof.documents import Document, read_document
from maskproof.verdicts.checks import ONLY_IF_ASKED, TITLES
from maskproof.verdicts.proofs import NOT_CHECKED, Proof
from maskproof.verdicts.results import Result
from maskproof.verdicts.verdict import Verdict, combine

SCHEMA = "criteria.json"
BY_CHECKS, BY_DEPLOYMENT = "checks", "deployment"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One acceptance criterion: the kind of evidence that it needs, the checks that give it, and a remark on it."""

    id: str
    text: str
    evidence: str
    checks: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CriterionVerdict:
    """
    The verdict of a run on one criterion; `not checked` where no check gives evidence for it.

    `evidence` is one line for a criterion that is verified outside of runs.
    """

    id: str
    text: str
    verdict: str
    checks: tuple[str, ...]
    evidence: str = ""


def load_criteria(path: Path | None) -> tuple[Criterion, ...]:
    """
    Read the criteria of a project.

    Args:
        path: The file that `[paths] criteria` names; None for a project without criteria.

    Raises:
        ConfigurationError: The file cannot be read, does not fit the schema, or names an unknown check.

    """
    if path is None:
        return ()
    document = read_document(path, SCHEMA)
    return tuple(_criteria(document))


def judged_criteria(
    criteria: Sequence[Criterion],
    results: Sequence[Result],
    missing: Sequence[str] = (),
    outside: Mapping[str, Proof] = MappingProxyType({}),
) -> Iterator[CriterionVerdict]:
    """
    Judge each criterion by the results of a run. A criterion whose checks did not all run is `not checked`.

    Args:
        criteria: The criteria of the project.
        results: The results of the run.
        missing: Names (`check form-vN`) of checks that did not run; a criterion that needs one of them never passes.
        outside: What was found outside of the run, by criterion; for those that checks speak for, it does not count.

    """
    asked = by_check(results, missing)
    for criterion in criteria:
        verdict, evidence = judged(criterion, asked), ""
        if criterion.evidence != BY_CHECKS and criterion.id in outside:
            verdict, evidence = outside[criterion.id].state, outside[criterion.id].evidence
        yield CriterionVerdict(criterion.id, criterion.text, verdict, criterion.checks, evidence)


def by_check(results: Iterable[Result], missing: Iterable[str]) -> dict[str, Verdict]:
    """
    The verdict on each check that ran, over all forms; one that is missing for a form never passes.

    Args:
        results: The results of the run.
        missing: Names (`check form-vN`) of checks that did not run.

    """
    verdicts: dict[str, list[Verdict]] = {}
    for result in results:
        verdicts.setdefault(result.check, []).append(result.verdict)
    for name in missing:
        if (check := name.partition(" ")[0]) in verdicts:
            verdicts[check].append("inconclusive")
    return {check: combine(of_check) for check, of_check in verdicts.items()}


def judged(criterion: Criterion, asked: Mapping[str, Verdict]) -> str:
    """
    The verdict on one criterion; `not checked` unless each of its checks ran that a run has without being asked.

    Args:
        criterion: The criterion.
        asked: The verdict on each check that ran.

    """
    needed = set(criterion.checks) - ONLY_IF_ASKED
    if not needed or not asked.keys() >= needed:
        return NOT_CHECKED
    return combine(asked[check] for check in criterion.checks if check in asked)


def named_for(check: str, criteria: Sequence[Criterion]) -> str:
    """
    The heading of a check in a report: the first criterion that names it, or its own title.

    Args:
        check: The name of the check.
        criteria: The criteria of the project.

    """
    return next(
        (f"{criterion.id}: {criterion.text}" for criterion in criteria if check in criterion.checks), TITLES[check]
    )


def _criteria(document: Document) -> Iterator[Criterion]:
    seen: set[str] = set()
    for index, entry in enumerate(document.data["criteria"]):
        way = ("criteria", index)
        checks = tuple(entry.get("checks", ()))
        if entry["id"] in seen:
            raise document.error((*way, "id"), f"{entry['id']} is there twice.")
        seen.add(entry["id"])
        unknown = [check for check in checks if check not in TITLES]
        if unknown:
            raise document.error(
                (*way, "checks"), f"there is no check {unknown[0]}.", hint=f"The checks are {', '.join(TITLES)}."
            )
        if bool(checks) != (entry["evidence"] == BY_CHECKS):
            raise document.error(way, f"{entry['id']}: evidence is checks where checks are named, and only there.")
        yield Criterion(entry["id"], entry["text"], entry["evidence"], checks, entry.get("note", ""))
