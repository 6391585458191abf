"""Free space for temporary files if `/tmp` is small."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest

from maskproof.machine import temporary
from maskproof.machine.temporary import ensure_room, open_to_all, others_may_enter

MB = 1 << 20


class Usage(NamedTuple):
    """The result of `shutil.disk_usage`."""

    total: int
    used: int
    free: int


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[Path, int]:
    """Free megabytes by folder; a folder that a test does not name has none."""
    free: dict[Path, int] = {}
    monkeypatch.setenv("MASKPROOF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr(temporary, "SYSTEM_FOLDERS", (tmp_path / "tmp", tmp_path / "var"))
    for name in ("tmp", "var"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(0, 0, free.get(Path(folder), 0) * MB))
    return free


def test_the_configured_folder_stays_if_it_has_room(small: dict[Path, int], tmp_path: Path) -> None:
    """If the configured folder has enough space, nothing changes."""
    small[tmp_path / "tmp"] = 600
    assert ensure_room() == tmp_path / "tmp"
    assert os.environ["TMPDIR"] == str(tmp_path / "tmp")


def test_a_small_one_gives_way_to_the_system_s(
    small: dict[Path, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """If the configured folder is too small, the system's folder is used, and a line says so."""
    small.update({tmp_path / "tmp": 20, tmp_path / "var": 600, tmp_path / "cache" / "tmp": 900})
    assert ensure_room() == tmp_path / "var"
    assert os.environ["TMPDIR"] == tempfile.gettempdir() == str(tmp_path / "var")
    assert "20 MB of room" in capsys.readouterr().err


def test_the_cache_serves_where_the_system_has_no_room(small: dict[Path, int], tmp_path: Path) -> None:
    """If the system's folders are too small, a folder in the cache is used."""
    small.update({tmp_path / "tmp": 20, tmp_path / "var": 30, tmp_path / "cache" / "tmp": 900})
    assert ensure_room() == tmp_path / "cache" / "tmp"


def test_without_room_anywhere_nothing_is_changed(small: dict[Path, int], tmp_path: Path) -> None:
    """If no folder has enough space, the configured one stays."""
    small[tmp_path / "tmp"] = 20
    assert ensure_room() == tmp_path / "tmp"


def test_another_user_needs_an_open_folder_with_room(
    small: dict[Path, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For another user, folders that are closed or too small are skipped."""
    small.update({tmp_path / "tmp": 600, tmp_path / "var": 600})
    monkeypatch.setattr(temporary, "others_may_enter", lambda folder: folder.name == "var")
    assert open_to_all(100 * MB) == tmp_path / "var"
    assert open_to_all(700 * MB) is None


def test_a_folder_below_a_closed_one_is_closed(tmp_path: Path) -> None:
    """A folder counts as closed if any folder above it is closed, or if it does not exist."""
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    (tmp_path / "closed").chmod(0o700)
    assert not others_may_enter(inner)
    assert not others_may_enter(tmp_path / "absent")
