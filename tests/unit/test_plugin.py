"""The pytest plugin, in runs of its own: which tests it changes, what it refuses, and what a check leaves."""

import importlib
from pathlib import Path
from typing import Any

import pytest
from tests.unit.commands.conftest import FORM, LIVE
from tests.unit.recording.test_addresses import ADDRESSES

from maskproof import environment, plugin
from maskproof.embedded import target
from maskproof.errors import EXIT_INCONCLUSIVE, EXIT_USAGE
from maskproof.machine import chromium
from maskproof.machine.failures import SetupFailed
from maskproof.verdicts.results import RESULTS_FOLDER, Result, read_results

pytest_plugins = ("pytester",)

# A run inside this process drops the modules that it imports itself, and numpy cannot be loaded twice.
LOADED_BEFORE = ("recording.browser", "recording.cases", "rules", "suite.reporting")
CONFIGURATION = '[paths]\nforms = "forms"\n'
CHECK = """
import pytest

@pytest.mark.maskproof("masking")
def test_masking(case):
    assert case.form.id == "demo"
"""
OUTCOMES = """
import pytest
from maskproof.verdicts.outcome import Outcome

@pytest.fixture
def broken():
    raise RuntimeError("no browser")

@pytest.mark.maskproof("masking")
def test_masking(case, maskproof_reporter, broken):
    pass

@pytest.mark.maskproof("fidelity")
def test_fidelity(case, maskproof_reporter):
    maskproof_reporter.conclude(lambda: Outcome(seen=("one click",)))

@pytest.mark.maskproof("twin")
def test_twin(case, maskproof_reporter):
    pass
"""
TARGET = """
def test_target(maskproof_target):
    assert maskproof_target.app.bare == "http://127.0.0.1:1"
"""
LAUNCH_ARGUMENTS = """
def test_browser(browser_type_launch_args):
    assert browser_type_launch_args == {}
"""


@pytest.fixture(autouse=True)
def outside_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests may run in a worker of xdist, or with the variables of a run; the runs inside them do not."""
    names = {value for name, value in vars(environment).items() if name.endswith("_VARIABLE")}
    for name in (*names, "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT"):
        monkeypatch.delenv(name, raising=False)
    # pytest-playwright opens one scope per test that cannot be nested.
    monkeypatch.setattr("pytest_playwright.pytest_playwright._soft_scope", None, raising=False)
    for name in LOADED_BEFORE:
        importlib.import_module(f"maskproof.{name}")


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project of Maskproof with one form; the runs take place in its folder."""
    pytester.mkdir("forms").joinpath("demo.yaml").write_text(FORM, encoding="utf-8")
    configure(pytester, CONFIGURATION)
    return pytester


def configure(project: pytest.Pytester, text: str) -> None:
    """Write the configuration of a project."""
    project.path.joinpath("maskproof.toml").write_text(text, encoding="utf-8")


def collected(project: pytest.Pytester, source: str) -> list[pytest.Item]:
    """The tests that pytest makes of a module."""
    project.makepyfile(source)
    items, _ = project.inline_genitems()
    return list(items)


def run(project: pytest.Pytester, source: str, *arguments: str) -> pytest.RunResult:
    """The result of a run of one module in this process."""
    project.makepyfile(source)
    return project.runpytest_inprocess(*arguments)


def test_a_check_has_one_test_per_form_and_protocol_version(project: pytest.Pytester) -> None:
    """Their ids are those of `maskproof verify`."""
    names = [item.name for item in collected(project, CHECK)]
    assert names == ["test_masking[demo-v1]", "test_masking[demo-v2]"]


def test_a_check_has_the_configured_protocol_versions_only(project: pytest.Pytester) -> None:
    """The configuration may name one of the two."""
    configure(project, CONFIGURATION + "[run]\nprotocols = [2]\n")
    assert [item.name for item in collected(project, CHECK)] == ["test_masking[demo-v2]"]


