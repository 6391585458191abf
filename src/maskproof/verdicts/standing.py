"""How every criterion stands: by the last run, by what was found outside of runs, and by what people signed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maskproof.verdicts.criteria import BY_CHECKS, Criterion, judged
from maskproof.verdicts.proofs import BY_PERSON, EVALUATED, LIVE, NOT_CHECKED, Proof
from maskproof.verdicts.verdict import Verdict

VERIFIED = "verified"
STATES = {"pass": VERIFIED, LIVE: VERIFIED, "fail": "failed"}
# What is asked for where there is no proof yet.
WANTED = {
    BY_CHECKS: "no run has asked: maskproof verify",
    "tests": "tests of this repository: make test",
    "review": "a person reads, and signs",
    "audit": "a person looks at recordings, and signs",
    "deployment": "no deployment was evaluated: make test-deploy",
}


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run: when it ended, and its verdict on each check."""

    finished: str
    asked: Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Standing:
    """One criterion: its state, what speaks for it, and in one line what was seen or what is wanted."""

    id: str
    text: str
    state: str
    checks: tuple[str, ...]
    evidence: str

    @property
    def is_met(self) -> bool:
        """Whether somebody or something has verified it."""
        return self.state in {VERIFIED, EVALUATED, BY_PERSON}


def standings(criteria: Sequence[Criterion], last: LastRun | None, outside: Mapping[str, Proof]) -> Iterator[Standing]:
    """
    How each criterion stands.

    Args:
        criteria: The criteria, in their order.
        last: The last run; None before any.
        outside: What was found outside of runs, by criterion.

    """
    for one in criteria:
        proof = _by_run(one, last) if one.evidence == BY_CHECKS else outside.get(one.id)
        proof = proof or Proof(NOT_CHECKED, WANTED[one.evidence])
        evidence = f"{proof.evidence} ({one.note})" if one.note else proof.evidence
        yield Standing(one.id, one.text, STATES.get(proof.state, proof.state), one.checks, evidence)


def _by_run(criterion: Criterion, last: LastRun | None) -> Proof | None:
    if last is None:
        return None
    checks = f"{'check' if len(criterion.checks) == 1 else 'checks'} {', '.join(criterion.checks)}"
    return Proof(judged(criterion, last.asked), f"{checks} of the run of {last.finished}")
