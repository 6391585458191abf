"""The owner's criteria: read from the file of the project, and judged by a run."""

from pathlib import Path

import pytest
from tests.unit.docs.pages import ROOT
from tests.unit.evidence.conftest import ALL_CHECKS, result, whole_run

from maskproof.errors import ConfigurationError
from maskproof.verdicts.checks import TITLES
from maskproof.verdicts.criteria import Criterion, judged_criteria, load_criteria, named_for
from maskproof.verdicts.proofs import NOT_CHECKED
from maskproof.verdicts.results import Result

CRITERIA = load_criteria(ROOT / "criteria.yaml")
MASKING, MANUAL = "4.4 AC3", "4.4 AC4"


def verdict_of(criterion: str, results: list[Result], missing: tuple[str, ...] = ()) -> str:
    """The verdict of one criterion."""
    return next(found.verdict for found in judged_criteria(CRITERIA, results, missing) if found.id == criterion)


def written(folder: Path, entries: str) -> Path:
    """A file of criteria."""
    path = folder / "criteria.yaml"
    path.write_text(f"version: 1\ncriteria:\n{entries}", encoding="utf-8")
    return path


def test_a_whole_run_answers_what_it_checks() -> None:
    """The rest is reported as not checked."""
    assert verdict_of(MASKING, whole_run()) == "pass"
    assert verdict_of(MANUAL, whole_run()) == NOT_CHECKED


@pytest.mark.parametrize("verdict", ["fail", "inconclusive"])
def test_one_form_that_does_not_pass_takes_the_pass_away(verdict: str) -> None:
    """It counts more than any number of forms that pass."""
    assert verdict_of(MASKING, [*whole_run(), result("masking", verdict, form="other")]) == verdict


def test_a_criterion_whose_check_did_not_run_is_not_checked() -> None:
    """All its checks must have run."""
    assert verdict_of(MASKING, [found for found in whole_run() if found.check != "twin"]) == NOT_CHECKED


def test_a_form_that_was_not_checked_takes_the_pass_away() -> None:
    """A criterion is about all forms."""
    assert verdict_of(MASKING, whole_run(), ("twin other-v2",)) == "inconclusive"
    assert verdict_of(MASKING, whole_run(), ("fidelity other-v2",)) == "pass"


def test_a_check_that_is_asked_for_adds_evidence_and_is_not_waited_for() -> None:
    """Where it ran, it counts like every other."""
    criteria = [Criterion("1.1", "Events are seen", "checks", ("analytics", "umami-pages"))]

    def judged(*results: Result) -> str:
        return next(judged_criteria(criteria, results)).verdict

    assert judged(result("analytics")) == "pass"
    assert judged(result("analytics"), result("umami-pages")) == "pass"
    assert judged(result("analytics"), result("umami-pages", "fail")) == "fail"
    assert judged(result("umami-pages")) == NOT_CHECKED


def test_nothing_run_is_nothing_checked() -> None:
    """Without results no criterion passes."""
    assert {found.verdict for found in judged_criteria(CRITERIA, [])} == {NOT_CHECKED}


def test_every_check_is_named_by_a_criterion_of_the_owner() -> None:
    """Only those that guard the suite itself are not."""
    named = {check for criterion in CRITERIA for check in criterion.checks}
    assert set(ALL_CHECKS) - named == {"accepted", "own-tests"}
    assert named_for("twin", CRITERIA) == "4.4 AC3: Automated tests verify masking with fake PII"


def test_a_project_without_criteria_has_none(tmp_path: Path) -> None:
    """Its report lists no criteria, and groups checks by their titles."""
    assert load_criteria(None) == ()
    assert list(judged_criteria((), whole_run())) == []
    assert named_for("masking", ()) == TITLES["masking"]
    assert tmp_path.is_dir()


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ("  - {id: A, text: a, evidence: checks, checks: [maskin]}\n", "criteria.yaml:3: there is no check maskin"),
        ("  - {id: A, text: a, evidence: audit}\n  - {id: A, text: b, evidence: audit}\n", ":4: A is there twice"),
        ("  - {id: A, text: a, evidence: audit, checks: [twin]}\n", ":3: A: evidence is checks where"),
        ("  - {id: A, text: a, evidence: checks}\n", ":3: A: evidence is checks where"),
        ("  - {id: A, text: a, evidence: faith}\n", ":3: criteria.0.evidence: expected one of checks, tests"),
        ("  []\n", "criteria"),
    ],
    ids=["unknown check", "twice", "checks of an audit", "no checks", "unknown evidence", "empty"],
)
def test_a_fault_is_reported_with_its_line(tmp_path: Path, entries: str, message: str) -> None:
    """A check that is renamed does not leave a criterion behind."""
    with pytest.raises(ConfigurationError, match=message):
        load_criteria(written(tmp_path, entries))
