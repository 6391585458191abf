"""A weakened copy of a build; the build itself is left alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from maskproof.embedded.app_build import AppBuild
from maskproof.embedded.weakening.build import WEAKENINGS, weakened, with_script
from maskproof.errors import ConfigurationError

RULE: dict[str, Any] = {
    "id": "mail",
    "treatment": "obscured",
    "selectors": ["p"],
    "names": ["mail"],
    "autocomplete": [],
    "types": [],
}


@pytest.fixture
def build(tmp_path: Path) -> AppBuild:
    """A page and a script with one rule."""
    folder = tmp_path / "instrumented"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><html><head lang=en><title>x</title></head></html>")
    (folder / "assets/app.js").write_text(f"const rules = {json.dumps([RULE])}")
    return AppBuild(folder, tmp_path / "bare")


def test_without_a_switch_the_build_is_used_as_it_is(build: AppBuild, tmp_path: Path) -> None:
    """So it is with a switch that is off, or that the application knows itself."""
    assert weakened(build, {"guard": True, "busyMs": 0, "own": 1}, [RULE], tmp_path) is build


@pytest.mark.parametrize("switch", [{"guard": False}, {"logForms": True}, {"umamiEmail": True}, {"busyMs": 60}])
def test_a_script_runs_before_the_page_s_own(build: AppBuild, tmp_path: Path, switch: dict[str, object]) -> None:
    """Only the copy has it."""
    copy = weakened(build, switch, [RULE], tmp_path)
    assert "<head lang=en><script>(" in (copy.instrumented / "index.html").read_text()
    assert "<script>" not in (build.instrumented / "index.html").read_text()
    assert copy.bare == build.bare


@pytest.mark.parametrize("switch", [{"dropRule": "mail"}, {"plainInputs": True}, {"maskHeading": True}])
def test_rules_are_replaced_in_the_copy(build: AppBuild, tmp_path: Path, switch: dict[str, object]) -> None:
    """The scripts of the copy differ."""
    copy = weakened(build, switch, [RULE], tmp_path)
    assert (copy.instrumented / "assets/app.js").read_text() != (build.instrumented / "assets/app.js").read_text()


def test_a_rule_that_the_build_does_not_hold_is_an_error(build: AppBuild, tmp_path: Path) -> None:
    """Nothing would be weakened, and the proof would prove nothing."""
    with pytest.raises(ConfigurationError, match="holds the rule other"):
        weakened(build, {"dropRule": "other"}, [{**RULE, "id": "other"}], tmp_path)


def test_a_page_without_a_head_gets_the_script_first() -> None:
    """Browsers put it into the head that they add."""
    assert with_script("<p>x", "run()") == "<script>run()</script><p>x"
    assert with_script("<p>x", "") == "<p>x"


def test_all_switches_are_known() -> None:
    """The table in the guide is held to these names."""
    assert {"guard", "dropRule", "plainInputs", "logForms", "umamiEmail", "busyMs", "maskHeading"} == WEAKENINGS


def test_several_scripts_run_one_after_the_other(build: AppBuild, tmp_path: Path) -> None:
    """Each is a statement of its own, so that none is taken for an argument of the one before."""
    copy = weakened(build, {"guard": False, "logForms": True}, [RULE], tmp_path)
    assert ")(false);\n(" in (copy.instrumented / "index.html").read_text()
