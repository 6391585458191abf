"""The cost of the harness, compared with the same journeys driven by Playwright alone."""

import secrets
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.figures import Figure
from maskproof.behaviour import check_behaviour
from maskproof.capture import check_capture
from maskproof.embedded.running import running_target
from maskproof.fidelity import check_fidelity
from maskproof.forms import load_forms
from maskproof.journey.steps import Actions
from maskproof.journey.tabs import Tabs
from maskproof.recording.browser import running_browser
from maskproof.recording.case_browser import CaseBrowser, session_user_agent
from maskproof.recording.recorder import Case, Recorder
from maskproof.recording.target import Target
from maskproof.rules import compile_rules, load_rules
from maskproof.settings import LeaksSettings, Settings, load_settings
from maskproof.suite.masking import check_masking
from maskproof.suite.twins import check_twins

ROOT = Path(__file__).parents[1]
PROTOCOL = 2
ROUNDS = 3


def figures() -> Iterator[Figure]:
    """The median time of a round: Playwright alone, the harness (ledger, pulling, scanning), and their ratio."""
    settings = load_settings(ROOT / "maskproof.toml")
    with (
        tempfile.TemporaryDirectory(prefix="maskproof-bench-") as folder,
        running_target(settings, work_dir=Path(folder) / "run") as target,
        running_browser() as browser,
    ):
        rounds = [_round(browser, target, settings) for _ in range(ROUNDS)]
    bare, harness = (sorted(column)[ROUNDS // 2] for column in zip(*rounds, strict=True))
    yield Figure("harness.bare_s", bare, "s")
    yield Figure("harness.whole_s", harness, "s")
    yield Figure("harness.ratio", harness / bare, "ratio", bar=1.5)


def _round(browser: Browser, target: Target, settings: Settings) -> tuple[float, float]:
    cases = [Case(form, PROTOCOL) for form in load_forms(settings.paths.forms)]
    rules = compile_rules(load_rules(settings.paths.rules))
    recorder = Recorder(target=target, seed=secrets.token_hex(4), rules=rules)
    started = time.monotonic()
    for case in cases:
        _bare(browser, target, case)
    between = time.monotonic()
    for case in cases:
        _harness(browser, recorder, case, settings.leaks)
    return between - started, time.monotonic() - between


def _bare(browser: Browser, target: Target, case: Case) -> None:
    """Drive the three journeys of a case, and do nothing else."""
    for url in (target.app.instrumented, target.app.instrumented, target.app.bare):
        context = browser.new_context(user_agent=session_user_agent(browser.version, case.protocol))
        page = context.new_page()
        actions = Actions(Tabs(page), case.form, case.form.personas(secrets.token_hex(4)), url)
        actions.seed()
        page.goto(url + case.form.path)
        for step in case.form.steps:
            actions.do(step)
        context.close()


def _harness(browser: Browser, recorder: Recorder, case: Case, leaks: LeaksSettings) -> None:
    """Drive the same journeys with ledger, pulling, and the checks that search and compare."""
    recorded = recorder.record(case, CaseBrowser(browser.version, browser.new_context))
    check_masking(recorded, leaks)
    check_twins(recorded, leaks)
    check_fidelity(case.form, recorded.user)
    check_capture(recorded.user, begins_ms=1000)
    check_behaviour(case.form, recorded.user.ledger, recorded.bare)
