"""Values are kept only when somebody asks, outside of the reports, and never in CI."""

import json
from pathlib import Path

import pytest
from tests.unit.samples import FORM

from maskproof import cli
from maskproof.commands.verifying.kept_values import keep_values, refuse_in_ci, refuse_pictures
from maskproof.errors import EXIT_USAGE, UsageError
from maskproof.leaks.spelling.values import load_values
from maskproof.recording.recorder import Case


def test_values_are_kept_as_a_scan_takes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file for each person, in a folder that nobody else can read."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = keep_values([Case(FORM, 1)], "seed", tmp_path / "reports")
    assert sorted(path.name for path in folder.iterdir()) == ["demo-v1-twin.json", "demo-v1-user.json"]
    assert [value.id for value in load_values(folder / "demo-v1-user.json")] == ["user.email"]
    assert folder.stat().st_mode & 0o077 == 0
    assert json.loads((folder / "demo-v1-twin.json").read_text())["values"][0]["category"] == "email"


def test_values_are_never_within_the_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporary files may be configured to be there."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "reports" / "tmp"))
    with pytest.raises(UsageError, match="temporary files are within"):
        keep_values([Case(FORM, 1)], "seed", tmp_path / "reports")


@pytest.mark.parametrize("value", ["true", "1", "false"])
def test_ci_keeps_no_values(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], value: str) -> None:
    """The status is 2, before anything is read or started."""
    monkeypatch.setenv("CI", value)
    assert cli.main(["verify", "--keep-values"]) == EXIT_USAGE
    assert "--keep-values is refused where CI is set" in capsys.readouterr().err


def test_a_machine_of_ones_own_may() -> None:
    """Without the variable, and with an empty one."""
    refuse_in_ci({})
    refuse_in_ci({"CI": ""})


@pytest.mark.parametrize(
    ("arguments", "added"),
    [
        (["--tracing", "on"], ""),
        (["--video=retain-on-failure"], ""),
        (["-k", "x", "--screenshot", "only-on-failure"], ""),
        (["--screenshot"], ""),
        ([], "-q --tracing=on"),
    ],
)
def test_options_that_keep_what_is_typed_are_refused(arguments: list[str], added: str) -> None:
    """On the command line and in the variable that pytest reads."""
    with pytest.raises(UsageError, match="would keep pictures of what is typed"):
        refuse_pictures(arguments, {"PYTEST_ADDOPTS": added})


def test_other_options_are_not() -> None:
    """Nor one that turns such an option off."""
    refuse_pictures(["--tracing=off", "--video", "off", "-k", "tracing", "--video-size"], {})
