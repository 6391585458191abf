"""What the owner's criteria of stories 4.1 and 4.2 have for them, written for the report of a run."""

import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "reports" / "deployment.json"
EVALUATED, LIVE, FAILED, OPEN = "verified by evaluation", "verified live", "fail", "not checked"

# What no template can show, and what shows it.
NEEDS_AN_ACCOUNT = {
    "4.1 AC1": "needs containers: docs/runbook/deploy.md has the commands",
    "4.1 AC5": "make test-deploy-live: first accounts; evaluated so far: the interface is for the office alone",
    "4.1 AC6": "make test-deploy-live: recovery; evaluated so far: health checks, grace period, second signal",
    "4.1 IV3": "make test-deploy-live: smoke; evaluated so far: function, behaviours, CORS, firewall",
    "4.2 AC1": "needs containers: docs/runbook/deploy.md has the commands",
    "4.2 AC5": "make test-deploy-live: first accounts; evaluated so far: the interface is for the office alone",
    "4.2 AC6": "make test-deploy-live: a session from browser to bucket",
    "4.2 IV3": "make test-deploy-live: smoke; evaluated so far: function, behaviours, CORS, firewall",
}


def digest_of_sources(folder: Path = ROOT / "deploy") -> str:
    """What was checked, as one digest: names and contents of the files of `deploy/`, generated ones left out."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and "cdk.out" not in path.parts:
            digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def states(outcomes: Mapping[str, Iterable[bool]], verified: str) -> dict[str, tuple[str, str]]:
    """
    The state of each criterion, with its evidence in one line.

    Args:
        outcomes: For each criterion, whether each of its tests passed.
        verified: What a criterion is whose tests all passed.

    """
    found = {name: (OPEN, reason) for name, reason in NEEDS_AN_ACCOUNT.items()}
    for name, passed in outcomes.items():
        results = list(passed)
        if results:
            text = f"{sum(results)} of {len(results)} tests passed"
            found[name] = (verified if all(results) else FAILED, text)
    return found


def write_result(found: Mapping[str, tuple[str, str]], path: Path = RESULT) -> None:
    """
    Write the result file; what an earlier run verified live about the same sources is kept.

    Args:
        found: State and evidence of each criterion.
        path: The file.

    """
    digest = digest_of_sources()
    kept = {name: (entry["state"], entry["evidence"]) for name, entry in _earlier(path, digest).items()}
    kept = {name: entry for name, entry in kept.items() if entry[0] == LIVE}
    merged = {**found, **{name: entry for name, entry in kept.items() if found.get(name, (OPEN,))[0] != FAILED}}
    document = {
        "version": 1,
        "finished": time.strftime("%Y-%m-%d %H:%M:%S %Z"),
        "sources": digest,
        "criteria": [{"id": name, "state": state, "evidence": text} for name, (state, text) in sorted(merged.items())],
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _earlier(path: Path, digest: str) -> dict[str, dict[str, str]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {entry["id"]: entry for entry in document["criteria"]} if document.get("sources") == digest else {}
