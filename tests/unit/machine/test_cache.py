"""The cache: entries are whole or absent, and named by what they are made from."""

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
    """The second call gets the first one's folder without building."""
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
    """A build that fails half-way leaves no entry, and the next one starts from an empty folder."""

    def broken(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        cached("thing", "k", broken)
    place = cached("thing", "k", lambda folder: (folder / "whole").touch())
    assert [path.name for path in place.iterdir()] == ["whole"]


def test_the_key_follows_the_contents(tmp_path: Path) -> None:
    """A changed file changes a folder's key; a skipped one does not."""
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
    """The boundary between two parts is a part of the key."""
    assert content_key(["ab", "c"]) != content_key(["a", "bc"])


def test_a_failed_build_leaves_nothing() -> None:
    """No half of it stays in the cache, as on a full disk."""

    def full(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise OSError(errno.ENOSPC, "No space left on device", str(folder / "half"))

    with pytest.raises(SetupFailed, match="is full: "):
        cached("thing", "k", full)
    assert [path.name for path in cache_folder().iterdir()] == [".thing.lock"]


def test_an_entry_that_lost_a_part_is_built_again() -> None:
    """Whatever is left of it is thrown away."""

    def build(folder: Path) -> None:
        (folder / "server.js").touch()

    place = cached("thing", "k", build, holds=["server.js"])
    (place / "server.js").unlink()
    (place / "rest").touch()
    assert [path.name for path in cached("thing", "k", build, holds=["server.js"]).iterdir()] == ["server.js"]


def test_a_cache_that_cannot_be_made_is_a_fault_of_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a home that is a file, or belongs to somebody else."""
    (tmp_path / "file").touch()
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "file" / "cache"))
    with pytest.raises(ConfigurationError, match="cannot be made") as caught:
        cache_folder()
    assert CACHE_VARIABLE in caught.value.hint


def test_a_lock_that_cannot_be_made_is_told() -> None:
    """Another user's cache, or a full disk."""
    (cache_folder() / ".thing.lock").mkdir()
    with pytest.raises(SetupFailed, match=r"thing\.lock"), locked("thing"):
        pass
