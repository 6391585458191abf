"""What a check says, without a value: every line of every outcome goes through the detector before it is written."""

from dataclasses import replace

from maskproof.leaks import ScanOptions, Searcher, values_of
from maskproof.leaks.search.safe_texts import SafeTexts
from maskproof.recording.recorder import ROLES, Case, personas_of
from maskproof.verdicts.outcome import Outcome


class CaseRedaction:
    """
    The redaction of each case, by the values of its two people; kept until the next case, since it is slow to make.

    Args:
        seed: The seed of the run.

    """

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._kept: dict[str, SafeTexts] = {}

    def of(self, case: Case) -> SafeTexts:
        """The redaction of a case."""
        if case.id not in self._kept:
            people = [personas_of(case, self._seed, role) for role in ROLES]
            values = values_of(secret for personas in people for secret in personas.pii_of(case.form))
            self._kept.clear()
            self._kept[case.id] = SafeTexts(Searcher(values, options=ScanOptions(rare=False)))
        return self._kept[case.id]


def safe_outcome(outcome: Outcome, safe: SafeTexts) -> Outcome:
    """
    An outcome of which no line holds a value.

    Args:
        outcome: The outcome as the check made it.
        safe: Redacts by the values of the case.

    """
    return replace(
        outcome,
        seen=safe.texts(outcome.seen),
        problems=safe.texts(outcome.problems),
        unseen=safe.texts(outcome.unseen),
        findings=tuple(map(safe.value, outcome.findings)),
        advisory=tuple(map(safe.value, outcome.advisory)),
    )
