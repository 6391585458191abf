"""Checks that need all results of a run."""

import time
from pathlib import Path

import pytest
from tests.unit.commands.conftest import FORM, RULES

from maskproof.settings import Settings, load_settings
from maskproof.settings_schema import CHROMIUM
from maskproof.suite.whole_run import conclude_run
from maskproof.verdicts.checks import CASE_CHECKS
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import Result

FAILED = Outcome(problems=("something",))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A project of one form under one protocol version."""
    for folder, name, text in (("forms", "demo.yaml", FORM), ("rules", "email.yaml", RULES)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    file = tmp_path / "maskproof.toml"
    file.write_text('[paths]\nforms = "forms"\nrules = "rules"\n[run]\nprotocols = [1]\n', encoding="utf-8")
    return load_settings(file)


def added(
    settings: Settings, folder: Path, *outcomes: tuple[str, Outcome], tests_failed: bool = False
) -> dict[str, str]:
    """Checks and verdicts that are added to the results of these outcomes."""
    for check, outcome in outcomes:
        Result.of(check, outcome, form="demo", protocol=1, started=time.monotonic()).write(folder)
    results = conclude_run(settings, folder, tests_failed=tests_failed)
    return {result.check: result.verdict for result in results if not result.protocol}


@pytest.mark.parametrize(("used", "verdict"), [(("email-types",), "pass"), ((), "fail")], ids=["used", "unused"])
def test_unused_rules_are_looked_for_in_all_forms(
    settings: Settings, tmp_path: Path, used: tuple[str, ...], verdict: str
) -> None:
    """A rule that matches nothing fails the run."""
    outcome = Outcome(seen=("x",), used=used)
    assert added(settings, tmp_path / "results", ("rules", outcome)) == {"rules-used": verdict}


@pytest.mark.usefixtures("settings")
def test_a_run_of_the_core_does_not_ask_for_rules_and_baseline_of_the_rest(tmp_path: Path) -> None:
    """What only a form of the whole catalogue shows is left to its run."""
    more = FORM.replace("id: demo", "id: more").replace("path: /demo\n", "path: /demo\ncatalogue: full\n", 1)
    (tmp_path / "forms/more.yaml").write_text(more, encoding="utf-8")
    match = "{kind: value, category: email, channel: console}"
    entry = f"{{id: gone, match: {match}, reason: of another form, owner: us, expires: 2999-01-01}}"
    (tmp_path / "baseline.yaml").write_text(f"version: 1\naccepted:\n  - {entry}\n", encoding="utf-8")
    file = tmp_path / "maskproof.toml"
    file.write_text(file.read_text() + '[leaks]\nbaseline = "baseline.yaml"\n', encoding="utf-8")
    outcomes = [(check, Outcome(seen=("x",))) for check in ("rules", "masking", "twin")]
    assert added(load_settings(file), tmp_path / "results", *outcomes) == {"accepted": "pass", "rules-used": "pass"}
    whole = load_settings(file, overrides={"run.catalogue": "full"})
    assert added(whole, tmp_path / "others", *outcomes) == {"accepted": "pass"}


def test_a_partial_run_has_no_check_of_unused_rules(settings: Settings, tmp_path: Path) -> None:
    """A rule may match in a form that was left out."""
    assert added(settings, tmp_path / "results", ("masking", Outcome(seen=("x",)))) == {}


def test_a_test_beside_the_checks_that_fails_is_no_pass(settings: Settings, tmp_path: Path) -> None:
    """A failed test of the project itself adds a failed result."""
    good = Outcome(seen=("x",), used=("email-types",))
    outcomes = [(check, good) for check in CASE_CHECKS[CHROMIUM]]
    verdicts = added(settings, tmp_path / "results", *outcomes, tests_failed=True)
    assert verdicts == {"own-tests": "fail", "rules-used": "pass"}


def test_a_worker_that_died_leaves_missing_results(settings: Settings, tmp_path: Path) -> None:
    """Pytest reports a failed test then too, but none failed."""
    assert added(settings, tmp_path / "results", ("masking", Outcome(seen=("x",))), tests_failed=True) == {}


def test_a_check_that_failed_explains_why_pytest_did(settings: Settings, tmp_path: Path) -> None:
    """A failed check is reason enough, so no result is added."""
    assert added(settings, tmp_path / "results", ("masking", FAILED), tests_failed=True) == {}
