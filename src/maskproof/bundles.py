"""
What a built application shows of itself: the tracker in it, and the masking rules that it was built from.

Minifiers rename variables, and keep texts and the names of properties: so both are found in any bundle.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

TRACKER = "@openreplay/tracker"
PACKAGES = "node_modules"
STAMP = "maskproof-rules:"
SUFFIXES = frozenset({".js", ".mjs", ".cjs", ".html", ".json"})
FOUND_STAMP = re.compile(rf"{STAMP}([0-9a-f]{{12}})\b")
FOUND_TRACKER = re.compile(r"""\btrackerVersion\s*:\s*["'`]([^"'`\s]{1,40})["'`]""")
NUMBERS = re.compile(r"(\d+)\.\d+\.\d+")
# Versions that `tests/integration/test_trackers.py` records with, decodes and verifies.
CHECKED_TRACKERS = ("16.0.0", "16.4.10", "17.0.0", "17.2.11", "18.0.0", "18.2.0", "19.0.0", "19.0.1")
BOTH_PROTOCOLS = (1, 2)
FIRST_WITH_TWO_PROTOCOLS = 18


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was found in a build: versions of the tracker, and versions of masking rules."""

    trackers: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def read_bundle(folder: Path) -> Bundle:
    """What the texts of a build show; nothing if there is no such folder."""
    trackers, rules = dict[str, None](), dict[str, None]()
    for file in _files(folder):
        text = file.read_text(encoding="utf-8", errors="replace")
        trackers |= dict.fromkeys(FOUND_TRACKER.findall(text))
        rules |= dict.fromkeys(FOUND_STAMP.findall(text))
    return Bundle(tuple(trackers), tuple(rules))


def locked_tracker(source: Path) -> tuple[str, ...]:
    """The version of the tracker in the lock file of an npm project; empty if it names none."""
    try:
        packages = json.loads((source / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        return (str(packages[f"node_modules/{TRACKER}"]["version"]),)
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def spoken_protocols(trackers: Iterable[str]) -> tuple[int, ...]:
    """
    The protocol versions that every one of these trackers can speak; both if nothing is known.

    Trackers before 18 take no notice of the version that a server asks for, and send the first.
    """
    majors = [int(found[1]) for version in trackers if (found := NUMBERS.match(version))]
    return (1,) if majors and min(majors) < FIRST_WITH_TWO_PROTOCOLS else BOTH_PROTOCOLS


def unchecked_trackers(trackers: Iterable[str]) -> tuple[str, ...]:
    """Those versions that were never checked with this suite, made-up ones among them."""
    return tuple(version for version in trackers if version not in CHECKED_TRACKERS)


def _files(folder: Path) -> Iterator[Path]:
    """The texts of a build, and of the tracker where it is served from its package; no others of node_modules."""
    for place, folders, names in os.walk(folder):
        if PACKAGES in folders:
            folders.remove(PACKAGES)
            yield from sorted((Path(place) / PACKAGES / TRACKER / "dist/lib").glob("*.js"))
        folders.sort()
        files = (Path(place, name) for name in sorted(names) if Path(name).suffix in SUFFIXES)
        yield from (file for file in files if file.is_file())