def test_a_second_browser_has_the_checks_that_are_made_there(project: pytest.Pytester) -> None:
    """Masking is checked in each browser, fidelity in Chromium only."""
    configure(project, CONFIGURATION + '[run]\nprotocols = [2]\nbrowsers = ["firefox", "chromium"]\n')
    names = [item.name for item in collected(project, CHECK + CHECK.replace("masking", "fidelity"))]
    assert sorted(names) == ["test_fidelity[demo-v2]", "test_masking[demo-v2-firefox]", "test_masking[demo-v2]"]


@pytest.mark.parametrize(("case", "browser"), [("demo-v2", "130.0 a context"), ("demo-v2-firefox", "the Firefox")])
def test_a_case_runs_in_its_browser(project: pytest.Pytester, case: str, browser: str) -> None:
    """Chromium is that of pytest-playwright; the other one is not started for it."""
    configure(project, CONFIGURATION + '[run]\nprotocols = [2]\nbrowsers = ["chromium", "firefox"]\n')
    source = f"""
import pytest
from types import SimpleNamespace

@pytest.fixture(scope="session")
def maskproof_firefox(): return "the Firefox"

@pytest.fixture(scope="session")
def browser(): return SimpleNamespace(version="130.0")

@pytest.fixture
def new_context(): return "a context"

@pytest.mark.maskproof("masking")
def test_masking(case, maskproof_browser):
    found = maskproof_browser
    assert (found if isinstance(found, str) else f"{{found.version}} {{found.new_context}}") == {browser!r}
"""
    run(project, source, "-k", f"[{case}]").assert_outcomes(passed=1)


def test_all_checks_of_a_case_are_one_group_of_xdist(project: pytest.Pytester) -> None:
    """One worker records the case for all of them."""
    groups = {(item.name, *_group(item)) for item in collected(project, CHECK + CHECK.replace("masking", "twin"))}
    assert groups == {
        (f"test_{check}[{case}]", case) for check in ("masking", "twin") for case in ("demo-v1", "demo-v2")
    }


