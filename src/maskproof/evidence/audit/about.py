"""What a run is about, for whoever signs: commit, versions, rules, target, counts."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from maskproof.evidence.audit.sessions import Session
from maskproof.evidence.provenance import commit_of, git
from maskproof.evidence.summary import Summary
from maskproof.rules.model import Rule

UNKNOWN = "not known"


def about(
    summary: Summary, sessions: Sequence[Session], rules: Sequence[Rule], *, commit: str
) -> tuple[tuple[str, str], ...]:
    """
    Name and text of each fact.

    Args:
        summary: The run.
        sessions: Every session that was kept, which know the versions.
        rules: The masking rules.
        commit: The commit, see `checkout_of`.

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


def checkout_of(folder: Path) -> str:
    """The commit that is checked out in a folder, and how many files were changed since."""
    changed = len(git(folder, "status", "--porcelain", "--untracked-files=no").splitlines())
    commit = commit_of(folder) or UNKNOWN
    return f"{commit}, with {changed} changed files" if changed else commit


def _versions(sessions: Iterable[Session], name: str) -> str:
    found = dict.fromkeys((session.versions or {}).get(name, "") for session in sessions)
    return ", ".join(version for version in found if version) or UNKNOWN


def _chromium(version: str) -> str:
    return version if version == UNKNOWN else f"Chromium {version}, headless"
