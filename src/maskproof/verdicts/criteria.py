"""The owner's acceptance criteria: a YAML file of the project, and what a run says of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from maskproof.documents import Document, read_document
from maskproof.verdicts.checks import TITLES
from maskproof.verdicts.results import Result
from maskproof.verdicts.verdict import Verdict, combine

SCHEMA = "criteria.json"
NOT_CHECKED = "not checked"
BY_CHECKS = "checks"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One acceptance criterion: the kind of evidence that it takes, and the checks that speak for it."""

    id: str
    text: str
    evidence: str
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionVerdict:
    """What a run says of one criterion: a verdict, or that no check speaks for it."""

    id: str
    text: str
    verdict: str
    checks: tuple[str, ...]


def load_criteria(path: Path | None) -> tuple[Criterion, ...]:
    """
    Read the criteria of a project.

    Args:
        path: The file that `[paths] criteria` names; None for a project without any.

    Raises:
        ConfigurationError: It cannot be read, does not fit the schema, or names an unknown check.

    """
    if path is None:
        return ()
    document = read_document(path, SCHEMA)
    return tuple(_criteria(document))


def judged_criteria(
    criteria: Sequence[Criterion], results: Sequence[Result], missing: Sequence[str] = ()
) -> Iterator[CriterionVerdict]:
    """
    What a run says of each criterion; one whose checks did not all run is not checked.

    Args:
        criteria: Those of the project.
        results: What was checked.
        missing: Names (`check form-vN`) of what was not; a criterion that needs one of them never passes.

    """
    ran = {result.check for result in results}
    gone = {name.partition(" ")[0] for name in missing}
    for criterion in criteria:
        verdict = NOT_CHECKED
        if criterion.checks and ran.issuperset(criterion.checks):
            verdicts: list[Verdict] = [result.verdict for result in results if result.check in criterion.checks]
            verdict = combine([*verdicts, "inconclusive"] if gone.intersection(criterion.checks) else verdicts)
        yield CriterionVerdict(criterion.id, criterion.text, verdict, criterion.checks)


def named_for(check: str, criteria: Sequence[Criterion]) -> str:
    """
    How a report groups a check: by the first criterion that it speaks for, or by its own title.

    Args:
        check: The check's name.
        criteria: Those of the project.

    """
    return next((f"{one.id}: {one.text}" for one in criteria if check in one.checks), TITLES[check])


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
