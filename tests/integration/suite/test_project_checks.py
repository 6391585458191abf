"""The checks of an application's own source: what they pass, and what each of them catches."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.unit import conftest
from tests.unit.conftest import Server

from maskproof.errors import ConfigurationError
from maskproof.journey import Trackers
from maskproof.journey.observe import CONFIG_PATH
from maskproof.project_settings import DevelopmentSettings, ProjectSettings
from maskproof.suite import module_check
from maskproof.suite.development_check import check_development
from maskproof.suite.module_check import check_module
from maskproof.suite.regression_check import check_regression

server = conftest.server

PAGE = "<!doctype html><body><div id=root></div><script type=module>%s</script>"
RENDER = "document.getElementById('root').append(document.createElement('h1'));"
ASK = f"const asked = fetch('{CONFIG_PATH}');"
START = "void asked.then(() => { window.__maskproofGuard = () => ({}) });"
LATER = "await new Promise((done) => setTimeout(done));"
# A development server of a few lines: the page asks for its source's text again and again, and shows it.
DEVELOPMENT = """
import http.server, pathlib, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        text = pathlib.Path("page.txt").read_text()
        page = f"<h1>{text}</h1><script>{SCRIPT}</script>"
        body = (text if self.path == "/text" else page).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
SCRIPT = sys.argv[2]
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
UPDATES = (
    "setInterval(async () => { document.querySelector('h1').textContent = await (await fetch('/text')).text() }, 50);"
)
RELOADS = "setTimeout(() => location.reload(), 600);"
TRACKED = f"fetch('{CONFIG_PATH}');"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The source of an application."""
    folder = tmp_path / "app"
    (folder / "tracking").mkdir(parents=True)
    (folder / "node_modules").mkdir()
    (folder / "tracking/index.ts").write_text("export {}")
    (folder / "page.txt").write_text("Write to us")
    (folder / "serve.py").write_text(DEVELOPMENT)
    return folder


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not happen is not waited for so long."""
    monkeypatch.setattr(module_check, "DEADLINE_MS", 1000)
    monkeypatch.setattr("maskproof.suite.development_check.DEADLINE_S", 3.0)


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        (ASK + START + LATER + RENDER, ""),
        (RENDER + LATER + ASK + START, "rendered before tracking is started"),
        (ASK + START + "await asked;" + RENDER, "nothing is rendered while"),
        (RENDER, "never asks for /tracking-config.json"),
        (ASK + LATER + RENDER, "tracking does not start"),
    ],
    ids=["good", "late", "waits", "never", "does not start"],
)
def test_tracking_is_started_first_and_lets_nothing_wait(
    browser: Browser, server: Server, source: Path, script: str, problem: str
) -> None:
    """The configuration is held back until the page is rendered."""
    server.answer("GET", "/", 200, (PAGE % script).encode())
    server.answer("GET", CONFIG_PATH, 200, b"{}")
    outcome = check_module(ProjectSettings(source, module="tracking"), browser, server.url)
    assert [problem in line for line in outcome.problems] == ([True] if problem else [])
    assert ("tracking is started before the first render" in outcome.seen) is (
        problem in {"", "tracking does not start"}
    )
    assert outcome.verdict == ("fail" if problem else "pass")


def test_a_module_that_is_not_there_is_a_failure(browser: Browser, source: Path) -> None:
    """No page is opened for it."""
    outcome = check_module(ProjectSettings(source, module="src/lib/tracking"), browser, "http://127.0.0.1:1")
    assert outcome.problems == (f"src/lib/tracking of {source} has no index.ts",)


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        (UPDATES, ""),
        (UPDATES + TRACKED, "without being asked: it is tracked: the page asked for"),
        (RELOADS, "without being asked: the page was reloaded"),
        ("", "without being asked: the page did not show a change of page.txt"),
    ],
    ids=["good", "tracked", "reloads", "stale"],
)
def test_development_is_untracked_and_updated(
    browser: Browser, source: Path, tmp_path: Path, script: str, problem: str
) -> None:
    """The source itself is never changed."""
    command = ("{python}", "serve.py", "{port}", script)
    project = ProjectSettings(source, development=DevelopmentSettings(command, "/", "page.txt", "Write to us"))
    outcome = check_development(project, browser, Trackers(), tmp_path / "log")
    assert [line for line in outcome.problems if line.startswith(problem)] == list(outcome.problems)
    assert outcome.verdict == ("fail" if problem else "pass")
    assert bool(outcome.seen) is not bool(problem)
    assert (source / "page.txt").read_text() == "Write to us"


def test_a_server_that_ends_is_told_with_its_last_line(browser: Browser, source: Path, tmp_path: Path) -> None:
    """So is a text that its file does not have."""
    (source / "serve.py").write_text("raise SystemExit('no such port')")
    development = DevelopmentSettings(("{python}", "serve.py"), "/", "page.txt", "Write to us")
    with pytest.raises(ConfigurationError, match="no such port"):
        check_development(ProjectSettings(source, development=development), browser, Trackers(), tmp_path / "log")


@pytest.mark.parametrize(
    ("command", "text", "message"),
    [
        (("no-such-program-here",), "Write to us", "no-such-program-here cannot be started"),
        (("{python}", "serve.py", "{port}", ""), "Nowhere to be seen", "'Nowhere to be seen' is not on the page /"),
    ],
    ids=["no program", "no text"],
)
def test_development_that_cannot_be_asked_is_wrong_configuration(
    browser: Browser, source: Path, tmp_path: Path, command: tuple[str, ...], text: str, message: str
) -> None:
    """It is no fault of the check, and says what to change."""
    development = DevelopmentSettings(command, "/", "page.txt", text)
    with pytest.raises(ConfigurationError, match=message):
        check_development(ProjectSettings(source, development=development), browser, Trackers(), tmp_path / "log")


VISIT = "import os, pathlib; pathlib.Path(os.environ['WIRE'], '1').mkdir(parents=True); print('3 passed')"


@pytest.mark.parametrize(
    ("code", "verdict", "line"),
    [
        (VISIT, "pass", "ended with status 0: 3 passed; 1 sessions were recorded meanwhile"),
        ("print('3 passed')", "inconclusive", "nothing was recorded meanwhile"),
        ("raise SystemExit(3)", "fail", "ended with status 3"),
        (
            "import os; raise SystemExit('MASKPROOF_SEED' in os.environ or not os.environ['MASKPROOF_APP_URL'])",
            "inconclusive",
            "nothing was recorded",
        ),
    ],
    ids=["good", "unrecorded", "fails", "environment"],
)
def test_the_application_s_own_tests_pass_while_it_is_recorded(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, verdict: str, line: str
) -> None:
    """They get the address of the build, and nothing that is the run's own."""
    monkeypatch.setenv("MASKPROOF_SEED", "seed")
    monkeypatch.setenv("WIRE", str(tmp_path / "wire"))
    project = ProjectSettings(source, tests=("{python}", "-c", code))
    outcome = check_regression(project, "http://127.0.0.1:1", tmp_path, tmp_path / "log")
    assert outcome.verdict == verdict
    assert line in outcome.explanation


def test_a_command_that_cannot_be_started_is_wrong_configuration(source: Path, tmp_path: Path) -> None:
    """The error names it."""
    project = ProjectSettings(source, tests=("no-such-program-here",))
    with pytest.raises(ConfigurationError, match="no-such-program-here cannot be started"):
        check_regression(project, "http://127.0.0.1:1", None, tmp_path / "log")
