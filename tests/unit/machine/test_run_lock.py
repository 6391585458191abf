"""One run a folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.machine.run_lock import only_run_in

OTHER = """
import sys, time
from pathlib import Path
from maskproof.machine.run_lock import only_run_in
with only_run_in(Path(sys.argv[1]), Path(sys.argv[1]) / ".lock"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_refused_while_the_first_writes(tmp_path: Path) -> None:
    """It says which folder, and what to do; a killed run holds nothing."""
    other = subprocess.Popen([sys.executable, "-c", OTHER, str(tmp_path)], stdout=subprocess.PIPE)
    assert other.stdout is not None
    other.stdout.readline()
    try:
        refused = pytest.raises(ConfigurationError, match=f"Another run is writing to {tmp_path}")
        with refused as caught, only_run_in(tmp_path, tmp_path / ".lock"):
            pass
        assert "[paths] reports" in caught.value.hint
    finally:
        other.kill()
        other.wait()
    with only_run_in(tmp_path, tmp_path / ".lock"):
        assert (tmp_path / ".lock").exists()


def test_two_folders_do_not_meet(tmp_path: Path) -> None:
    """A target of its own beside a run is fine."""
    with only_run_in(tmp_path, tmp_path / ".a.lock"), only_run_in(tmp_path, tmp_path / ".b.lock"):
        assert len(list(tmp_path.iterdir())) == 2
