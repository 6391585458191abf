"""`maskproof rules`: check, compile, docs and diff, and their bad input."""

import shutil
from pathlib import Path

import pytest
from tests.unit.commands.conftest import RULES

from maskproof import cli
from maskproof.errors import EXIT_PASS, EXIT_USAGE

Capture = pytest.CaptureFixture[str]
CONFIGURATION = '[paths]\nforms = "forms"\nrules = "rules"\n[app]\nrules_file = "compiled.json"\n'


@pytest.fixture
def compiled(project: Path, capsys: Capture) -> Path:
    """A project whose rules are compiled."""
    (project / "maskproof.toml").write_text(CONFIGURATION, encoding="utf-8")
    assert cli.main(["rules", "compile"]) == EXIT_PASS
    assert "compiled.json: written" in capsys.readouterr().out
    return project


def test_compiled_rules_are_valid(compiled: Path, capsys: Capture) -> None:
    """The message says how many there are."""
    assert cli.main(["rules", "check"]) == EXIT_PASS
    assert "1 rules, 1 form fixtures" in capsys.readouterr().out
    assert compiled.is_dir()


def test_a_compiled_copy_of_other_rules_is_a_fault(compiled: Path, capsys: Capture) -> None:
    """The application would mask by the old rules."""
    (compiled / "rules" / "email.yaml").write_text(RULES.replace("hidden", "obscured"), encoding="utf-8")
    assert cli.main(["rules", "check"]) == EXIT_USAGE
    message = capsys.readouterr().err
    assert "compiled.json" in message
    assert "rules compile" in message


def test_without_a_copy_the_rules_alone_are_checked(project: Path, capsys: Capture) -> None:
    """An application that masks by attributes in its pages has no copy."""
    (project / "maskproof.toml").write_text(CONFIGURATION.partition("[app]")[0], encoding="utf-8")
    assert cli.main(["rules", "check"]) == EXIT_PASS
    assert "1 rules, 1 form fixtures" in capsys.readouterr().out


def test_a_copy_that_nothing_names_is_a_fault(project: Path, capsys: Capture) -> None:
    """The message says what to configure."""
    (project / "maskproof.toml").write_text(CONFIGURATION.partition("[app]")[0], encoding="utf-8")
    assert cli.main(["rules", "compile"]) == EXIT_USAGE
    assert "[app] rules_file is not set" in capsys.readouterr().err


def test_the_runbooks_table_is_printed(compiled: Path, capsys: Capture) -> None:
    """The table has each rule and its reason."""
    assert cli.main(["rules", "docs"]) == EXIT_PASS
    printed = capsys.readouterr().out
    assert "email-types" in printed
    assert "An address names a person." in printed
    assert compiled.is_dir()


def test_a_difference_between_two_folders_is_printed(project: Path, capsys: Capture) -> None:
    """The line names the rule that changed."""
    shutil.copytree(project / "rules", project / "new")
    (project / "new" / "email.yaml").write_text(RULES.replace("hidden", "obscured"), encoding="utf-8")
    assert cli.main(["rules", "diff", "rules", "new"]) == EXIT_PASS
    assert "email-types" in capsys.readouterr().out


@pytest.mark.parametrize("folder", ["gone", "empty"])
def test_a_folder_without_rules_is_a_fault(project: Path, capsys: Capture, folder: str) -> None:
    """An empty folder is not taken for a folder without differences."""
    (project / "empty").mkdir()
    assert cli.main(["rules", "diff", "rules", folder]) == EXIT_USAGE
    assert folder in capsys.readouterr().err
