"""What people sign is a state of a criterion, for the rules that it is about."""

from datetime import date
from pathlib import Path

import pytest

from maskproof.errors import ConfigurationError
from maskproof.verdicts.proofs import BY_PERSON, FAILED, NOT_CHECKED
from maskproof.verdicts.signatures import Signature, load_signatures, signed

ENTRY = "  - {criteria: [%s], by: A. Officer, role: Privacy officer, day: %s, decision: %s}\n"


def of(day: int, decision: str = "accepted", rules: str = "") -> Signature:
    """A signature of one criterion on one day of a month."""
    return Signature(("A",), "A. Officer", "Privacy officer", date(2027, 1, day), decision, rules, "ten sessions")


def written(folder: Path, entries: str) -> Path:
    """A file of signatures."""
    path = folder / "signatures.yaml"
    path.write_text(f"version: 1\nsigned:\n{entries}" if entries else "version: 1\nsigned: []\n")
    return path


@pytest.mark.parametrize(("decision", "state"), [("accepted", BY_PERSON), ("rejected", FAILED)])
def test_a_signature_says_who_and_when(decision: str, state: str) -> None:
    """A rejection is a failure of the criterion."""
    proof = signed([of(7, decision)], "v1")["A"]
    assert (proof.state, proof.evidence) == (
        state,
        f"{decision} by A. Officer (Privacy officer) on 2027-01-07: ten sessions",
    )


def test_the_latest_signature_counts() -> None:
    """In whatever order the file has them."""
    assert signed([of(9, "rejected"), of(3)], "v1")["A"].state == FAILED
    assert signed([of(3, "rejected"), of(9)], "v1")["A"].state == BY_PERSON


def test_a_signature_of_other_rules_counts_for_nothing() -> None:
    """The masking has changed since somebody looked."""
    proof = signed([of(7, rules="v1")], "v2")["A"]
    assert proof.state == NOT_CHECKED
    assert proof.evidence.endswith("the masking rules have changed since")
    assert signed([of(7, rules="v1")], "v1")["A"].state == BY_PERSON


def test_a_file_is_read(tmp_path: Path) -> None:
    """The day is YAML's date, or text; an empty list signs nothing."""
    assert load_signatures(None, ()) == load_signatures(written(tmp_path, ""), ()) == ()
    for day in ("2027-01-31", "'2027-01-31'"):
        (one,) = load_signatures(written(tmp_path, ENTRY % ("A", day, "accepted")), {"A"})
        assert (one.criteria, one.day, one.decision) == (("A",), date(2027, 1, 31), "accepted")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (ENTRY % ("B", "2027-01-31", "accepted"), r"yaml:3: there is no criterion B that a person can sign"),
        (ENTRY % ("A", "tomorrow", "accepted"), r"yaml:3: expected a day like 2027-01-31, got 'tomorrow'"),
        (ENTRY % ("A", "2027-01-31", "perhaps"), r"yaml:3: signed.0.decision: expected one of accepted, rejected"),
        ("  - {criteria: [A], day: 2027-01-31, decision: accepted}\n", r"yaml:3: signed.0: 'by' is a required"),
    ],
    ids=["unknown", "day", "decision", "nobody"],
)
def test_what_cannot_be_a_signature_is_named(tmp_path: Path, entry: str, message: str) -> None:
    """With file and line."""
    with pytest.raises(ConfigurationError, match=message):
        load_signatures(written(tmp_path, entry), {"A"})
