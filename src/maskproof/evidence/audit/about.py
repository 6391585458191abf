"""What a run is about, for whoever signs: commit, versions, rules, target, counts."""

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from maskproof.evidence.audit.sessions import Session
from maskproof.evidence.summary import Summary
from maskproof.rules.model import Rule

UNKNOWN = "not known"
DEADLINE_S = 10


def about(
    summary: Summary, sessions: Sequence[Session], rules: Sequence[Rule], *, commit: str
) -> tuple[tuple[str, str], ...]:
    """
    Name and text of each fact.

    Args:
        summary: The run.
        sessions: Every session that was kept, which know the versions.
        rules: The masking rules.
        commit: The commit, see `commit_of`.

    """
    texts = sum(count for session in sessions for count in (session.looked_at or {}).values())
    return (
        ("Run", f"{summary.finished}, seed {summary.seed}"),
        ("Commit", commit),
        ("Target", summary.target),
        ("OpenReplay tracker", _versions(sessions, "tracker")),
        ("Umami", _versions(sessions, "umami")),
        ("Browser", _chromium(_versions(sessions, "browser"))),
        ("Masking rules", f"{len(rules)} rules, version {summary.rules_version} (a hash of their content)"),
        ("Checks", f"{len(summary.results)} done, {len(summary.missing)} not done"),
        ("Sessions", f"{len(sessions)} journeys kept with pictures; {texts:,} texts of them were searched"),
    )


def commit_of(folder: Path) -> str:
    """The commit that is checked out in a folder, and whether files were changed since."""
    try:
        commit = _git(folder, "rev-parse", "HEAD")
        changed = len(_git(folder, "status", "--porcelain", "--untracked-files=no").splitlines())
    except (OSError, subprocess.SubprocessError):
        return UNKNOWN
    return f"{commit}, with {changed} changed files" if changed else commit


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    asked = subprocess.run(command, capture_output=True, text=True, check=True, timeout=DEADLINE_S)
    return asked.stdout.strip()


def _versions(sessions: Iterable[Session], name: str) -> str:
    found = dict.fromkeys((session.versions or {}).get(name, "") for session in sessions)
    return ", ".join(version for version in found if version) or UNKNOWN


def _chromium(version: str) -> str:
    return version if version == UNKNOWN else f"Chromium {version}, headless"
