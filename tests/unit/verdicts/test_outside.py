"""Tests of a deployment and signatures are one set of proofs."""

import json
from pathlib import Path

import pytest

from maskproof.settings import Paths
from maskproof.verdicts.deployment import FILE_NAME, digest_of
from maskproof.verdicts.outside import proofs_outside
from maskproof.verdicts.proofs import BY_PERSON, EVALUATED, FAILED

CRITERIA = """version: 1
criteria:
  - {id: D, text: deployed, evidence: deployment}
  - {id: R, text: read, evidence: review}
  - {id: C, text: checked, evidence: checks, checks: [masking]}
"""
LAUNCH = "version: 1\ncriteria:\n  - {id: L, text: launch, evidence: review}\n"
SIGNED = "version: 1\nsigned:\n  - {criteria: [D, R, L], by: Me, role: Owner, day: 2027-01-31, decision: accepted}\n"


def paths(folder: Path, state: str) -> Paths:
    """A project with a result of its deployment's tests, and signatures."""
    for name, text in (("criteria", CRITERIA), ("launch", LAUNCH), ("signatures", SIGNED)):
        (folder / f"{name}.yaml").write_text(text)
    (folder / "deploy").mkdir()
    entries = [{"id": name, "state": state, "evidence": "3 tests"} for name in ("D", "R")]
    result = {"folder": "deploy", "sources": digest_of(folder / "deploy"), "criteria": entries}
    (folder / FILE_NAME).write_text(json.dumps(result))
    files = {name: folder / f"{name}.yaml" for name in ("criteria", "launch", "signatures")}
    return Paths(forms=folder, rules=folder, reports=folder, **files)


@pytest.mark.parametrize(("deployed", "state"), [(EVALUATED, BY_PERSON), (FAILED, FAILED)])
def test_a_signature_counts_more_than_an_evaluation(tmp_path: Path, deployed: str, state: str) -> None:
    """But not more than a failed test; and the tests of a deployment say nothing of other criteria."""
    found = proofs_outside(paths(tmp_path, deployed), "v1")
    assert {name: proof.state for name, proof in found.items()} == {"D": state, "R": BY_PERSON, "L": BY_PERSON}
