"""
The pytest plugin: fixtures of the suite, grouping for xdist, and one result file per check.

It is installed with the package and leaves other tests alone: it acts only on tests that use its fixtures, and
imports what they need only then.
"""

import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maskproof import browser_plugin
from maskproof.environment import CONFIG_VARIABLE, SEED_VARIABLE, SHARD_VARIABLE, STACK_VARIABLE, WORKER_VARIABLE
from maskproof.errors import EXIT_USAGE, MaskproofError
from maskproof.recording.refused_options import PII_OPTIONS, PII_REASON

if TYPE_CHECKING:
    from maskproof.recording.case_browser import CaseBrowser
    from maskproof.recording.recorder import Case, Record, Recorder, Retake
    from maskproof.recording.shards import Shard
    from maskproof.recording.target import Target
    from maskproof.settings import Settings
    from maskproof.suite.reporting import Reporter
    from maskproof.suite.safe_outcome import CaseRedaction

SETTINGS = pytest.StashKey["Settings"]()
CASES = pytest.StashKey["tuple[Case, ...]"]()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """
    Parametrize each check that takes a `case`: one test per form and protocol version, in each browser that has it.

    Its xdist group is the case, or, on a live target, the worker: there all journeys of a worker are driven before the
    first one is waited for, so it has to be known which they are.
    """
    marker = metafunc.definition.get_closest_marker("maskproof")
    if "case" not in metafunc.fixturenames or marker is None:
        return
    _refuse_pictures(metafunc.config)
    from maskproof.verdicts.checks import CASE_CHECKS

    settings = _settings(metafunc.config)
    cases = [case for case in _cases(metafunc.config) if marker.args[0] in CASE_CHECKS[case.browser]]
    is_live, workers = settings.target == "live", settings.run.workers
    groups = [f"worker-{number % workers}" if is_live else case.id for number, case in enumerate(cases)]
    parameters = [
        pytest.param(case, id=case.id, marks=pytest.mark.xdist_group(group))
        for case, group in zip(cases, groups, strict=True)
    ]
    metafunc.parametrize("case", parameters)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Leave out the checks that the configuration does not ask for, and let those of a case follow each other.

    A case is recorded once, and given up when the next one begins.

    Args:
        config: Names the configuration of the run.
        items: The tests; changed in place.

    """
    left_out = [item for item in items if _is_left_out(config, item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    places = [place for place, item in enumerate(items) if _case_id(item)]
    checks = [items[place] for place in places]
    order = {case: number for number, case in enumerate(dict.fromkeys(map(_case_id, checks)))}
    for place, item in zip(places, sorted(checks, key=lambda check: order[_case_id(check)]), strict=True):
        items[place] = item


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let `maskproof verify` know how many checks there are; every worker collects the same."""
    checks = [item for item in session.items if item.get_closest_marker("maskproof")]
    if checks and os.environ.get(CONFIG_VARIABLE):
        from maskproof.verdicts.results import SELECTED_FILE

        file = _settings(checks[0].config).paths.reports / SELECTED_FILE
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(str(len(checks)), encoding="utf-8")


def _is_left_out(config: pytest.Config, item: pytest.Item) -> bool:
    """Whether a check is one of the whole run that this configuration does not have."""
    marker = item.get_closest_marker("maskproof")
    if marker is None or _case_of(item) is not None:
        return False
    from maskproof.verdicts.checks import ONLY_IF_CONFIGURED

    if (shard := _shard()) is not None and not shard.is_alone:
        return True
    project = _settings(config).project
    return marker.args[0] in ONLY_IF_CONFIGURED - set(project.checks if project else ())


def _case_id(item: pytest.Item) -> str:
    """The id of a check's case; empty for any other test."""
    return getattr(_case_of(item), "id", "")


def _case_of(item: pytest.Item) -> "Case | None":
    """The case of a check; None for any other test."""
    if item.get_closest_marker("maskproof") is None or not hasattr(item, "callspec"):
        return None
    case: Case | None = item.callspec.params.get("case")
    return case


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers, and the browser after every installed plugin: pytest-playwright is one of them."""
    config.pluginmanager.register(browser_plugin, "maskproof-browser")
    config.addinivalue_line("markers", "maskproof(check): one check of the suite")
    config.addinivalue_line("markers", "alone: never beside other workers: it measures time, or what others record")


def _refuse_pictures(config: pytest.Config) -> None:
    for option in PII_OPTIONS:
        if config.getoption(option, default="off") not in {None, "off"}:
            raise pytest.UsageError(f"--{option} {PII_REASON}")


def _settings(config: pytest.Config) -> "Settings":
    """The run's configuration, read once by this process."""
    from maskproof.settings import settings_of_run

    if SETTINGS not in config.stash:
        named = os.environ.get(CONFIG_VARIABLE)
        try:
            config.stash[SETTINGS] = settings_of_run(Path(named) if named else None)
        except MaskproofError as error:
            raise pytest.UsageError(str(error)) from error
    return config.stash[SETTINGS]


def _shard() -> "Shard | None":
    """The part of the run that this process takes part in; None for a whole run."""
    from maskproof.recording.shards import Shard

    named = os.environ.get(SHARD_VARIABLE)
    return Shard.of(named) if named else None


def _cases(config: pytest.Config) -> "tuple[Case, ...]":
    """The run's cases, read once by this process."""
    from maskproof.recording.cases import selected_cases

    if CASES not in config.stash:
        config.stash[CASES] = selected_cases(_settings(config), _shard())
    return config.stash[CASES]


@pytest.fixture(scope="session")
def maskproof_settings(pytestconfig: pytest.Config) -> "Settings":
    """The run's configuration."""
    return _settings(pytestconfig)