def test_all_checks_of_a_worker_are_one_group_on_a_live_target(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker drives all of its journeys before it waits for the first: it has to know which they are."""
    for name in ("DEMO_KEY", "DEMO_USER", "DEMO_PASSWORD"):
        monkeypatch.setenv(name, "x")
    text = LIVE.format(url="http://127.0.0.1:1").replace("[run]", "[run]\nworkers = 2")
    configure(project, text.replace("rules = ", "# "))
    for name in ("b", "c"):
        form = FORM.replace("id: demo", f"id: {name}")
        project.path.joinpath(f"forms/{name}.yaml").write_text(form, encoding="utf-8")
    configure(project, project.path.joinpath("maskproof.toml").read_text().replace('["demo"]', '["demo", "b", "c"]'))
    items = collected(project, CHECK.replace(' == "demo"', ""))
    assert [(item.name[13:-1], *_group(item)) for item in items] == [
        ("b-v1", "worker-0"),
        ("b-v2", "worker-1"),
        ("c-v1", "worker-0"),
        ("c-v2", "worker-1"),
        ("demo-v1", "worker-0"),
        ("demo-v2", "worker-1"),
    ]
    groups = [[case.id for case in group] for group in plugin._groups(items)]
    assert groups == [["b-v1", "c-v1", "demo-v1"], ["b-v2", "c-v2", "demo-v2"]]


def _group(item: pytest.Item) -> tuple[Any, ...]:
    marker = item.get_closest_marker("xdist_group")
    return marker.args if marker else ()


def test_the_checks_of_a_case_follow_each_other(project: pytest.Pytester) -> None:
    """Also without workers, where pytest would go through the cases check by check; other tests keep their places."""
    source = OUTCOMES + "def test_own():\n    pass\n"
    listed = run(project, source, "--collect-only", "-q").outlines
    items = [line.rpartition("::")[2] for line in listed if "::" in line]
    checks = ["test_masking", "test_fidelity", "test_twin"]
    assert items == [f"{check}[demo-v{protocol}]" for protocol in (1, 2) for check in checks] + ["test_own"]


def test_a_check_without_a_case_is_one_test(project: pytest.Pytester) -> None:
    """Overhead is measured once in a run."""
    source = "import pytest\n@pytest.mark.maskproof('overhead')\ndef test_overhead(): pass\n"
    assert [item.name for item in collected(project, source)] == ["test_overhead"]


def test_a_fixture_of_another_project_may_be_called_case(pytester: pytest.Pytester) -> None:
    """Without the marker it is not the one of the suite, and no configuration is needed."""
    source = "import pytest\n@pytest.fixture\ndef case(): return 7\ndef test_own(case): assert case == 7\n"
    run(pytester, source).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--tracing", "on"), ("--tracing", "retain-on-failure"), ("--video", "on"), ("--screenshot", "only-on-failure")],
)
def test_a_check_is_not_run_with_pictures(project: pytest.Pytester, option: str, value: str) -> None:
    """Artifacts of pytest-playwright would show what is typed."""
    result = run(project, CHECK, option, value)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines([f"*UsageError: {option} would keep pictures of what is typed*"])


@pytest.mark.parametrize("option", ["--tracing", "--video", "--screenshot"])
def test_a_check_is_run_with_pictures_off(project: pytest.Pytester, option: str) -> None:
    """The default may be given by name."""
    run(project, CHECK, option, "off").assert_outcomes(passed=2)


def test_another_test_may_keep_pictures(project: pytest.Pytester) -> None:
    """Only checks of the suite refuse them."""
    run(project, "def test_own(): pass\n", "--tracing", "on").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[run]\nprotocols = [3]\n", "run.protocols.0: 3 is not one of *1, 2*"),
        ("[run\n", "maskproof.toml:1: not TOML: *"),
    ],
    ids=["value", "syntax"],
)
def test_a_fault_of_the_configuration_is_a_usage_error(project: pytest.Pytester, text: str, message: str) -> None:
    """The message is that of the command line."""
    configure(project, text)
    result = run(project, CHECK)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines([f"*UsageError: *{message}"])


def test_a_check_without_a_configuration_is_a_usage_error(pytester: pytest.Pytester) -> None:
    """The message says what to write."""
    result = run(pytester, CHECK)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*UsageError: No maskproof.toml in * or above.*"])


def test_the_configuration_may_be_named_by_the_environment(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`maskproof verify --config FILE` hands it over so."""
    other = project.path / "other.toml"
    other.write_text(CONFIGURATION + "[run]\nprotocols = [1]\n", encoding="utf-8")
    monkeypatch.setenv(environment.CONFIG_VARIABLE, str(other))
    assert [item.name for item in collected(project, CHECK)] == ["test_masking[demo-v1]"]


def test_the_browser_of_another_project_is_left_alone(pytester: pytest.Pytester) -> None:
    """Without a maskproof.toml, launch arguments are those of pytest-playwright's options."""
    source = LAUNCH_ARGUMENTS.replace("{}", "{'headless': False, 'slow_mo': 5}")
    run(pytester, source, "--headed", "--slowmo", "5").assert_outcomes(passed=1)


def test_the_browser_of_a_project_is_one_that_works_here(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its launch arguments are added to those of pytest-playwright."""
    monkeypatch.setattr(chromium, "launch_options", lambda **_: {"executable_path": "/chromium"})
    source = LAUNCH_ARGUMENTS.replace("{}", "{'slow_mo': 5, 'executable_path': '/chromium'}")
    run(project, source, "--slowmo", "5").assert_outcomes(passed=1)


def test_another_browser_than_chromium_is_left_alone(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests of a project may use Firefox beside the suite."""
    monkeypatch.setattr(chromium, "launch_options", lambda **_: {"executable_path": "/chromium"})
    run(project, LAUNCH_ARGUMENTS, "--browser", "firefox").assert_outcomes(passed=1)


def test_a_machine_without_a_browser_ends_the_run(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to do, and the status is that of the fault."""

    def missing(**_: object) -> dict[str, Any]:
        raise SetupFailed("There is no Chromium on this machine.", hint="Run make setup.")

    monkeypatch.setattr(chromium, "launch_options", missing)
    result = run(project, LAUNCH_ARGUMENTS)
    assert result.ret == EXIT_INCONCLUSIVE
    result.stdout.fnmatch_lines(["*maskproof: error: There is no Chromium on this machine.*"])


def test_a_worker_without_a_target_ends_the_run(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each worker would start a target of its own; the message says what to do."""
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    result = run(project, TARGET)
    assert result.ret == EXIT_USAGE
    result.stdout.fnmatch_lines(["*workers share one target: run `maskproof verify`, or pytest without -n.*"])


def test_a_worker_uses_the_target_that_it_was_handed(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """It starts none."""
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    monkeypatch.setenv(environment.STACK_VARIABLE, ADDRESSES.to_json())
    run(project, TARGET.replace("http://127.0.0.1:1", ADDRESSES.app.bare)).assert_outcomes(passed=1)


def test_a_run_without_workers_starts_a_target_and_stops_it(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain `pytest` needs no controller."""
    calls = []

    class Stack:
        """An embedded target that only notes what is asked of it."""

        def __init__(self, _settings: object) -> None:
            calls.append("made")

        def start(self) -> object:
            """Hand out addresses."""
            calls.append("started")
            return ADDRESSES

        def stop(self) -> None:
            """Note the end."""
            calls.append("stopped")

    monkeypatch.setattr(target, "EmbeddedStack", Stack)
    run(project, TARGET.replace("http://127.0.0.1:1", ADDRESSES.app.bare)).assert_outcomes(passed=1)
    assert calls == ["made", "started", "stopped"]


@pytest.fixture
def results(project: pytest.Pytester) -> dict[str, Result]:
    """The result files of a run: one check that comes to a verdict, one that does not, one without its fixture."""
    run(project, OUTCOMES, "-k", "v1").assert_outcomes(passed=2, errors=1)
    return {result.name: result for result in read_results(Path(project.path) / "reports" / RESULTS_FOLDER)}


def test_a_check_leaves_one_result_file(results: dict[str, Result]) -> None:
    """Its name is that of check and case."""
    assert sorted(results) == ["fidelity demo-v1", "masking demo-v1", "twin demo-v1"]


def test_a_check_with_an_outcome_leaves_its_verdict(results: dict[str, Result]) -> None:
    """The evidence is in the file."""
    result = results["fidelity demo-v1"]
    assert (result.verdict, result.seen) == ("pass", ("one click",))


@pytest.mark.parametrize("name", ["masking demo-v1", "twin demo-v1"], ids=["broken fixture", "no outcome"])
def test_a_check_without_an_outcome_leaves_an_inconclusive_result(results: dict[str, Result], name: str) -> None:
    """It is never a pass."""
    result = results[name]
    assert (result.verdict, result.explanation) == ("inconclusive", "the check ended by an error of its own")


def test_the_first_check_of_a_case_records_it(project: pytest.Pytester) -> None:
    """The fixture gives a function, so that a fault of the recording is one of the check."""
    source = """
import pytest

class Recorder:
    def record(self, case, browser):
        return case.id, browser

@pytest.fixture
def maskproof_recorder(): return Recorder()

@pytest.fixture
def maskproof_browser(): return "a browser"

@pytest.mark.maskproof("masking")
def test_masking(case, maskproof_record):
    assert maskproof_record() == (case.id, "a browser")
"""
    run(project, source).assert_outcomes(passed=2)


def test_the_markers_are_registered(project: pytest.Pytester) -> None:
    """Checks can be collected under --strict-markers."""
    source = CHECK.replace("@pytest", "@pytest.mark.alone\n@pytest")
    run(project, source, "--strict-markers").assert_outcomes(passed=2)


def test_a_mistyped_marker_is_an_error_under_strict_markers(project: pytest.Pytester) -> None:
    """The plugin registers no others."""
    result = run(project, CHECK.replace("mark.maskproof", "mark.maskprof"), "--strict-markers")
    result.stdout.fnmatch_lines(["*'maskprof' not found in `markers` configuration option*"])
