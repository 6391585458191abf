"""The jobs: each has its script, and the cleaner deletes what is old and nothing else."""

import os
import subprocess
import time
from pathlib import Path

import pytest
from deploy.services.jobs import jobs
from tests.unit.docs.pages import ROOT

SCRIPTS = ROOT / "deploy/images/jobs"


@pytest.mark.parametrize("job", [job for job in jobs() if not job.command], ids=lambda job: job.name)
def test_a_job_has_its_script(job: object) -> None:
    """The script of a job is there, can be started, and stops at the first error."""
    name = getattr(job, "name", "")
    script = SCRIPTS / f"{name}.sh"
    assert os.access(script, os.X_OK)
    assert "set -eu\n" in script.read_text(encoding="utf-8")


def clean(folder: Path, minutes: str = "1440") -> "subprocess.CompletedProcess[str]":
    """
    Run the cleaner.

    Args:
        folder: The volume.
        minutes: The age from which it deletes.

    """
    variables = {"FS_DIR": str(folder), "KEEP_MINUTES": minutes, "PATH": os.environ["PATH"]}
    return subprocess.run(
        [str(SCRIPTS / "clean-volume.sh")], env=variables, capture_output=True, text=True, check=False, timeout=60
    )


def aged(path: Path, hours: float) -> Path:
    """Make a file or folder look that old."""
    when = time.time() - 3600 * hours
    os.utime(path, (when, when))
    return path


def test_the_cleaner_deletes_what_is_old_alone(tmp_path: Path) -> None:
    """Recordings, frames and screenshots past their time go; younger ones and the folders of frames stay."""
    for folder in ("canvas", "screenshots"):
        (tmp_path / folder).mkdir()
        aged(tmp_path / folder, 400)
    names = ("4122524802890072320", "4122524802890072320devtools", "canvas/1", "screenshots/1")
    old = [tmp_path / name for name in names]
    young = [path.with_name(path.name + "9") for path in old]
    for path in (*old, *young):
        path.write_bytes(b"x")
        aged(path, 25 if path in old else 23)
    folders = [aged(tmp_path / "canvas", 400), aged(tmp_path / "screenshots", 400)]
    done = clean(tmp_path)
    assert (done.returncode, done.stdout) == (0, "CLEANED 2\n")
    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in (*young, *folders))


def test_the_cleaner_without_its_volume_fails(tmp_path: Path) -> None:
    """A volume that is not mounted is an error, and never a silent `CLEANED 0`."""
    done = clean(tmp_path / "none")
    assert done.returncode != 0
    assert "CLEANED" not in done.stdout
