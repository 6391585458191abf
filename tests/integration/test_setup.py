"""`scripts/setup.sh` where it cannot do its work: one line, a remedy, the documented status, nothing half-built."""

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
    """What set-up reads before anything is installed, in a folder with blanks and other letters."""
    folder = tmp_path / "ein Übungs-Ordner"
    for name in NEEDED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder of a small system's programs, without Python and apt-get."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in PROGRAMS:
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return folder


def run(checkout: Path, environment: Mapping[str, str], *, path: str | None = None) -> tuple[int, list[str], str]:
    """Set-up's status, the lines of its error, and everything that it printed or logged."""
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
    told = done.stderr[done.stderr.rindex("setup: error:") :].splitlines()
    return done.returncode, told, done.stderr + (log.read_text(encoding="utf-8") if log.is_file() else "")


def test_no_network_is_one_line(checkout: Path) -> None:
    """The reason, the remedy with the log, and no environment that looks as if it were one."""
    status, told, _ = run(checkout, {"PIP_INDEX_URL": f"{NOBODY_ANSWERS}/simple", "PIP_RETRIES": "0"})
    assert status == 3
    assert told[0] == "setup: error: could not install uv: the package registry cannot be reached"
    assert len(told) == 2
    assert "setup.log" in told[1]
    assert not (checkout / ".venv").exists()


def test_a_dead_proxy_is_named_and_its_password_is_not(checkout: Path) -> None:
    """The variable is what the user can change."""
    proxy = NOBODY_ANSWERS.replace("://", f"://someone:{SECRET}@")
    none = dict.fromkeys(("https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"), "")
    status, told, everything = run(checkout, {**none, "HTTPS_PROXY": proxy, "PIP_RETRIES": "0"})
    assert status == 3
    assert told[0].endswith("cannot be reached through the proxy that HTTPS_PROXY names")
    assert SECRET not in everything
    assert not (checkout / ".venv").exists()


def test_a_cache_that_cannot_be_made_is_told_first(checkout: Path) -> None:
    """As below a home that belongs to somebody else: before any work."""
    (checkout.parent / "file").touch()
    status, told, _ = run(checkout, {"MASKPROOF_CACHE": str(checkout.parent / "file" / "cache")})
    assert status == 2
    assert "cannot be written" in told[0]
    assert "MASKPROOF_CACHE" in told[1]
    assert not (checkout / ".venv").exists()


def test_a_disk_without_room_is_told_before_it_is_full(checkout: Path, programs: Path) -> None:
    """With what is needed and what is there; `df` is a stand-in."""
    (programs / "df").unlink()
    (programs / "df").write_text("#!/bin/sh\necho head\necho disk 1 1 77 1 /\n", encoding="utf-8")
    (programs / "df").chmod(0o755)
    status, told, _ = run(checkout, {"PYTHON": sys.executable}, path=str(programs))
    assert status == 3
    assert "is full: set-up needs 1300 MB, 77 MB are free" in told[0]
    assert not (checkout / ".venv").exists()


def test_no_python_and_no_way_to_install_one_is_told(checkout: Path, programs: Path) -> None:
    """With both ways to mend it."""
    status, told, _ = run(checkout, {}, path=str(programs))
    assert status == 2
    assert "no Python 3.11 or newer, and set-up cannot install one" in told[0]
    assert "make PYTHON=" in told[1]
