"""`scripts/setup.sh` when it fails: one line, a remedy, the documented status, and nothing half-built."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = (
    "scripts/setup.sh",
    "scripts/uv.lock",
    "requirements.lock",
    "pyproject.toml",
    "src/maskproof/machine/causes.py",
)
PROGRAMS = ("bash", "awk", "cat", "cut", "df", "dirname", "id", "mkdir", "rm", "sed", "sha256sum", "tail", "uname")
NOBODY_ANSWERS = "http://127.0.0.1:1"
SECRET = "secret-word"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files that set-up reads before anything is installed, in a folder with blanks and non-ASCII letters."""
    folder = tmp_path / "ein Übungs-Ordner"
    for name in NEEDED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with the programs of a small system, without Python and apt-get."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in PROGRAMS:
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return folder


def run(checkout: Path, environment: Mapping[str, str], *, path: str | None = None) -> tuple[int, list[str], str]:
    """Run set-up: its status, the lines of its error, and everything that it printed or logged."""
    cache = checkout.parent / "cache"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    done = subprocess.run(
        [shutil.which("bash") or "bash", "scripts/setup.sh", "--packages-only"],
        cwd=checkout,
        env={
            **inherited,
            "PATH": path or os.environ["PATH"],
            "PYTHON": sys.executable if path is None else "",
            "MASKPROOF_CACHE": str(cache),
            **environment,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    log = cache / "logs" / "setup.log"
    error = done.stderr[done.stderr.rindex("setup: error:") :].splitlines()
    return done.returncode, error, done.stderr + (log.read_text(encoding="utf-8") if log.is_file() else "")


def test_no_network_is_one_line(checkout: Path) -> None:
    """Without network, set-up prints the reason and the remedy with the log, and leaves no incomplete environment."""
    status, error, _ = run(checkout, {"PIP_INDEX_URL": f"{NOBODY_ANSWERS}/simple", "PIP_RETRIES": "0"})
    assert status == 3
    assert error[0] == "setup: error: could not install uv: the package registry cannot be reached"
    assert len(error) == 2
    assert "setup.log" in error[1]
    assert not (checkout / ".venv").exists()


@pytest.mark.nightly
def test_a_dead_proxy_is_named_and_its_password_is_not(checkout: Path) -> None:
    """The error names the variable of the proxy, and nothing shows its value."""
    proxy = NOBODY_ANSWERS.replace("://", f"://someone:{SECRET}@")
    none = dict.fromkeys(("https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"), "")
    status, error, everything = run(checkout, {**none, "HTTPS_PROXY": proxy, "PIP_RETRIES": "0"})
    assert status == 3
    assert error[0].endswith("cannot be reached through the proxy that HTTPS_PROXY names")
    assert SECRET not in everything
    assert not (checkout / ".venv").exists()


def test_a_cache_that_cannot_be_made_is_reported_first(checkout: Path) -> None:
    """A cache folder that cannot be made ends set-up before any work."""
    (checkout.parent / "file").touch()
    status, error, _ = run(checkout, {"MASKPROOF_CACHE": str(checkout.parent / "file" / "cache")})
    assert status == 2
    assert "cannot be written" in error[0]
    assert "MASKPROOF_CACHE" in error[1]
    assert not (checkout / ".venv").exists()


def test_a_disk_without_room_is_reported_before_it_is_full(checkout: Path, programs: Path) -> None:
    """A full disk ends set-up with the needed and the free space; `PYTHON` may be a path with a blank."""
    (programs / "df").unlink()
    (programs / "df").write_text("#!/bin/sh\necho head\necho disk 1 1 77 1 /\n", encoding="utf-8")
    (programs / "df").chmod(0o755)
    python = programs.parent / "a folder" / "python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    status, error, _ = run(checkout, {"PYTHON": str(python)}, path=str(programs))
    assert status == 3
    assert "is full: set-up needs 1300 MB, 77 MB are free" in error[0]
    assert not (checkout / ".venv").exists()


def test_no_python_and_no_way_to_install_one_is_reported(checkout: Path, programs: Path) -> None:
    """Without Python and apt-get, the error says to install one or to name one."""
    status, error, _ = run(checkout, {}, path=str(programs))
    assert status == 2
    assert "no Python 3.11 or newer, and set-up cannot install one" in error[0]
    assert "make PYTHON=" in error[1]
