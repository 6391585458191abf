"""What a run started ends with it, also after `kill -9`."""

import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from maskproof.machine import watchdog
from maskproof.machine.process import run_process, start_process, stop_process
from maskproof.machine.waiting import wait_until
from maskproof.machine.watchdog import main, started_at

SLEEPER = [sys.executable, "-S", "-c", "import time; print('ready', flush=True); time.sleep(60)"]
STUBBORN = [
    *(sys.executable, "-S", "-c"),
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)",
]
OWNER = """
import sys, time
from pathlib import Path
from maskproof.machine.process import start_process
from maskproof.machine.watchdog import WATCHDOG
process = start_process([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
WATCHDOG.watch_folder(Path(sys.argv[1]))
print(process.pid, flush=True)
time.sleep(60)
"""


def ready(command: list[str]) -> "subprocess.Popen[bytes]":
    """A process that has printed its line."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def test_a_killed_run_leaves_no_process_and_no_folder(tmp_path: Path) -> None:
    """Nobody can clean up after `kill -9`, so a process of its own does."""
    folder = tmp_path / "data"
    folder.mkdir()
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(folder)], stdout=subprocess.PIPE)
    assert owner.stdout is not None
    child = int(owner.stdout.readline())
    assert started_at(child)
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    assert wait_until(lambda: not started_at(child) and not folder.exists(), deadline_s=10)


def test_what_ended_before_is_left_alone() -> None:
    """Its id may be another process's by now; so may that of one that is not the one that was named."""
    other = ready(SLEEPER)
    try:
        main(io.StringIO(f"+{other.pid}\n-{other.pid}\n"))
        assert other.poll() is None
    finally:
        stop_process(other, deadline_s=5)


def test_what_ignores_the_signal_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has some seconds first."""
    monkeypatch.setattr(watchdog, "GRACE_S", 0.2)
    stubborn = ready(STUBBORN)
    main(io.StringIO(f"+{stubborn.pid}\n"))
    assert stubborn.wait(5) == -signal.SIGKILL


def test_a_process_that_does_not_exist_is_no_error() -> None:
    """It ended before it could be watched."""
    main(io.StringIO(f"+{2**22 + 1}\n/{Path('/nonexistent-folder')}\n"))


def test_a_process_is_started_watched_and_stopped() -> None:
    """Its status is that of the signal."""
    process = start_process(SLEEPER, stdout=subprocess.DEVNULL)
    stop_process(process, deadline_s=5)
    assert process.returncode == -signal.SIGTERM


# Ends at once when it is asked to, and leaves what it started, as a wrapper of npm does; prints the id of that.
WRAPPER = (
    "import subprocess, sys, time;"
    "child = subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(60)']);"
    "print(child.pid, flush=True); time.sleep(60)"
)


def wrapper() -> tuple["subprocess.Popen[bytes]", int]:
    """A running wrapper, and the id of what it started."""
    process = start_process([sys.executable, "-S", "-c", WRAPPER], with_children=True, stdout=subprocess.PIPE)
    assert process.stdout is not None
    return process, int(process.stdout.readline())


@pytest.mark.parametrize("ends_first", [False, True])
def test_what_a_process_started_ends_with_it(*, ends_first: bool) -> None:
    """Even if it ended by itself before."""
    process, child = wrapper()
    assert started_at(child)
    if ends_first:
        process.kill()
        process.wait()
    stop_process(process, deadline_s=5)
    assert wait_until(lambda: not started_at(child), deadline_s=5)


def test_what_a_process_started_ends_with_a_killed_run() -> None:
    """The watching process ends the group that it leads."""
    process, child = wrapper()
    main(io.StringIO(f"+{process.pid}\n"))
    assert wait_until(lambda: not started_at(child), deadline_s=5)
    stop_process(process, deadline_s=5)


def test_a_process_is_run_to_its_end(tmp_path: Path) -> None:
    """The status is the process's own."""
    assert run_process([sys.executable, "-S", "-c", "raise SystemExit(7)"], cwd=tmp_path) == 7
