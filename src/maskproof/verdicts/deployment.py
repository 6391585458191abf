"""
What was verified about a deployment, outside of runs: a file in the folder of the reports, if there is one.

It counts only for the sources that it was made from, so that an old result is never shown for a changed deployment.
"""

import hashlib
import json
from pathlib import Path

from maskproof.verdicts.proofs import EVALUATED, FAILED, LIVE, NOT_CHECKED, Proof

FILE_NAME = "deployment.json"
# The states of a criterion of evidence `deployment`; without a result it is `not checked`.
STATES = frozenset({EVALUATED, LIVE, FAILED, NOT_CHECKED})
GENERATED = frozenset({"__pycache__", "cdk.out"})


def digest_of(folder: Path) -> str:
    """What a result is about, as one digest: names and contents of every file, generated ones left out."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not GENERATED.intersection(path.relative_to(folder).parts):
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_deployment(reports: Path, root: Path) -> dict[str, Proof]:
    """
    The states by criterion; empty where there is no result, or one of other sources.

    Args:
        reports: The folder of the reports.
        root: The folder that the result's own folder of sources is in.

    """
    try:
        document = json.loads((reports / FILE_NAME).read_text(encoding="utf-8"))
        sources = root / document["folder"]
        entries = {entry["id"]: Proof(entry["state"], entry["evidence"]) for entry in document["criteria"]}
        current = bool(entries) and document["sources"] == digest_of(sources)
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {name: entry for name, entry in entries.items() if entry.state in STATES} if current else {}
