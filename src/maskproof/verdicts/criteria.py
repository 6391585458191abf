"""The owner's acceptance criteria: read from a YAML file of the project, and judged by the results of a run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from maskproof.documents import Document, read_document
from maskproof.verdicts.checks import TITLES
from maskproof.verdicts.deployment import NOT_CHECKED, Deployed
from maskproof.verdicts.results import Result
from maskproof.verdicts.verdict import Verdict, combine

SCHEMA = "criteria.json"
BY_CHECKS = "checks"
BY_DEPLOYMENT = "deployment"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One acceptance criterion: the kind of evidence that it needs, and the checks that give it."""

    id: str
    text: str
    evidence: str
    checks: tuple[str, ...] = ()


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
    deployed: Mapping[str, Deployed] = MappingProxyType({}),
) -> Iterator[CriterionVerdict]:
    """
    Judge each criterion by the results of a run. A criterion whose checks did not all run is `not checked`.

    Args:
        criteria: The criteria of the project.
        results: The results of the run.
        missing: Names (`check form-vN`) of checks that did not run; a criterion that needs one of them never passes.
        deployed: What was verified about the deployment outside of the run, by criterion.

    """
    ran = {result.check for result in results}
    gone = {name.partition(" ")[0] for name in missing}
    for criterion in criteria:
        verdict = NOT_CHECKED
        if criterion.checks and ran.issuperset(criterion.checks):
            verdicts: list[Verdict] = [result.verdict for result in results if result.check in criterion.checks]
            verdict = combine([*verdicts, "inconclusive"] if gone.intersection(criterion.checks) else verdicts)
        evidence = ""
        if criterion.evidence == BY_DEPLOYMENT and criterion.id in deployed:
            verdict, evidence = deployed[criterion.id].state, deployed[criterion.id].evidence
        yield CriterionVerdict(criterion.id, criterion.text, verdict, criterion.checks, evidence)


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
        yield Criterion(entry["id"], entry["text"], entry["evidence"], checks)
