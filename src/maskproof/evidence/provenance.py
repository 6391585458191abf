"""What a run is about: commit, versions, rules, forms and configuration. Runs that differ in it are no parts of one."""

import hashlib
import os
import subprocess
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from maskproof.rules import compile_rules, load_rules
from maskproof.settings import Settings
from maskproof.verdicts.deployment import digest_of

DEADLINE_S = 10
# What a CI job says of its checkout, where git is not there to be asked.
COMMITS = ("GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT")


def provenance_of(settings: Settings) -> dict[str, str]:
    """
    What a run of a configuration is about, by name; what is not known is empty.

    Raises:
        ConfigurationError: The rules have a fault.

    """
    server, paths = settings.app.server, settings.paths
    judged_by = (settings.file, settings.leaks.baseline, settings.leaks.policy, paths.criteria)
    return {
        "commit": commit_of(settings.file.parent),
        "target": settings.target,
        "maskproof": version("maskproof"),
        "tracker": ", ".join(server.trackers) if server else "",
        "rules": str(compile_rules(load_rules(paths.rules))["version"]),
        "forms": digest_of(paths.forms),
        "configuration": _digest_of_files(path for path in judged_by if path is not None),
    }


def commit_of(folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """
    The commit that is checked out in a folder; empty if nobody knows.

    Args:
        folder: The folder.
        environment: Environment variables by name; default is those of the process.

    """
    known = os.environ if environment is None else environment
    return git(folder, "rev-parse", "HEAD") or next((known[name] for name in COMMITS if known.get(name)), "")


def git(folder: Path, *arguments: str) -> str:
    """
    What git says of a folder; empty if it is not there, or the folder is no checkout.

    Args:
        folder: The folder.
        arguments: The command of git.

    """
    command = ["git", "-C", str(folder), *arguments]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, check=True, timeout=DEADLINE_S)
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip()


def _digest_of_files(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()
