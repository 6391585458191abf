"""What was found about a criterion outside of runs: by tests of a deployment, or by a person."""

from dataclasses import dataclass

EVALUATED, LIVE, FAILED = "verified by evaluation", "verified live", "fail"
BY_PERSON = "verified by a person"
NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Proof:
    """The state of one criterion, and its evidence in one line."""

    state: str
    evidence: str
