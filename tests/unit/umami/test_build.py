"""The two builds of Umami's server: without its web interface, and with it."""

import json
from pathlib import Path
from typing import Any

import pytest

from maskproof.umami import build
from maskproof.umami.build import RECIPE, WITH_PAGES, UmamiBuild, ensure_umami_build, ensure_umami_pages


def locked(folder: Path) -> dict[str, dict[str, Any]]:
    """Every package that a lock file names, by its place."""
    packages: dict[str, dict[str, Any]] = json.loads((folder / "package-lock.json").read_text())["packages"]
    return {place: package for place, package in packages.items() if place}


def test_both_builds_have_one_server() -> None:
    """Whatever the API is built of has the same version and hash beside the web interface."""
    api, pages = locked(RECIPE), locked(WITH_PAGES)
    assert len(pages) > len(api)
    for place, package in api.items():
        assert (pages[place]["version"], pages[place]["integrity"]) == (package["version"], package["integrity"])


@pytest.mark.parametrize("folder", [RECIPE, WITH_PAGES])
def test_packages_are_locked_by_hash_and_by_no_address(folder: Path) -> None:
    """Any registry will do; the hash says whether it has the right package."""
    assert all("integrity" in package and "resolved" not in package for package in locked(folder).values())


def test_each_build_is_a_cache_entry_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A change of the interface's packages leaves the API's entry as it is; a change of a repair makes both anew."""
    recipe, pages = tmp_path / "server", tmp_path / "pages"
    for folder in (recipe, pages):
        folder.mkdir()
        (folder / "package.json").write_text("{}")
    monkeypatch.setattr(build, "RECIPE", recipe)
    monkeypatch.setattr(build, "WITH_PAGES", pages)
    monkeypatch.setattr(build, "cached", lambda kind, key, _make, holds: Path(f"{kind}-{key}-{len(holds)}"))

    def both() -> tuple[UmamiBuild, UmamiBuild]:
        return ensure_umami_build(), ensure_umami_pages()

    api, with_pages = both()
    assert api != with_pages
    (pages / "package.json").write_text('{"name": "other"}')
    assert ensure_umami_build() == api
    assert ensure_umami_pages() != with_pages
    (recipe / "package.json").write_text('{"name": "other"}')
    assert api not in both()
    assert with_pages not in both()