@pytest.fixture(scope="session")
def maskproof_target(maskproof_settings: "Settings") -> Iterator["Target"]:
    """The running target: the one that the controller handed over, or an embedded one of this process alone."""
    from maskproof.recording.addresses import StackAddresses
    from maskproof.recording.target import target_of

    handed = os.environ.get(STACK_VARIABLE)
    if handed or maskproof_settings.target == "live":
        yield target_of(maskproof_settings, StackAddresses.from_json(handed) if handed else None)
        return
    if os.environ.get(WORKER_VARIABLE):
        pytest.exit("workers share one target: run `maskproof verify`, or pytest without -n.", EXIT_USAGE)
    from maskproof.embedded.target import EmbeddedStack

    stack = EmbeddedStack(maskproof_settings)
    try:
        yield target_of(maskproof_settings, stack.start())
    finally:
        stack.stop()


@pytest.fixture(scope="session")
def maskproof_seed() -> str:
    """The seed of the run's personas: that of the controller, or a random one."""
    return os.environ.get(SEED_VARIABLE) or secrets.token_hex(8)


@pytest.fixture(scope="session")
def maskproof_redaction(pytestconfig: pytest.Config, maskproof_seed: str) -> "CaseRedaction":
    """
    Redacts what checks say, by the values of their case; checks of the whole run, by those of all cases.

    Args:
        pytestconfig: Names the configuration of the run.
        maskproof_seed: The seed of the personas.

    """
    from maskproof.suite.safe_outcome import CaseRedaction

    return CaseRedaction(maskproof_seed, _cases(pytestconfig))


@pytest.fixture(scope="session")
def maskproof_recorder(
    request: pytest.FixtureRequest,
    maskproof_settings: "Settings",
    maskproof_target: "Target",
    maskproof_seed: str,
) -> "Recorder":
    """
    The recorder of this worker, which records each case once.

    Args:
        request: The session, which knows the tests of this worker.
        maskproof_settings: Names the folder of the masking rules.
        maskproof_target: Where cases are recorded.
        maskproof_seed: The seed of its personas.

    """
    from maskproof.recording.recorder import Recorder
    from maskproof.rules import compile_rules, load_rules
    from maskproof.suite.replay_check import look

    return Recorder(
        target=maskproof_target,
        seed=maskproof_seed,
        rules=compile_rules(load_rules(maskproof_settings.paths.rules)),
        look=look,
        groups=_groups(request.session.items) if maskproof_settings.target == "live" else (),
    )


def _groups(items: list[pytest.Item]) -> tuple[tuple["Case", ...], ...]:
    """The cases that are to be checked, by the worker that checks them all."""
    groups: dict[str, dict[str, Case]] = {}
    for item in items:
        marker = item.get_closest_marker("xdist_group")
        if marker is not None and (case := _case_of(item)) is not None:
            groups.setdefault(marker.args[0], {})[case.id] = case
    return tuple(tuple(cases.values()) for cases in groups.values())


@pytest.fixture
def maskproof_browser(case: "Case", request: pytest.FixtureRequest) -> "CaseBrowser":
    """
    The browser of a case, started by the first one that needs it.

    Args:
        case: Names the browser.
        request: Knows the browsers: Chromium is that of pytest-playwright.

    """
    from maskproof.recording.case_browser import CaseBrowser
    from maskproof.settings_schema import CHROMIUM

    if case.browser == CHROMIUM:
        return CaseBrowser(request.getfixturevalue("browser").version, request.getfixturevalue("new_context"))
    browser: CaseBrowser = request.getfixturevalue(f"maskproof_{case.browser}")
    return browser


@pytest.fixture
def maskproof_record(case: "Case", maskproof_recorder: "Recorder", maskproof_browser: "CaseBrowser") -> "Record":
    """
    A function that returns the recordings of a case; the first check that calls it makes them.

    Args:
        case: The form and protocol version of the test.
        maskproof_recorder: The recorder of this worker.
        maskproof_browser: Opens a browser context of its own for each journey.

    """
    return lambda: maskproof_recorder.record(case, maskproof_browser)


@pytest.fixture
def maskproof_retake(
    case: "Case", maskproof_recorder: "Recorder", maskproof_settings: "Settings", maskproof_browser: "CaseBrowser"
) -> "Retake | None":
    """
    A function that records both people of a case again; None on a live target, which stores after minutes.

    Args:
        case: The form and protocol version of the test.
        maskproof_recorder: The recorder of this worker.
        maskproof_settings: Says which target it is.
        maskproof_browser: Opens a browser context of its own for each journey.

    """
    return None if maskproof_settings.target == "live" else lambda: maskproof_recorder.retake(case, maskproof_browser)


@pytest.fixture
def maskproof_reporter(
    request: pytest.FixtureRequest, maskproof_settings: "Settings", maskproof_redaction: "CaseRedaction"
) -> Iterator["Reporter"]:
    """
    Takes the outcome of one check and writes its result file; without an outcome, the result is inconclusive.

    Args:
        request: The test; its marker names the check.
        maskproof_settings: Names the folder of the reports and the file of criteria.
        maskproof_redaction: Redacts what the check says.

    """
    from maskproof.suite.reporting import Reporter
    from maskproof.verdicts.criteria import load_criteria
    from maskproof.verdicts.results import RESULTS_FOLDER

    marker = request.node.get_closest_marker("maskproof")
    check = marker.args[0] if marker else request.node.name
    reporter = Reporter(
        check,
        _case_of(request.node),
        folder=maskproof_settings.paths.reports / RESULTS_FOLDER,
        started=time.monotonic(),
        criteria=load_criteria(maskproof_settings.paths.criteria),
        redaction=maskproof_redaction,
    )
    yield reporter
    reporter.close()
