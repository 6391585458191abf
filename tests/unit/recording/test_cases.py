"""Which cases a run has."""

from pathlib import Path

import pytest
from tests.unit.commands.conftest import FORM, LIVE, SECRET

from maskproof.errors import ConfigurationError
from maskproof.recording.cases import expected_checks, left_out, selected_cases
from maskproof.settings import Settings, load_settings
from maskproof.settings_schema import CHROMIUM, FIREFOX
from maskproof.verdicts.checks import CASE_CHECKS

KEYS = dict.fromkeys(("DEMO_KEY", "DEMO_USER", "DEMO_PASSWORD"), SECRET)


def settings_of(folder: Path, text: str, form: str = FORM) -> Settings:
    """Settings of a project with one form."""
    (folder / "forms").mkdir(exist_ok=True)
    (folder / "forms" / "demo.yaml").write_text(form, encoding="utf-8")
    (folder / "maskproof.toml").write_text(text, encoding="utf-8")
    return load_settings(folder / "maskproof.toml", environment=KEYS)


def test_a_form_is_run_under_each_protocol_that_both_name(tmp_path: Path) -> None:
    """A fixture that names no protocol version has both."""
    embedded = '[paths]\nforms = "forms"\n[run]\nprotocols = [2, 1]\n'
    assert [case.id for case in selected_cases(settings_of(tmp_path, embedded))] == ["demo-v1", "demo-v2"]
    second_only = settings_of(tmp_path, embedded, FORM.replace("path: /demo\n", "path: /demo\nprotocols: [2]\n", 1))
    assert [case.id for case in selected_cases(second_only)] == ["demo-v2"]


def test_a_form_is_run_in_each_browser(tmp_path: Path) -> None:
    """The cases of Chromium come first and keep their names; those of Firefox stand beside them."""
    text = '[paths]\nforms = "forms"\n[run]\nprotocols = [2]\nbrowsers = ["firefox", "chromium"]\n'
    settings = settings_of(tmp_path, text)
    assert [(case.id, case.browser) for case in selected_cases(settings)] == [
        ("demo-v2", CHROMIUM),
        ("demo-v2-firefox", FIREFOX),
    ]
    others = [name for name in expected_checks(settings) if name.endswith("-firefox")]
    assert others == [f"{check} demo-v2-firefox" for check in ("masking", "twin", "behaviour")]


def test_a_live_target_is_driven_in_chromium_only(tmp_path: Path) -> None:
    """What is submitted in another browser can be read on the embedded target only."""
    live = LIVE.format(url="http://127.0.0.1:1").replace("[run]", '[run]\nbrowsers = ["chromium", "firefox"]')
    with pytest.raises(ConfigurationError, match=r"maskproof\.toml:\d+: run\.browsers: .* in Chromium only") as caught:
        selected_cases(settings_of(tmp_path, live))
    assert "--target embedded" in caught.value.hint


def test_a_whole_run_has_every_check_of_every_case(tmp_path: Path) -> None:
    """Overhead is expected once, if a form is named for it."""
    text = '[paths]\nforms = "forms"\n[run]\nprotocols = [1]\n'
    names = [f"{check} demo-v1" for check in CASE_CHECKS[CHROMIUM]]
    assert list(expected_checks(settings_of(tmp_path, text))) == [*names, "evidence all"]
    with_overhead = settings_of(tmp_path, text + '[overhead]\nform = "demo"\n')
    assert list(expected_checks(with_overhead)) == [*names, "overhead all", "evidence all"]
    with_pages = settings_of(tmp_path, text + "umami_pages = true\n")
    assert list(expected_checks(with_pages)) == [*names, "umami-pages all", "evidence all"]


@pytest.mark.parametrize(
    ("said", "asked", "runs"),
    [("", "core", True), ("core", "core", True), ("full", "core", False), ("full", "full", True), ("", "full", True)],
)
def test_the_core_leaves_out_what_a_fixture_says(tmp_path: Path, said: str, asked: str, runs: bool) -> None:  # noqa: FBT001
    """A fixture that says nothing is of the core: one's own application's fixtures all run by default."""
    form = FORM.replace("path: /demo\n", f"path: /demo\ncatalogue: {said}\n", 1) if said else FORM
    text = f'[paths]\nforms = "forms"\n[run]\ncatalogue = "{asked}"\n'
    settings = settings_of(tmp_path, text, form)
    assert bool(selected_cases(settings)) == runs
    assert left_out(settings) == (() if runs else ("demo",))


def test_a_live_target_is_sent_only_what_is_allowed(tmp_path: Path) -> None:
    """A form that submits has to be named; a form that only reads does not."""
    live = LIVE.format(url="http://127.0.0.1:1")
    assert selected_cases(settings_of(tmp_path, live))
    closed = live.replace('allow_submit = ["demo"]', "")
    with pytest.raises(ConfigurationError, match=r"run\.allow_submit: .* these forms send data: demo"):
        selected_cases(settings_of(tmp_path, closed))
    looking = FORM.replace("submits:\n  - {method: POST, path: /api/demo}\n", "")
    assert selected_cases(settings_of(tmp_path, closed, looking))
