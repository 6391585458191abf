"""Writes the outcome of one check to its result file, and ends the test with its verdict."""

import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.journey import NotRecorded
from maskproof.recording.recorder import Case
from maskproof.settings_schema import CHROMIUM
from maskproof.suite.safe_outcome import CaseRedaction, safe_outcome
from maskproof.verdicts.checks import CASE_CHECKS
from maskproof.verdicts.criteria import Criterion, named_for
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import CRASHED, NO_CASE, CheckCrashed, Result, settle


class Reporter:
    """
    Takes the outcome of one check of one case.

    Args:
        check: The name of the check.
        case: The form and protocol version; None for a check of the whole run.
        folder: Where the result file is written.
        started: When the check began, in seconds of the monotonic clock.
        criteria: The criteria of the project; the check is listed under the first one that names it.
        redaction: Redacts by the values of the case; for a check of the whole run, by those of all cases.

    """

    def __init__(
        self,
        check: str,
        case: Case | None,
        *,
        folder: Path,
        started: float,
        criteria: Sequence[Criterion] = (),
        redaction: CaseRedaction | None = None,
    ) -> None:
        self._check = check
        self._case = case
        self._folder = folder
        self._started = started
        self._requirement = named_for(check, criteria)
        self._redaction = redaction
        self._outcome: Outcome | None = None

    def conclude(self, check: Callable[[], Outcome]) -> None:
        """
        Run a check and end the test with its verdict.

        Raises:
            CheckFailed: The verdict is fail.
            CheckCrashed: The check has a fault.
            Inconclusive: The verdict is inconclusive.

        """
        try:
            self._outcome = self._safe(check())
        except NotRecorded as error:
            reason = error.reference if self._is_said_by_another(error.reported_by) else str(error)
            self._outcome = self._safe(Outcome(unseen=(reason,)))
            raise Inconclusive(self._outcome.explanation) from None
        except (Inconclusive, ConfigurationError) as error:
            self._outcome = self._safe(Outcome(unseen=(str(error),)))
            raise Inconclusive(self._outcome.explanation) from None
        except Exception as error:  # noqa: BLE001 - its message may hold what was typed, and the test runner prints it
            self._outcome = Outcome(unseen=(f"{CRASHED}: {type(error).__name__} {place_of_error(error)}",))
            raise CheckCrashed(self._outcome.explanation).with_traceback(error.__traceback__) from None
        settle(self._outcome)

    def _is_said_by_another(self, check: str) -> bool:
        """Whether another check of this case says it: not every browser has all checks."""
        return check != self._check and (self._case is None or check in CASE_CHECKS[self._case.browser])

    def _safe(self, outcome: Outcome) -> Outcome:
        if self._redaction is None:
            return outcome
        return safe_outcome(outcome, self._redaction.of(self._case))

    def close(self) -> None:
        """Write the result. A check that ended without an outcome is inconclusive."""
        outcome = self._outcome or Outcome(unseen=("the check ended by an error of its own",))
        case = self._case
        form, protocol, browser = (case.form.id, case.protocol, case.browser) if case else (NO_CASE, 0, CHROMIUM)
        Result.of(
            self._check,
            outcome,
            form=form,
            protocol=protocol,
            started=self._started,
            requirement=self._requirement,
            browser=browser,
        ).write(self._folder)


def place_of_error(error: Exception) -> str:
    """File and line that an error was raised at."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
