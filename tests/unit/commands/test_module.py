"""`maskproof module` writes a copy of the tracking module."""

from pathlib import Path

import pytest

from maskproof import cli
from maskproof.commands.module import module_files, stamp_of
from maskproof.errors import EXIT_PASS, EXIT_USAGE

Capture = pytest.CaptureFixture[str]


def test_the_copy_has_the_module_without_its_tests(tmp_path: Path, capsys: Capture) -> None:
    """It carries its version, and says which it is."""
    folder = tmp_path / "src/lib/tracking"
    assert cli.main(["module", "--to", str(folder)]) == EXIT_PASS
    stamp = stamp_of(module_files())
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"index.ts", "guard/index.ts", "messages.generated.json", "rules.generated.json"} <= written
    assert not [name for name in written if ".test." in name]
    assert f"VERSION = '{stamp}'" in (folder / "version.ts").read_text()
    assert f"tracking module {stamp}" in capsys.readouterr().err


def test_the_copy_is_not_for_the_application_s_compiler_and_linter(tmp_path: Path) -> None:
    """Whatever libraries and strictness an application compiles with, its build does not fail in the module."""
    cli.main(["module", "--to", str(tmp_path / "tracking")])
    scripts = sorted((tmp_path / "tracking").rglob("*.ts"))
    assert len(scripts) > 20
    for script in scripts:
        assert script.read_text().startswith("/* eslint-disable */\n// @ts-nocheck\n")


def test_a_newer_copy_keeps_the_team_s_rules(tmp_path: Path) -> None:
    """The module's own files are replaced, the compiled rules are not."""
    cli.main(["module", "--to", str(tmp_path / "tracking")])
    (tmp_path / "tracking/rules.generated.json").write_text("own")
    (tmp_path / "tracking/index.ts").write_text("old")
    assert cli.main(["module", "--to", str(tmp_path / "tracking")]) == EXIT_PASS
    assert (tmp_path / "tracking/rules.generated.json").read_text() == "own"
    assert (tmp_path / "tracking/index.ts").read_text() != "old"


@pytest.mark.parametrize("place", ["folder", "folder/file.txt"])
def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, capsys: Capture, place: str) -> None:
    """A misspelled path overwrites nothing."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/file.txt").write_text("mine")
    assert cli.main(["module", "--to", str(tmp_path / place)]) == EXIT_USAGE
    assert "holds something else than a copy of the tracking module" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["file.txt"]


def test_the_version_is_one_of_the_content() -> None:
    """Any change of a file is another version; a team's rules are none."""
    sources = module_files()
    assert stamp_of({**sources, "index.ts": "other"}) != stamp_of(sources)
    assert stamp_of({**sources, "rules.generated.json": "other"}) == stamp_of(sources)
