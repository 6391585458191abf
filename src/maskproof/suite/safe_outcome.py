"""What a check says, without a value: every line of every outcome goes through the detector before it is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from maskproof.leaks import ScanOptions, Searcher, values_of
from maskproof.leaks.search.safe_texts import SafeTexts
from maskproof.recording.recorder import ROLES, Case, personas_of
from maskproof.secrets import Secret
from maskproof.verdicts.outcome import Outcome

WHOLE_RUN = ""  # no case


def secrets_of(cases: Iterable[Case], seed: str) -> Iterator[Secret]:
    """
    Every value of both people of each case.

    Args:
        cases: The cases.
        seed: The seed of the run.

    """
    for case in cases:
        for role in ROLES:
            yield from personas_of(case, seed, role).pii_of(case.form)


class CaseRedaction:
    """
    The redaction of each case, by the values of its two people; kept until the next case, since it is slow to make.

    Args:
        seed: The seed of the run.
        cases: The cases of the run.

    """

    def __init__(self, seed: str, cases: Sequence[Case] = ()) -> None:
        self._seed = seed
        self._cases = cases
        self._kept: dict[str, SafeTexts] = {}

    def of(self, case: Case | None) -> SafeTexts:
        """The redaction of a case; of a check of the whole run, by the values of all people."""
        key = case.id if case else WHOLE_RUN
        if key not in self._kept:
            values = values_of(secrets_of([case] if case else self._cases, self._seed))
            self._kept.clear()
            self._kept[key] = SafeTexts(Searcher(values, options=ScanOptions(rare=False)))
        return self._kept[key]


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
