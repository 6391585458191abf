"""What a build shows of itself."""

import json
from pathlib import Path

import pytest

from maskproof.bundles import CHECKED_TRACKERS, locked_tracker, read_bundle, spoken_protocols, unchecked_trackers


@pytest.mark.parametrize(
    "text",
    [
        "JSON.stringify({trackerVersion:`19.0.1`,projectKey:this.options.projectKey})",
        'e({trackerVersion:"19.0.1"})',
        "const a = {\n  trackerVersion: '19.0.1',\n}",
    ],
)
def test_the_tracker_of_a_bundle_is_seen_however_it_is_minified(tmp_path: Path, text: str) -> None:
    """In any of its files."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/app.js").write_text(text)
    assert read_bundle(tmp_path).trackers == ("19.0.1",)


def test_the_rules_of_a_bundle_are_seen_by_their_stamp(tmp_path: Path) -> None:
    """Once each; a hash that no stamp precedes is none."""
    (tmp_path / "a.js").write_text('x={stamp:"maskproof-rules:0123456789ab"};y="abcdef012345"')
    (tmp_path / "b.html").write_text("maskproof-rules:0123456789ab maskproof-rules:ffffffffffff0")
    assert read_bundle(tmp_path).rules == ("0123456789ab",)


def test_a_bundle_without_either_shows_nothing(tmp_path: Path) -> None:
    """A version that is asked for at run time is none; nor is there one in a folder that is not there."""
    (tmp_path / "a.js").write_text("start({trackerVersion:this.version})")
    assert read_bundle(tmp_path) == read_bundle(tmp_path / "gone")
    assert not read_bundle(tmp_path).trackers


def test_of_installed_packages_only_the_tracker_is_read(tmp_path: Path) -> None:
    """An application that is served without a bundler has all of them beside it."""
    for package, version in (("@openreplay/tracker", "18.2.0"), ("other", "1.0.0")):
        folder = tmp_path / "node_modules" / package / "dist/lib"
        folder.mkdir(parents=True)
        (folder / "entry.js").write_text(f"trackerVersion: '{version}'")
    assert read_bundle(tmp_path).trackers == ("18.2.0",)


@pytest.mark.parametrize(
    ("trackers", "protocols"),
    [
        ((), (1, 2)),
        (("16.0.0",), (1,)),
        (("17.2.11",), (1,)),
        (("18.0.0",), (1, 2)),
        (("19.0.1",), (1, 2)),
        (("19.0.1", "17.0.0"), (1,)),
        (("20.0.0-beta.1",), (1, 2)),
        (("a made-up one",), (1, 2)),
    ],
)
def test_trackers_before_18_speak_one_protocol_version(trackers: tuple[str, ...], protocols: tuple[int, ...]) -> None:
    """Where nothing is known, both are tried."""
    assert spoken_protocols(trackers) == protocols


def test_a_version_that_was_never_checked_is_named() -> None:
    """Newer ones and made-up ones."""
    assert unchecked_trackers([*CHECKED_TRACKERS, "19.7.3", "99.0.0", "latest"]) == ("19.7.3", "99.0.0", "latest")


def test_an_npm_project_names_its_tracker_in_its_lock_file(tmp_path: Path) -> None:
    """Nothing is built for it; a project without one has none."""
    assert locked_tracker(tmp_path) == ()
    lock = {"packages": {"": {}, "node_modules/@openreplay/tracker": {"version": "17.0.0"}}}
    (tmp_path / "package-lock.json").write_text(json.dumps(lock))
    assert locked_tracker(tmp_path) == ("17.0.0",)
    (tmp_path / "package-lock.json").write_text('{"packages": {"": {}}}')
    assert locked_tracker(tmp_path) == ()
