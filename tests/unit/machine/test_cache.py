"""The cache: entries are complete or absent, and named by their sources."""

import errno
from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.machine.cache import CACHE_VARIABLE, cache_folder, cached, content_key, locked, tree_key
from maskproof.machine.failures import SetupFailed


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASKPROOF_CACHE", str(tmp_path / "cache"))


def test_an_entry_is_built_once() -> None:
    """The second call returns the folder of the first call without building."""
    calls: list[Path] = []

    def build(folder: Path) -> None:
        calls.append(folder)
        (folder / "made").write_text("x")

    first = cached("thing", "k", build)
    second = cached("thing", "k", build)
    assert first == second
    assert len(calls) == 1
    assert (second / "made").read_text() == "x"


def test_an_interrupted_build_heals() -> None:
    """A build that fails half-way leaves no entry, and the next build starts in an empty folder."""

    def broken(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        cached("thing", "k", broken)
    place = cached("thing", "k", lambda folder: (folder / "whole").touch())
    assert [path.name for path in place.iterdir()] == ["whole"]


def test_the_key_follows_the_contents(tmp_path: Path) -> None:
    """A changed file changes the key of a folder; a change of a skipped file does not."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "a").write_text("1")
    (source / "skipped").write_text("1")
    before = tree_key(source, skip={"skipped"})
    (source / "skipped").write_text("2")
    assert tree_key(source, skip={"skipped"}) == before
    (source / "a").write_text("2")
    assert tree_key(source, skip={"skipped"}) != before


def test_parts_do_not_run_into_each_other() -> None:
    """Parts with the same text and different boundaries have different keys."""
    assert content_key(["ab", "c"]) != content_key(["a", "bc"])


def test_a_failed_build_leaves_nothing() -> None:
    """A build that fails on a full disk leaves nothing in the cache."""

    def full(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise OSError(errno.ENOSPC, "No space left on device", str(folder / "half"))

    with pytest.raises(SetupFailed, match="is full: "):
        cached("thing", "k", full)
    assert [path.name for path in cache_folder().iterdir()] == [".thing.lock"]


def test_an_entry_that_lost_a_part_is_built_again() -> None:
    """An incomplete entry is removed and built again."""

    def build(folder: Path) -> None:
        (folder / "server.js").touch()

    place = cached("thing", "k", build, holds=["server.js"])
    (place / "server.js").unlink()
    (place / "rest").touch()
    assert [path.name for path in cached("thing", "k", build, holds=["server.js"]).iterdir()] == ["server.js"]


def test_a_cache_that_cannot_be_made_is_a_fault_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache folder below a file is an error of the configuration, and its hint names the variable."""
    (tmp_path / "file").touch()
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "file" / "cache"))
    with pytest.raises(ConfigurationError, match="cannot be made") as caught:
        cache_folder()
    assert CACHE_VARIABLE in caught.value.hint


def test_a_lock_that_cannot_be_made_is_reported() -> None:
    """The error names the lock file, as in another user's cache or on a full disk."""
    (cache_folder() / ".thing.lock").mkdir()
    with pytest.raises(SetupFailed, match=r"thing\.lock"), locked("thing"):
        pass
