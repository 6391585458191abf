"""
What a shard leaves for `maskproof merge`: a folder with its results, its pictures, and what it is about.

Nothing in it holds a value. It is written last: a shard that was killed leaves none.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from maskproof.errors import Inconclusive, UsageError
from maskproof.evidence.provenance import provenance_of
from maskproof.recording.shards import Shard
from maskproof.settings import Settings
from maskproof.verdicts.checks import SEARCHED
from maskproof.verdicts.pictures import PICTURES_FOLDER
from maskproof.verdicts.results import RESULTS_FOLDER, Result, read_results

FOLDER = "shard"  # below the reports
FILE_NAME = "shard.json"
RESULTS, PICTURES = "results", "pictures"
# What all jobs of one run of a CI share, and no other run: GitHub's, GitLab's, Jenkins'.
RUNS = ("GITHUB_RUN_ID", "CI_PIPELINE_ID", "BUILD_TAG")
SEED_LENGTH = 16
VERSION = 1


@dataclass(frozen=True, slots=True)
class ShardFolder:
    """The folder of a shard that ended."""

    folder: Path
    shard: Shard
    seed: str
    provenance: Mapping[str, str]
    tests_failed: bool

    @property
    def results(self) -> list[Result]:
        """Its results."""
        return read_results(self.folder / RESULTS)

    def moved_to(self, folder: Path) -> "ShardFolder":
        """A copy at another place."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)


def seed_of_shards(settings: Settings, environment: Mapping[str, str] | None = None) -> str:
    """
    The seed that all shards of a run agree on without talking: from what the run is about, and from the run of the CI.

    Args:
        settings: The configuration.
        environment: Environment variables by name; default is those of the process.

    """
    known = os.environ if environment is None else environment
    about = {**provenance_of(settings), **{name: known.get(name, "") for name in RUNS}}
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:SEED_LENGTH]


def write_shard(settings: Settings, shard: Shard, *, seed: str, tests_failed: bool) -> Path:
    """
    Write what `maskproof merge` needs of this run.

    Args:
        settings: The configuration.
        shard: The part of the run.
        seed: The seed of the personas.
        tests_failed: Whether pytest reports that a test failed.

    Returns:
        The folder.

    """
    reports = settings.paths.reports
    folder = reports / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for result in read_results(reports / RESULTS_FOLDER):
        # The reports of the whole run are searched when they are there.
        if result.check != SEARCHED:
            result.write(folder / RESULTS)
    if (reports / PICTURES_FOLDER).is_dir():
        shutil.copytree(reports / PICTURES_FOLDER, folder / PICTURES)
    about = {
        "version": VERSION,
        "shard": str(shard),
        "seed": seed,
        "tests_failed": tests_failed,
        "provenance": provenance_of(settings),
    }
    (folder / FILE_NAME).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    return folder


def read_shard(folder: Path) -> ShardFolder:
    """
    What a shard left.

    Args:
        folder: The folder `shard`, or the folder of reports that it is in.

    Raises:
        UsageError: There is no such folder, or its file is none of this version of Maskproof.
        Inconclusive: The shard did not end.

    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder.", hint="Name the folder reports/shard of each shard.")
    places = [place for place in (folder, folder / FOLDER) if (place / FILE_NAME).is_file()]
    if not places:
        raise Inconclusive(
            f"{folder} has no {FILE_NAME}: no shard ended there.",
            hint="Find out why that shard was ended, and run it again.",
        )
    file = places[0] / FILE_NAME
    try:
        data = _of_this_version(json.loads(file.read_text(encoding="utf-8")))
        about = {str(name): str(value) for name, value in data["provenance"].items()}
        read = ShardFolder(places[0], Shard.of(data["shard"]), data["seed"], about, bool(data["tests_failed"]))
        _ = read.results
    except (ValueError, KeyError, TypeError, AttributeError, UsageError):
        raise UsageError(
            f"{file}: not what a shard of this version of Maskproof writes.",
            hint="Use one version of Maskproof for all shards and for maskproof merge.",
        ) from None
    return read


def _of_this_version(data: dict[str, Any]) -> dict[str, Any]:
    if data["version"] != VERSION:
        raise ValueError(data["version"])
    return data


def check_fit(shards: Sequence[ShardFolder], settings: Settings) -> list[Shard]:
    """
    Check that shards are parts of one run of this checkout.

    Args:
        shards: The shards, at least one.
        settings: The configuration of this checkout, with the target of the run.

    Returns:
        The shards that are missing.

    Raises:
        UsageError: A shard is there twice, or two differ in what they are about.

    """
    first, known = shards[0], dict[int, Path]()
    for shard in shards:
        if shard.shard.count != first.shard.count:
            raise _differ("count", first, shard, str(first.shard), str(shard.shard))
        if shard.shard.number in known:
            raise UsageError(
                f"shard {shard.shard} is there twice: {known[shard.shard.number]} and {shard.folder}.",
                hint="Name each shard once.",
            )
        known[shard.shard.number] = shard.folder
        for name, value in first.provenance.items():
            if shard.provenance.get(name) != value:
                raise _differ(name, first, shard, value, shard.provenance.get(name, ""))
        if shard.seed != first.seed:
            raise _differ("seed", first, shard, first.seed, shard.seed)
    for name, value in provenance_of(settings).items():
        if first.provenance.get(name) != value:
            raise UsageError(
                f"{first.folder} is of another {name} than this checkout: "
                f"{first.provenance.get(name) or 'none'}, and here {value or 'none'}.",
                hint="Merge with the checkout, and the version of Maskproof, that the shards ran with.",
            )
    return [Shard(number, first.shard.count) for number in range(1, first.shard.count + 1) if number not in known]


def take_over(shards: Sequence[ShardFolder], reports: Path) -> None:
    """
    Put results and pictures of all shards where a run has its own.

    Args:
        shards: The shards; none of their folders is below those that are replaced.
        reports: The folder of the reports.

    """
    for name in (RESULTS_FOLDER, PICTURES_FOLDER):
        shutil.rmtree(reports / name, ignore_errors=True)
    for shard in shards:
        for result in shard.results:
            result.write(reports / RESULTS_FOLDER)
        if (shard.folder / PICTURES).is_dir():
            shutil.copytree(shard.folder / PICTURES, reports / PICTURES_FOLDER, dirs_exist_ok=True)


def _differ(name: str, first: ShardFolder, other: ShardFolder, one: str, two: str) -> UsageError:
    hint = "Run all shards from one commit, with one configuration and one target."
    if name == "seed":
        hint = "Shards of one run share a seed: give all of them one MASKPROOF_SEED, or do not set it."
    return UsageError(
        f"{first.folder} and {other.folder} differ in {name}: {one or 'none'}, and {two or 'none'}.", hint=hint
    )
