"""The cache: entries are whole or absent, and named by what they are made from."""

from pathlib import Path

import pytest

from maskproof.stack.cache import cached, content_key, tree_key


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
