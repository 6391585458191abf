"""Checks of a whole run, asked of its results when all of them are there."""

import time
from pathlib import Path

from maskproof.evidence.summary import name_of
from maskproof.leaks.accepted import load_baseline
from maskproof.outcome import Outcome
from maskproof.recording.cases import expected_checks
from maskproof.rules import load_rules
from maskproof.settings import Settings
from maskproof.suite.accepted import CHECKS, check_accepted
from maskproof.suite.results import NO_CASE, Result, read_results
from maskproof.suite.rule_coverage import check_rules_used

BESIDE = "pytest says that a test failed, and every check passed: see its messages for a test of your own"


def conclude_run(settings: Settings, folder: Path, *, tests_failed: bool) -> list[Result]:
    """
    Add to the results of a run what only all of them together say.

    A run of a part (`-k`) is not asked: what is missing is missing, and the summary names it.

    Args:
        settings: The configuration.
        folder: The result files.
        tests_failed: Whether pytest says that a test failed.

    Returns:
        Every result, the added ones too.

    """
    left = read_results(folder)
    is_green = all(result.verdict == "pass" for result in left)
    if tests_failed and is_green and {name_of(result) for result in left}.issuperset(expected_checks(settings)):
        outcome = Outcome(problems=(BESIDE,))
        Result.of("own-tests", outcome, form=NO_CASE, protocol=0, started=time.monotonic()).write(folder)
    found = [result for result in left if result.check == "rules"]
    is_whole = len(found) == sum(1 for name in expected_checks(settings) if name.startswith("rules "))
    if is_whole and not settings.run.allow_idle_rules:
        started = time.monotonic()
        outcome = check_rules_used(found, load_rules(settings.paths.rules))
        Result.of("rules-used", outcome, form=NO_CASE, protocol=0, started=started).write(folder)
    if settings.leaks.baseline is not None:
        _conclude_accepted(settings, folder)
    return read_results(folder)


def _conclude_accepted(settings: Settings, folder: Path) -> None:
    started = time.monotonic()
    found = [result for result in read_results(folder) if result.check in CHECKS]
    wanted = [name for name in expected_checks(settings) if name.startswith(tuple(f"{check} " for check in CHECKS))]
    outcome = check_accepted(found, load_baseline(settings.leaks.baseline), is_whole=len(found) == len(wanted))
    Result.of("accepted", outcome, form=NO_CASE, protocol=0, started=started).write(folder)
