"""Checks of a whole run: asked once all journeys are driven, or made from its results once all of them are there."""

import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from maskproof.errors import MaskproofError
from maskproof.leaks.judging.accepted import load_baseline
from maskproof.leaks.search.safe_texts import SafeTexts
from maskproof.recording.cases import expected_checks, left_out, selected_cases
from maskproof.rules import load_rules
from maskproof.settings import Settings
from maskproof.suite.accepted_findings import CHECKS, check_accepted
from maskproof.suite.reporting import place_of_error
from maskproof.suite.rule_coverage import check_rules_used
from maskproof.suite.safe_outcome import CaseRedaction, safe_outcome
from maskproof.verdicts.checks import SEARCHED
from maskproof.verdicts.criteria import load_criteria, named_for
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import CRASHED, NO_CASE, RESULTS_FOLDER, Result, read_results

BESIDE = "pytest reports a failed test although every check passed: run/pytest.log names the test of your own"


def conclude_run(settings: Settings, folder: Path, *, tests_failed: bool) -> list[Result]:
    """
    Add the checks that need all results of a run together.

    A partial run (`-k`) gets no check that needs a whole one; its summary names what is missing.

    Args:
        settings: The configuration.
        folder: The folder of the result files.
        tests_failed: Whether pytest reports that a test failed.

    Returns:
        All results, including the added ones.

    """
    left = read_results(folder)
    expected = [name for name in expected_checks(settings) if name != f"{SEARCHED} {NO_CASE}"]  # comes after these
    is_green = all(result.verdict == "pass" for result in left)
    if tests_failed and is_green and {result.name for result in left}.issuperset(expected):
        _conclude(settings, "own-tests", folder, lambda: Outcome(problems=(BESIDE,)))
    found, others = _of(left, ("rules",)), left_out(settings)
    if not settings.run.allow_idle_rules and _is_whole(found, expected, ("rules",)):
        rules = load_rules(settings.paths.rules)
        _conclude(settings, "rules-used", folder, lambda: check_rules_used(found, rules, left_out=others))
    if settings.leaks.baseline is not None:
        baseline, judged = load_baseline(settings.leaks.baseline), _of(left, CHECKS)
        is_whole = not others and _is_whole(judged, expected, CHECKS)
        _conclude(settings, "accepted", folder, lambda: check_accepted(judged, baseline, is_whole=is_whole))
    return read_results(folder)


def _of(results: Sequence[Result], checks: Collection[str]) -> list[Result]:
    return [result for result in results if result.check in checks]


def _is_whole(found: Sequence[Result], expected: Sequence[str], checks: Collection[str]) -> bool:
    """Whether every result that a whole run has of these checks is there."""
    return len(found) == sum(1 for name in expected if name.partition(" ")[0] in checks)


def _conclude(settings: Settings, check: str, folder: Path, ask: Callable[[], Outcome]) -> None:
    started = time.monotonic()
    result_of_run(settings, check, ask(), started=started).write(folder)


def result_of_run(settings: Settings, check: str, outcome: Outcome, *, started: float) -> Result:
    """
    The result of a check of the whole run, which ends now.

    Args:
        settings: Names the file of criteria: the check is listed under the first one that names it.
        check: The name of the check.
        outcome: Its outcome.
        started: When the check began, in seconds of the monotonic clock.

    """
    requirement = named_for(check, load_criteria(settings.paths.criteria))
    return Result.of(check, outcome, form=NO_CASE, protocol=0, started=started, requirement=requirement)


def conclude_after_journeys(settings: Settings, check: str, ask: Callable[[SafeTexts], Outcome], *, seed: str) -> None:
    """
    Ask a check while servers and databases are still there, and write its result, whatever happens.

    Args:
        settings: The configuration.
        check: The name of the check.
        ask: Makes the outcome; is handed what redacts texts by the values of all people of the run.
        seed: The seed of the run's personas: what a server says may quote a value of them.

    """
    started = time.monotonic()
    safe = CaseRedaction(seed, selected_cases(settings)).of(None)
    outcome = safe_outcome(_asked(ask, safe), safe)
    result_of_run(settings, check, outcome, started=started).write(settings.paths.reports / RESULTS_FOLDER)


def _asked(ask: Callable[[SafeTexts], Outcome], safe: SafeTexts) -> Outcome:
    try:
        return ask(safe)
    except MaskproofError as error:
        return Outcome(unseen=(str(error),))
    except Exception as error:  # noqa: BLE001 - its message may hold what was typed
        return Outcome(unseen=(f"{CRASHED}: {type(error).__name__} {place_of_error(error)}",))
