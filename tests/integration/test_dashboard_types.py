"""The dashboards fit Grafana's own TypeScript types, of the version that they are built for."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maskproof.machine.node import node
from maskproof.machine.packages import ensure_packages

ROOT = Path(__file__).parents[2]
# Enumerations are types of their own in TypeScript, and no text is one: their texts are what a document has.
HEAD = """import type { Dashboard } from '@grafana/schema';
type Plain<T> = 0 extends 1 & T ? T : T extends string ? `${T}` : T extends (infer U)[] ? Plain<U>[]
  : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
"""
OPTIONS = ("--noEmit", "--strict", "--skipLibCheck", "--moduleResolution", "bundler", "--module", "esnext")
FAULTS: dict[str, Callable[[Any], object]] = {
    "an unknown key": lambda d: d["panels"][0]["fieldConfig"]["defaults"].update(unti="s"),
    "a text for a number": lambda d: d["panels"][0]["gridPos"].update(w="6"),
    "an unknown word": lambda d: d["panels"][0]["fieldConfig"]["defaults"]["thresholds"].update(mode="abs"),
    "an unknown number": lambda d: d.update(graphTooltip=9),
}

pytestmark = pytest.mark.nightly  # it installs TypeScript


def errors(folder: Path, documents: list[Any]) -> list[str]:
    """What the compiler says of these dashboards."""
    lines = [f"export const d{number}: Plain<Dashboard> = {json.dumps(one)};" for number, one in enumerate(documents)]
    packages = ensure_packages(ROOT / "dashboards/types", kind="dashboards")
    (folder / "node_modules").symlink_to(packages)
    (folder / "dashboards.ts").write_text(HEAD + "\n".join(lines))
    command = [str(node()), str(packages / "typescript/bin/tsc"), *OPTIONS, "--target", "es2022", "dashboards.ts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    return [line for line in done.stdout.splitlines() if "error TS" in line]


def dashboards() -> list[Any]:
    return [json.loads(path.read_text()) for path in sorted((ROOT / "dashboards/json").glob("*.json"))]


def test_every_dashboard_fits_the_types(tmp_path: Path) -> None:
    """Of the schema of 11.6, which the SDK is pinned to."""
    assert errors(tmp_path, dashboards()) == []


def test_what_does_not_fit_is_noticed(tmp_path: Path) -> None:
    """Each fault is one error."""
    documents = []
    for change in FAULTS.values():
        document = dashboards()[0]
        change(document)
        documents.append(document)
    assert len(errors(tmp_path, documents)) == len(FAULTS)
