"""What `maskproof rules check` says beforehand."""

from pathlib import Path

import pytest
from tests.unit.commands.verifying.wrong_configurations import WRONG, YAML, Wrong, write_project

from maskproof import cli
from maskproof.errors import EXIT_PASS, EXIT_USAGE

Capture = pytest.CaptureFixture[str]
OF_RULES = (
    "forms",
    "no form",
    "rules",
    "other rules",
    "selector of a field",
    "selector of a rule",
    "pattern of a rule",
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in order."""
    write_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_field_that_no_rule_will_cover_is_named(project: Path, capsys: Capture) -> None:
    """It is no fault yet: the page may show more than the fixture does."""
    assert cli.main(["rules", "check"]) == EXIT_PASS
    shown = capsys.readouterr()
    assert "1 rules, 1 form fixtures" in shown.out
    assert f"{project / YAML}:7: field mail (email) is covered by no rule" in shown.err
    assert "field name" not in shown.err


@pytest.mark.parametrize("wrong", [wrong for wrong in WRONG if wrong.name in OF_RULES], ids=lambda wrong: wrong.name)
def test_what_is_wrong_with_rules_or_fixtures_is_said_as_before_a_run(
    project: Path, capsys: Capture, wrong: Wrong
) -> None:
    """With the same place, cause and remedy."""
    wrong.change(project)
    assert cli.main(["rules", "check"]) == EXIT_USAGE
    shown = capsys.readouterr().err
    assert [part for part in (wrong.place, wrong.cause, wrong.remedy) if part not in shown] == []
