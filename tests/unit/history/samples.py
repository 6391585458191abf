"""A summary of a run as `maskproof verify` writes it."""

import json
from pathlib import Path
from typing import Any

FINDING = {
    "kind": "value",
    "value_id": "user.email",
    "category": "email",
    "system": "openreplay",
    "channel": "input value",
    "message": "SetInputValue",
    "field": "value",
    "node": "input#email",
    "encoding": [],
    "match": "exact",
    "gating": True,
}


def result(check: str, verdict: str = "pass", **more: Any) -> dict[str, Any]:
    """One result."""
    common = {
        "form": "sign-up",
        "protocol": 2,
        "findings": [],
        "advisory": [],
        "figures": {},
        "used": [],
        "seconds": 1.5,
    }
    return {"check": check, "verdict": verdict, **common, **more}


def summary(**more: Any) -> dict[str, Any]:
    """A whole run with one leak."""
    return {
        "verdict": "fail",
        "target": "embedded",
        "finished": "2026-11-27 02:00:00 UTC",
        "seed": "feedbeef",
        "rules_version": "abc123",
        "missing": [],
        "results": [
            result("masking", "fail", findings=[FINDING], advisory=[{**FINDING, "gating": False}]),
            result("fidelity"),
            result("capture", figures={"sent": 10.0, "arrived": 10.0}, used=["tracker 17.2.3"]),
            result("capture", form="contact", figures={"sent": 5.0, "arrived": 4.0}, used=["tracker 17.2.3"]),
            result("overhead", form="all", protocol=0, figures={"typing.upper_ms": 12.5, "form_ready.upper_ms": 30.0}),
        ],
        **more,
    }


def reports(folder: Path, data: object = None) -> Path:
    """A folder of reports."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "summary.json").write_text(json.dumps(summary() if data is None else data))
    return folder
