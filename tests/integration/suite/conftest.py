"""A small project around the reference application: one form, one protocol version, no overhead."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from maskproof.embedded.running import running_target
from maskproof.embedded.weakening import replaced_rules, without_rule
from maskproof.forms import load_forms
from maskproof.journey import run_journey
from maskproof.recording.browser import running_browser
from maskproof.recording.case_browser import session_user_agent
from maskproof.recording.journey_record import pull
from maskproof.recording.target import Target
from maskproof.rules import compile_rules, load_rules
from maskproof.settings import Settings, load_settings
from maskproof.suite.masking import check_journey

ROOT = Path(__file__).parents[3]
COMPILED = compile_rules(load_rules(ROOT / "masking_rules"))["rules"]
CONFIGURATION = """
[paths]
forms = "forms"
rules = "{root}/masking_rules"
[app]
rules_file = "{root}/fixtures/app/src/lib/tracking/rules.generated.json"
[app.server]
command = ["{{python}}", "backend.py"]
cwd = "{root}/fixtures/app"
source = "{root}/fixtures/app"
[run]
protocols = [{protocol}]
workers = 1
allow_idle_rules = true
"""
DEADLINE_S = 240


@dataclass(frozen=True)
class Run:
    """One finished `maskproof verify`."""

    status: int
    errors: str
    summary: dict[str, Any]
    reports: Path

    def verdicts(self) -> dict[str, str]:
        """The verdict of each check."""
        return {result["check"]: result["verdict"] for result in self.summary["results"]}

    def findings(self) -> list[dict[str, Any]]:
        """Every finding of the masking check."""
        return [
            finding
            for result in self.summary["results"]
            if result["check"] == "masking"
            for finding in result["findings"]
        ]


Verify = Callable[..., Run]


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    """Runs `maskproof verify` in a new folder as a user would, with one form of the reference application."""

    def run(*switches: str, form: str = "sign-up", protocol: int = 2, browser: str = "") -> Run:
        (tmp_path / "forms").mkdir()
        shutil.copy(ROOT / "fixtures/forms" / f"{form}.yaml", tmp_path / "forms")
        shutil.copy(ROOT / "fixtures/forms/scripts.py", tmp_path / "forms")
        (tmp_path / "maskproof.toml").write_text(CONFIGURATION.format(root=ROOT, protocol=protocol), encoding="utf-8")
        given = [part for switch in switches for part in ("--switch", switch)]
        given += ["--browser", browser] if browser else []
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        done = subprocess.run(
            [sys.executable, "-m", "maskproof.cli", "verify", *given],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=DEADLINE_S,
            check=False,
        )
        reports = tmp_path / "reports"
        summary = json.loads((reports / "summary.json").read_text(encoding="utf-8"))
        return Run(done.returncode, done.stderr, summary, reports)

    return run


# Category, channel, message and node.
Leak = tuple[str, str, str, str]


@dataclass(frozen=True)
class Weakened:
    """One embedded target without the guard."""

    target: Target
    browser: Browser
    settings: Settings

    def leaked(self, form_id: str, dropped: str | None = None) -> set[Leak]:
        """What a journey through a form leaks if one rule is replaced on the way to the browser."""
        form = next(form for form in load_forms(ROOT / "fixtures/forms") if form.id == form_id)
        personas = form.personas("dropped-rules")
        context = self.browser.new_context(user_agent=session_user_agent(self.browser.version, 2))
        if dropped is not None:
            context.route("**/*.js", lambda route: _without(route, dropped))
        ledger = run_journey(
            context.new_page(),
            form,
            personas,
            base_url=self.target.app.instrumented,
            build="instrumented",
            trackers=self.target.trackers,
        )
        context.close()
        journey = pull(self.target, ledger, personas)
        _, report = check_journey(form, journey, self.settings.leaks)
        values = (finding for finding in report.findings if finding.kind == "value")
        return {(value.category, value.channel, value.message, value.node) for value in values}


@pytest.fixture(scope="module")
def weakened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Weakened]:
    """Started once for a file of tests: only one of the rules in the application's files differs between them."""
    work = tmp_path_factory.mktemp("run") / "run"
    settings = load_settings(ROOT / "maskproof.toml")
    with (
        running_target(settings, switches={"guard": False}, work_dir=work) as target,
        running_browser() as browser,
    ):
        yield Weakened(target, browser, settings)


def _without(route: Route, rule_id: str) -> None:
    response = route.fetch()
    changed = [rule for rule in without_rule(COMPILED, rule_id) if rule["id"] == rule_id]
    text, _ = replaced_rules(response.text(), changed)
    route.fulfill(response=response, body=text)
