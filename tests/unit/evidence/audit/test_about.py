"""What a run is about, for whoever signs."""

import subprocess
from pathlib import Path

from tests.unit.evidence.conftest import whole_run

from maskproof.evidence.audit.about import UNKNOWN, about, checkout_of
from maskproof.evidence.audit.sessions import Session
from maskproof.evidence.summary import summarise


def _git(folder: Path, *arguments: str) -> None:
    names = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *names, *arguments], check=True, capture_output=True)


def test_the_commit_and_changes_since_are_named(tmp_path: Path) -> None:
    """A report of changed files must not look like one of the commit."""
    _git(tmp_path, "init", "--quiet")
    (tmp_path / "a").write_text("1")
    _git(tmp_path, "add", "a")
    _git(tmp_path, "commit", "--quiet", "--message", "first")
    clean = checkout_of(tmp_path)
    (tmp_path / "a").write_text("2")
    assert len(clean) == 40
    assert checkout_of(tmp_path) == f"{clean}, with 1 changed files"


def test_a_folder_that_is_no_repository_has_no_commit(tmp_path: Path) -> None:
    """It is said, not left out."""
    assert checkout_of(tmp_path) == UNKNOWN


def test_versions_are_those_that_recorded() -> None:
    """Each once; what nobody said is not known."""
    versions = [{"tracker": "19.0.1", "umami": "", "browser": "1.2"}, {"tracker": "18.0.0"}]
    sessions = [Session("Demo", 2, versions=found) for found in versions]
    results = whole_run()
    summary = summarise(results, expected=[], target="embedded", seed="s", rules_version="v")
    facts = dict(about(summary, sessions, (), commit="abc"))
    assert facts["OpenReplay tracker"] == "19.0.1, 18.0.0"
    assert facts["Umami"] == UNKNOWN
    assert facts["Browser"] == "Chromium 1.2, headless"
    assert facts["Commit"] == "abc"
