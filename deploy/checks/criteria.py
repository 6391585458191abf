"""What the owner's criteria of stories 4.1 and 4.2 have for them, written for the report of a run."""

import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from maskproof.verdicts.deployment import FILE_NAME, digest_of
from maskproof.verdicts.proofs import EVALUATED, FAILED, LIVE, NOT_CHECKED

__all__ = ["EVALUATED", "FAILED", "LIVE", "NOT_CHECKED", "merged", "states", "write_result"]

FOLDER = "deploy"
ROOT = Path(__file__).parents[2]
RESULT = ROOT / "reports" / FILE_NAME
SMOKE = "not run: make test-deploy-live; evaluated so far: function, behaviours, CORS, firewall"
ACCOUNT = "not run: make test-deploy-live; evaluated so far: the interface is for the office alone"
IMAGES = "not run: needs containers; docs/runbook/deploy.md has the commands"

# What no template can show, and what shows it.
NEEDS_AN_ACCOUNT = {
    "4.1 AC1": IMAGES,
    "4.1 AC5": ACCOUNT,
    "4.1 AC6": "not run: make test-deploy-live; evaluated so far: health checks, grace period, second signal",
    "4.1 IV3": SMOKE,
    "4.2 AC1": IMAGES,
    "4.2 AC5": ACCOUNT,
    "4.2 AC6": "not run: make test-deploy-live, with a session from browser to bucket",
    "4.2 IV3": SMOKE,
}
Entry = tuple[str, str]


def states(outcomes: Mapping[str, Iterable[bool]], verified: str) -> dict[str, Entry]:
    """
    The state of each criterion, with its evidence in one line.

    Args:
        outcomes: For each criterion, whether each of its tests passed.
        verified: What a criterion is whose tests all passed.

    """
    found = {name: (NOT_CHECKED, reason) for name, reason in NEEDS_AN_ACCOUNT.items()}
    for name, passed in outcomes.items():
        results = list(passed)
        if results:
            text = f"{sum(results)} of {len(results)} tests passed, {time.strftime('%Y-%m-%d')}"
            found[name] = (verified if all(results) else FAILED, text)
    return found


def merged(earlier: Mapping[str, Entry], found: Mapping[str, Entry]) -> dict[str, Entry]:
    """
    An earlier result of the same sources, and a new one: evaluation and account each say what the other cannot.

    Args:
        earlier: What an earlier session found.
        found: What this session found; it counts, unless it says less.

    """
    kept = dict(found)
    for name, entry in earlier.items():
        state = found.get(name, (NOT_CHECKED, ""))[0]
        if state == NOT_CHECKED or (state == EVALUATED and entry[0] == LIVE):
            kept[name] = entry if entry[0] != NOT_CHECKED else kept.get(name, entry)
    return kept


def write_result(found: Mapping[str, Entry], path: Path = RESULT) -> None:
    """
    Write the result file, together with what an earlier session found about the same sources.

    Args:
        found: State and evidence of each criterion.
        path: The file.

    """
    digest = digest_of(ROOT / FOLDER)
    entries = sorted(merged(_earlier(path, digest), found).items())
    document = {
        "version": 1,
        "folder": FOLDER,
        "sources": digest,
        "criteria": [{"id": name, "state": state, "evidence": text} for name, (state, text) in entries],
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def _earlier(path: Path, digest: str) -> dict[str, Entry]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if document.get("sources") != digest:
        return {}
    return {entry["id"]: (entry["state"], entry["evidence"]) for entry in document["criteria"]}
