"""Results of checks: the file that each check writes, and how a check ends its test."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from maskproof.errors import Inconclusive
from maskproof.verdicts.checks import TITLES
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.verdict import Verdict

RESULTS_FOLDER = "run/results"  # below the reports
SELECTED_FILE = "run/selected"  # below the reports: how many checks this run has selected
CRASHED = "the check crashed"
NO_CASE = "all"  # the form of a check of the whole run


class CheckFailed(AssertionError):  # noqa: N818 - a verdict, not a fault
    """A check failed. The message lists what was found, never a value."""


class CheckCrashed(Exception):  # noqa: N818 - a fault of a check, without its message
    """A check ended by an error of its own. The message names the error and its place, never a value."""


@dataclass(frozen=True, slots=True)
class Result:
    """
    The result of one check of one form under one protocol version, as written to `summary.json`.

    It took `seconds`, from `started_ms` on (milliseconds since 1970).
    """

    check: str
    form: str
    protocol: int
    requirement: str
    verdict: Verdict
    explanation: str
    seen: tuple[str, ...]
    findings: tuple[dict[str, Any], ...]
    advisory: tuple[dict[str, Any], ...]
    figures: dict[str, float]
    used: tuple[str, ...]
    seconds: float
    started_ms: int = 0

    @classmethod
    def of(
        cls, check: str, outcome: Outcome, *, form: str, protocol: int, started: float, requirement: str = ""
    ) -> "Result":
        """
        The result of a check that ends now.

        Args:
            check: The name of the check.
            outcome: Its outcome.
            form: Id of the form fixture; `all` for a check of the whole run.
            protocol: Version of the tracker's protocol; 0 for a check of the whole run.
            started: When the check began, in seconds of the monotonic clock.
            requirement: The criterion that it is listed under; empty for the title of the check.

        """
        seconds = time.monotonic() - started
        return cls(
            check=check,
            form=form,
            protocol=protocol,
            requirement=requirement or TITLES[check],
            verdict=outcome.verdict,
            explanation=outcome.explanation,
            seen=outcome.seen,
            findings=outcome.findings,
            advisory=outcome.advisory,
            figures=outcome.figures,
            used=outcome.used,
            seconds=round(seconds, 3),
            started_ms=round((time.time() - seconds) * 1000),
        )

    @property
    def name(self) -> str:
        """The name of the check in `missing` of a summary: `check form-vN`, or `check all`."""
        return f"{self.check} {self.form}" + (f"-v{self.protocol}" if self.protocol else "")

    @property
    def is_crashed(self) -> bool:
        """Whether the check itself is at fault: it said nothing, by an error of its own."""
        return self.explanation.startswith(CRASHED)

    def write(self, folder: Path) -> None:
        """Write the result to the folder as one JSON file."""
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{self.check}-{self.form}-v{self.protocol}.json"
        (folder / name).write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")


def read_results(folder: Path) -> list[Result]:
    """Every result of a run, in order of check, form and protocol version."""
    read = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json")))
    lists = ("seen", "findings", "advisory", "used")
    return [Result(**{**data, **{name: tuple(data[name]) for name in lists}}) for data in read]


def settle(outcome: Outcome) -> None:
    """
    End a check with its verdict.

    Raises:
        CheckFailed: There are problems or findings.
        Inconclusive: There is no evidence, or some is missing.

    """
    if outcome.verdict == "fail":
        raise CheckFailed(outcome.explanation)
    if outcome.verdict == "inconclusive":
        raise Inconclusive(outcome.explanation)
