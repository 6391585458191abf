"""
The work of `maskproof verify`: starts a target, runs the suite in parallel, then overhead alone; writes the reports.

It first writes every report as "not finished", so that a killed run leaves no old pass behind.
"""

import contextlib
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from maskproof.clock import now_ms
from maskproof.commands.verifying.before import check_before
from maskproof.commands.verifying.closing import closing_lines
from maskproof.commands.verifying.pytest_options import check_options
from maskproof.commands.verifying.suite_progress import Progress
from maskproof.embedded.target import EmbeddedStack
from maskproof.environment import (
    CATALOGUE_VARIABLE,
    CONFIG_VARIABLE,
    SEED_VARIABLE,
    STACK_VARIABLE,
    TARGET_VARIABLE,
    TOKENS_VARIABLE,
)
from maskproof.errors import EXIT_INTERNAL, UsageError
from maskproof.evidence.reports import write_reports, write_unfinished
from maskproof.machine.chromium import hand_over, launch_options, working_chromium
from maskproof.machine.failures import below, last_lines
from maskproof.machine.process import run_process
from maskproof.machine.progress import live, note, step
from maskproof.machine.run_lock import only_run_in
from maskproof.machine.temporary import ensure_room
from maskproof.recording.browser import shows_own_pages
from maskproof.settings import Settings
from maskproof.suite import checks
from maskproof.suite.dashboards_check import conclude_dashboards
from maskproof.suite.whole_run import conclude_run
from maskproof.verdicts.results import RESULTS_FOLDER
from maskproof.verdicts.verdict import EXIT_STATUS

OWN_TESTS = "tests/verification"
PACKAGED_TESTS = Path(checks.__file__).parent
PYTEST_OK = frozenset({0, 1, 5})
PYTEST_FAILED = 1
LOG = "run/pytest.log"  # below the reports
# Options that ask pytest to say more than a verdict.
TALKATIVE = re.compile(r"-[vshl]+|--(verbose|verbosity|capture|help|collect-only|co|fixtures|markers|pdb|trace)(=.*)?")


def run_verify(settings: Settings, rest: Sequence[str], switches: Mapping[str, object]) -> int:
    """
    Run the suite.

    Args:
        settings: The configuration.
        rest: More arguments for pytest.
        switches: Test-only switches of the application, by name; only for an embedded target.

    Returns:
        The exit status of the verdict.

    Raises:
        MaskproofError: The target cannot be started, or the configuration has a fault.

    """
    reports = settings.paths.reports
    with only_run_in(reports, reports / ".verify.lock"):
        return _run(settings, rest, switches)


def _run(settings: Settings, rest: Sequence[str], switches: Mapping[str, object]) -> int:
    reports, started = settings.paths.reports, time.monotonic()
    write_unfinished(reports, "The run was started and has not finished.")
    try:
        check_before(settings, switches)
        check_options(settings, _pytest_command(settings), rest)
        browser = _browser(settings)
        seed = os.environ.get(SEED_VARIABLE) or secrets.token_hex(8)
        tests_failed = _run_suite(settings, rest, switches, {**browser, SEED_VARIABLE: seed})
    except BaseException as error:
        write_unfinished(
            reports, f"The run ended early: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        )
        raise
    results = conclude_run(settings, reports / RESULTS_FOLDER, tests_failed=tests_failed)
    with step("write the reports"):
        summary = write_reports(settings, results, seed=seed)
    for line in closing_lines(summary.results, summary, reports / "report.html", time.monotonic() - started):
        note(line)
    if summary.verdict != "fail" and any(result.is_crashed for result in results):
        note(f"a check crashed: please send {reports / LOG} to the maintainers of Maskproof")
        return EXIT_INTERNAL
    return EXIT_STATUS[summary.verdict]


def _browser(settings: Settings) -> dict[str, str]:
    """Start the browser once, before the target: a fault is reported once, and not by every check."""
    ensure_room()
    launch_options(own_pages=shows_own_pages(settings))
    return hand_over(working_chromium())


def _run_suite(
    settings: Settings, rest: Sequence[str], switches: Mapping[str, object], handed: Mapping[str, str]
) -> bool:
    """Run both parts of the suite; true if pytest reports a failed test."""
    failed, began_ms = False, now_ms()
    with _target(settings, switches) as stack, tempfile.TemporaryDirectory(prefix="maskproof-") as tokens:
        own = {CONFIG_VARIABLE: str(settings.file), TARGET_VARIABLE: settings.target, TOKENS_VARIABLE: tokens}
        environment = {**os.environ, **handed, **own, CATALOGUE_VARIABLE: settings.run.catalogue}
        addresses = stack.start() if stack is not None else None
        if addresses is not None:
            environment[STACK_VARIABLE] = addresses.to_json()
        (settings.paths.reports / LOG).unlink(missing_ok=True)
        parallel = ["-m", "not alone", "-n", str(settings.run.workers), "--dist", "loadgroup", *rest]
        failed |= _pytest(settings, parallel, environment, "record and check")
        if settings.asks_dashboards:
            with step("run the panels of dashboards"):
                conclude_dashboards(settings, addresses, stack.database if stack is not None else "", began_ms)
        if settings.overhead.form or settings.project:
            alone = ["-m", "alone", "-n", "0", *rest]
            failed |= _pytest(settings, alone, environment, "measure overhead, ask the application's own tests")
    return failed


@contextlib.contextmanager
def _target(settings: Settings, switches: Mapping[str, object]) -> Iterator[EmbeddedStack | None]:
    results = settings.paths.reports / RESULTS_FOLDER
    allure_results = settings.paths.reports / "allure-results"
    shutil.rmtree(allure_results, ignore_errors=True)
    if settings.target == "live":
        shutil.rmtree(results, ignore_errors=True)
        yield None
        return
    stack = EmbeddedStack(settings, switches=switches)
    try:
        yield stack
    finally:
        stack.stop()


def _pytest_command(settings: Settings) -> list[str]:
    """Pytest, with the project's own tests or else those that come with Maskproof."""
    own = settings.file.parent / OWN_TESTS
    return [sys.executable, "-m", "pytest", str(own if own.is_dir() else PACKAGED_TESTS)]


def _pytest(settings: Settings, arguments: Sequence[str], environment: Mapping[str, str], what: str) -> bool:
    """Run a part of the suite; whether a test failed. What it says goes into a log, unless that is asked for."""
    command = [
        *_pytest_command(settings),
        *("-q", "--no-header", "--tb=short", "-p", "no:cacheprovider", "--import-mode=importlib"),
        *("--alluredir", str(settings.paths.reports / "allure-results")),
        *arguments,
    ]
    log = settings.paths.reports / LOG
    shown = ""
    if any(TALKATIVE.fullmatch(argument) for argument in arguments):
        status = run_process(command, cwd=settings.file.parent, env=dict(environment), stdout=sys.stderr)
    else:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output, live(Progress(settings.paths.reports, what).text):
            status = run_process(
                command, cwd=settings.file.parent, env=dict(environment), stdout=output, stderr=subprocess.STDOUT
            )
        shown = last_lines(log)
    if status not in PYTEST_OK:
        raise UsageError(
            f"pytest ended with status {status}.{below(shown)}",
            hint="Options that maskproof verify does not know are handed to pytest.",
        )
    return status == PYTEST_FAILED
