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
from maskproof.commands.verifying.concluding import LOG, conclude
from maskproof.commands.verifying.kept_values import keep_values
from maskproof.commands.verifying.pytest_options import check_options
from maskproof.commands.verifying.suite_progress import Progress
from maskproof.embedded.target import EmbeddedStack
from maskproof.environment import (
    BROWSERS_VARIABLE,
    CATALOGUE_VARIABLE,
    CONFIG_VARIABLE,
    SEED_VARIABLE,
    SHARD_VARIABLE,
    STACK_VARIABLE,
    TARGET_VARIABLE,
    TOKENS_VARIABLE,
)
from maskproof.errors import MaskproofError, UsageError
from maskproof.evidence.reports import write_unfinished
from maskproof.evidence.shards import FOLDER as SHARD_FOLDER
from maskproof.evidence.shards import seed_of_shards, write_shard
from maskproof.machine.chromium import hand_over, launch_options, working_chromium
from maskproof.machine.failures import below, last_lines
from maskproof.machine.firefox import hand_over_firefox, working_firefox
from maskproof.machine.process import run_process
from maskproof.machine.progress import live, note, step
from maskproof.machine.run_lock import only_run_in
from maskproof.machine.temporary import ensure_room
from maskproof.recording.browser import shows_own_pages
from maskproof.recording.cases import selected_cases
from maskproof.recording.shards import Shard
from maskproof.settings import Settings
from maskproof.settings_schema import FIREFOX
from maskproof.suite import checks
from maskproof.suite.dashboards_check import conclude_dashboards
from maskproof.suite.umami_pages_check import conclude_umami_pages
from maskproof.suite.whole_run import conclude_run
from maskproof.umami.build import ensure_umami_pages
from maskproof.verdicts.results import RESULTS_FOLDER, read_results

OWN_TESTS = "tests/verification"
PACKAGED_TESTS = Path(checks.__file__).parent
PYTEST_OK = frozenset({0, 1, 5})
PYTEST_FAILED = 1
# Options that ask pytest to say more than a verdict.
TALKATIVE = re.compile(r"-[vshl]+|--(verbose|verbosity|capture|help|collect-only|co|fixtures|markers|pdb|trace)(=.*)?")


def run_verify(
    settings: Settings,
    rest: Sequence[str],
    switches: Mapping[str, object],
    *,
    shard: Shard | None = None,
    keeps_values: bool = False,
) -> int:
    """
    Run the suite.

    Args:
        settings: The configuration.
        rest: More arguments for pytest.
        switches: Test-only switches of the application, by name; only for an embedded target.
        shard: The part of the run that is done; None for a whole run.
        keeps_values: Whether to write the values of the run to a folder, for debugging.

    Returns:
        The exit status of the verdict.

    Raises:
        MaskproofError: The target cannot be started, or the configuration has a fault.

    """
    reports = settings.paths.reports
    with only_run_in(reports, reports / ".verify.lock"):
        return _run(settings, rest, switches, shard, keeps_values=keeps_values)


def _run(
    settings: Settings, rest: Sequence[str], switches: Mapping[str, object], shard: Shard | None, *, keeps_values: bool
) -> int:
    reports, started = settings.paths.reports, time.monotonic()
    write_unfinished(reports, "The run was started and has not finished.")
    shutil.rmtree(reports / SHARD_FOLDER, ignore_errors=True)
    try:
        check_before(settings, switches)
        check_options(settings, _pytest_command(settings), rest)
        cases = selected_cases(settings, shard)
        browsers = _browsers(settings)
        seed = os.environ.get(SEED_VARIABLE) or (seed_of_shards(settings) if shard else secrets.token_hex(8))
        if keeps_values:
            note(f"the values of this run are kept in {keep_values(cases, seed, reports)}; delete it when you are done")
        if settings.asks_umami_pages and (shard is None or shard.is_alone):
            ensure_umami_pages()
        handed = {**browsers, SEED_VARIABLE: seed, SHARD_VARIABLE: str(shard or "")}
        tests_failed = _run_suite(settings, rest, switches, handed)
    except BaseException as error:
        # The message of any other error may hold a value.
        why = f": {error.message}" if isinstance(error, MaskproofError) else ""
        write_unfinished(reports, f"The run ended early: {type(error).__name__}{why}")
        raise
    if shard is not None:
        return _end_shard(settings, shard, seed, tests_failed=tests_failed, started=started)
    results = conclude_run(settings, reports / RESULTS_FOLDER, tests_failed=tests_failed)
    return conclude(settings, results, seed=seed, started=started)


def _end_shard(settings: Settings, shard: Shard, seed: str, *, tests_failed: bool, started: float) -> int:
    """Report a part of a run, which is never a pass: the checks of the other shards are not done."""
    results = read_results(settings.paths.reports / RESULTS_FOLDER)
    status = conclude(settings, results, seed=seed, started=started, is_part=True)
    folder = write_shard(settings, shard, seed=seed, tests_failed=tests_failed)
    passed = sum(result.verdict == "pass" for result in results)
    note(f"shard {shard}: {passed} of {len(results)} checks of this shard passed; a shard is no pass of the run")
    note(f"next: maskproof merge with {folder} and those of the other shards, for the verdict")
    return status


def _browsers(settings: Settings) -> dict[str, str]:
    """Start each browser once, before the target: a fault is reported once, and not by every check."""
    ensure_room()
    launch_options(own_pages=shows_own_pages(settings))
    others = hand_over_firefox(working_firefox()) if FIREFOX in settings.run.browsers else {}
    return {**hand_over(working_chromium()), **others, BROWSERS_VARIABLE: " ".join(settings.run.browsers)}


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
        shard = handed.get(SHARD_VARIABLE)
        if shard and not Shard.of(shard).is_alone:
            return failed
        if settings.asks_dashboards:
            with step("run the panels of dashboards"):
                database = stack.database if stack is not None else ""
                conclude_dashboards(settings, addresses, database, began_ms, seed=handed[SEED_VARIABLE])
        if settings.asks_umami_pages and addresses is not None and stack is not None:
            with step("read Umami's own web pages"):
                conclude_umami_pages(settings, addresses, stack.database, seed=handed[SEED_VARIABLE])
        if settings.overhead.form or settings.project:
            alone = ["-m", "alone", "-n", "0", *rest]
            failed |= _pytest(settings, alone, environment, "measure overhead, ask the application's own tests")
    return failed


@contextlib.contextmanager
def _target(settings: Settings, switches: Mapping[str, object]) -> Iterator[EmbeddedStack | None]:
    results = settings.paths.reports / RESULTS_FOLDER
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
    """Pytest, with the project's own tests or else those that come with Maskproof; it leaves nothing beside them."""
    own = settings.file.parent / OWN_TESTS
    tests = str(own if own.is_dir() else PACKAGED_TESTS)
    return [sys.executable, "-m", "pytest", tests, "-q", "-p", "no:cacheprovider", "--import-mode=importlib"]


def _pytest(settings: Settings, arguments: Sequence[str], environment: Mapping[str, str], what: str) -> bool:
    """Run a part of the suite; whether a test failed. What it says goes into a log, unless that is asked for."""
    command = [*_pytest_command(settings), "--no-header", "--tb=short", *arguments]
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
