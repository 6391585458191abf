"""After `kill -9` of a run, as a CI does at its limit, everything that it started ends within ten seconds."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from maskproof.machine.waiting import wait_until
from maskproof.machine.watchdog import started_at

ROOT = Path(__file__).parents[2]
CONFIGURATION = f"""
[paths]
forms = "{ROOT}/fixtures/forms"
rules = "{ROOT}/masking_rules"
reports = "reports"
[app.server]
command = ["{{python}}", "backend.py"]
cwd = "{ROOT}/fixtures/app"
source = "{ROOT}/fixtures/app"
[run]
workers = 1
"""
DEADLINE_S = 10


def parents() -> dict[int, int]:
    """The parent of each process."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = entry.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        found[int(entry.parent.name)] = int(text.rpartition(")")[2].split()[1])
    return found


def descendants(process_id: int) -> set[int]:
    """Every process below one."""
    below, known = {process_id}, parents()
    while more := {child for child, parent in known.items() if parent in below} - below:
        below |= more
    return below - {process_id}


def names(processes: set[int]) -> set[str]:
    """The names of processes."""
    found = set()
    for process_id in processes:
        try:
            found.add(Path(f"/proc/{process_id}/comm").read_text(encoding="utf-8").strip())
        except OSError:
            continue
    return found


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["up"], {"postgres", "next-server"}),
        (["verify", "-k", "sign-up-v1"], {"postgres", "next-server", "chromium"}),
    ],
    ids=["up", "verify"],
)
def test_nothing_outlives_a_killed_run(tmp_path: Path, command: list[str], expected: set[str]) -> None:
    """Database, Umami, application, pytest, its workers and their browsers."""
    (tmp_path / "maskproof.toml").write_text(CONFIGURATION, encoding="utf-8")
    with (tmp_path / "log").open("wb") as log:
        run = subprocess.Popen(
            [str(Path(sys.executable).with_name("maskproof")), *command], cwd=tmp_path, stdout=log, stderr=log
        )
    try:
        assert wait_until(lambda: expected <= names(descendants(run.pid)), deadline_s=60), (
            tmp_path / "log"
        ).read_text()
        started = {process_id: started_at(process_id) for process_id in descendants(run.pid)}
    finally:
        run.send_signal(signal.SIGKILL)
        run.wait()

    def left() -> set[int]:
        return {process_id for process_id, start in started.items() if start and started_at(process_id) == start}

    assert wait_until(lambda: not left(), deadline_s=DEADLINE_S), names(left())
