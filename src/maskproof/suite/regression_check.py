"""The check `regression`: the application's own tests pass on the instrumented build, while it is recorded."""

import subprocess
from pathlib import Path

from maskproof.environment import APP_VARIABLE
from maskproof.machine.app_environment import app_environment
from maskproof.machine.failures import last_lines
from maskproof.machine.process import filled_in, start_command, stop_process
from maskproof.project_settings import ProjectSettings
from maskproof.verdicts.outcome import Outcome

DEADLINE_S = 1200.0
STOP_DEADLINE_S = 5.0


def check_regression(project: ProjectSettings, url: str, work_dir: Path | None, log: Path) -> Outcome:
    """
    Run the tests with the build's address in `MASKPROOF_APP_URL`.

    Args:
        project: Names the command, which runs in its source.
        url: Base URL of the instrumented build.
        work_dir: Folder of the embedded target, which shows whether anything was recorded; None of a live one.
        log: File for what the tests say.

    Raises:
        ConfigurationError: The command cannot be started.

    """
    before = _sessions(work_dir)
    status = _run(project, url, log)
    recorded = len(_sessions(work_dir) - before)
    if status is None:
        return Outcome(unseen=(f"the tests did not end within {DEADLINE_S:.0f} s; what they said is in {log}",))
    if status != 0:
        return Outcome(problems=(f"{' '.join(project.tests)} ended with status {status}; what it said is in {log}",))
    passed = f"{' '.join(project.tests)} ended with status 0: {last_lines(log, 1).strip()}"
    if work_dir is None:
        return Outcome(seen=(passed, "whether the tests were recorded is not known on a live target"))
    if not recorded:
        why = f"nothing was recorded meanwhile: do the tests open the address in {APP_VARIABLE}?"
        return Outcome(seen=(passed,), unseen=(why,))
    return Outcome(seen=(passed, f"{recorded} sessions were recorded meanwhile"))


def _run(project: ProjectSettings, url: str, log: Path) -> int | None:
    """The status that the command ended with; None if it did not end in time."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        tests = start_command(
            filled_in(project.tests),
            place="[project] tests",
            cwd=project.source,
            env={**app_environment(), APP_VARIABLE: url},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        return tests.wait(DEADLINE_S)
    except subprocess.TimeoutExpired:
        return None
    finally:
        stop_process(tests, deadline_s=STOP_DEADLINE_S)


def _sessions(work_dir: Path | None) -> set[str]:
    """The sessions that the embedded target was sent."""
    wire = work_dir / "wire" if work_dir else None
    return {path.name for path in wire.iterdir()} if wire and wire.is_dir() else set()
