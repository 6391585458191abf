"""`maskproof scan --explain`."""

import json
from pathlib import Path

import pytest

from maskproof.cli import main
from maskproof.errors import EXIT_PASS, EXIT_USAGE
from maskproof.leaks.spelling.forms import FORMS

DAY, NAME = "1987-03-05", "王晓芃"


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A values file with a day, and a name and a code that are short."""
    path = tmp_path / "many.json"
    values = (("day", "date_of_birth", DAY), ("name", "name", NAME), ("code", "payment", "731"))
    entries = [{"id": one, "category": category, "value": value} for one, category, value in values]
    path.write_text(json.dumps({"values": entries}), encoding="utf-8")
    return path


def test_the_kinds_of_forms_are_counted_and_the_value_is_not_shown(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each kind has its number, and the sum is that of all; nothing of the value is printed."""
    assert main(["scan", "--values", str(many), "--explain", "day", "--json"]) == EXIT_PASS
    printed = capsys.readouterr().out
    told = json.loads(printed)
    assert (told["value_id"], told["is_short"], told["dropped"]) == ("day", False, 0)
    assert set(told["forms"]) <= set(FORMS)
    assert sum(told["forms"].values()) == told["count"] > 100
    assert "1987" not in printed


def test_lines_name_the_kinds_of_forms(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json each kind is a line, with what the table says about it."""
    assert main(["scan", "--values", str(many), "--explain", "name"]) == EXIT_PASS
    printed = capsys.readouterr().out
    assert f"short name (1): {FORMS['short name']}" in printed
    assert NAME not in printed


def test_an_unknown_value_is_wrong_usage(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The error names the ids that there are."""
    assert main(["scan", "--values", str(many), "--explain", "other"]) == EXIT_USAGE
    assert "Known: day, name, code" in capsys.readouterr().err


def test_a_scan_without_a_path_is_wrong_usage(many: Path) -> None:
    """Only an explanation needs no path."""
    assert main(["scan", "--values", str(many)]) == EXIT_USAGE


def test_short_values_are_named_and_do_not_stop_the_others(
    many: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says how a short value is searched for, and finds it beside the others."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "note.txt").write_text(f"{NAME}先生, 5 mars 1987; cvc=731", encoding="utf-8")
    assert main(["scan", str(folder), "--values", str(many), "--json"]) == 1
    printed = capsys.readouterr()
    assert {finding["value_id"] for finding in json.loads(printed.out)["findings"]} == {"day", "name", "code"}
    assert "name is too short for a plain search" in printed.err
    assert "code is too short for a plain search" in printed.err
