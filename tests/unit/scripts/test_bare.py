"""Bare roots: which cases are run, what is copied into a root, and which processes count as left behind."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from scripts import bare
from scripts.bare import COMMANDS, LIST_PROCESSES, RELEASES, USERS, Figure, cases_of, copy_files, main


def test_each_command_is_first_in_each_release_and_for_each_user() -> None:
    """Each command is first once, because the second command finds the environment of the first."""
    cases = cases_of(RELEASES, [USERS["root"], USERS["user"]], COMMANDS)
    assert {(case.release, case.commands[0]) for case in cases} == {(r, c) for r in RELEASES for c in COMMANDS}
    assert {(case.user.name, case.commands[0]) for case in cases} == {
        (u, c) for u in ("root", "user") for c in COMMANDS
    }


def test_without_root_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without root, the script says so and ends as inconclusive."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert main([]) == 3
    assert "it needs Linux, and root" in capsys.readouterr().err


def test_without_debootstrap_and_apt_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without debootstrap and apt-get, the script says what is missing and ends as inconclusive."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert main([]) == 3
    assert "debootstrap is not installed" in capsys.readouterr().err


@pytest.mark.parametrize(("status", "expected", "verdict"), [(0, 0, "pass"), (2, 1, "fail"), (99, 1, "fail")])
def test_one_command_that_fails_fails_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], status: int, expected: int, verdict: str
) -> None:
    """One failed command is a failure, even if it only left processes behind; every figure is printed."""
    monkeypatch.setattr(bare, "what_is_missing", lambda: "")
    figure = Figure("bookworm", "root", "verify", first=True, status=status, seconds=1.0)
    monkeypatch.setattr(bare, "run_case", lambda *_, **__: [figure])
    assert main(["--releases", "bookworm", "--users", "root"]) == expected
    assert f'"verdict": "{verdict}"' in capsys.readouterr().out


def test_files_keep_their_place_and_mode(tmp_path: Path) -> None:
    """Files keep their path and mode; a file that is missing from the working tree is skipped."""
    copy_files(["scripts/setup.sh", "scripts/gone.sh"], tmp_path)
    assert [path.name for path in (tmp_path / "scripts").iterdir()] == ["setup.sh"]
    assert os.access(tmp_path / "scripts" / "setup.sh", os.X_OK)


def test_a_process_that_still_runs_is_listed(tmp_path: Path) -> None:
    """A running process is listed; process 1 and ended processes are not."""
    for number, name, state in ((1, "sh", "S (sleeping)"), (7, "node", "S (sleeping)"), (9, "apt", "Z (zombie)")):
        (tmp_path / "proc" / str(number)).mkdir(parents=True)
        (tmp_path / "proc" / str(number) / "status").write_text(f"Name:\t{name}\nState:\t{state}\n", encoding="utf-8")
    script = f'root="{tmp_path}"\n{LIST_PROCESSES}\necho "$left"'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["node"]
