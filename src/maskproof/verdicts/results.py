"""Results of checks: the file that each check writes, and how a check ends its test."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from maskproof.errors import Inconclusive
from maskproof.settings_schema import CHROMIUM
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
    The result of one check of one form under one protocol version in one browser, as written to `summary.json`.

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
    browser: str = CHROMIUM

    @classmethod
    def of(
        cls,
        check: str,
        outcome: Outcome,
        *,
        form: str,
        protocol: int,
        started: float,
        requirement: str = "",
        browser: str = CHROMIUM,
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
            browser: The browser that it was made in.

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
            browser=browser,
        )

    @property
    def name(self) -> str:
        """The name of the check in `missing` of a summary: `check form-vN`, `check form-vN-firefox`, or `check all`."""
        return f"{self.check} {self.case}"

    @property
    def case(self) -> str:
        """The id of its case; `all` for a check of the whole run."""
        return case_id(self.form, self.protocol, self.browser) if self.protocol else self.form

    @property
    def circumstances(self) -> str:
        """Protocol version and, where it is not Chromium, the browser: `2`, or `2 in Firefox`."""
        return str(self.protocol) + in_browser(self.browser)

    @property
    def is_crashed(self) -> bool:
        """Whether the check itself is at fault: it said nothing, by an error of its own."""
        return self.explanation.startswith(CRASHED)

    def write(self, folder: Path) -> None:
        """Write the result to the folder as one JSON file."""
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{self.check}-{case_id(self.form, self.protocol, self.browser)}.json"
        (folder / name).write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")


def case_id(form: str, protocol: int, browser: str) -> str:
    """
    What one form under one protocol version in one browser is called: `sign-up-v1`, or `sign-up-v1-firefox`.

    Args:
        form: The id of the form fixture.
        protocol: Version of the tracker's protocol.
        browser: The browser; Chromium is not named.

    """
    return f"{form}-v{protocol}" + ("" if browser == CHROMIUM else f"-{browser}")


def in_browser(browser: str) -> str:
    """The words that name a browser behind something, ` in Firefox`; none for Chromium."""
    return "" if browser == CHROMIUM else f" in {browser.title()}"


def read_results(folder: Path) -> list[Result]:
    """Every result of a run, in order of check, form and protocol version, those of Chromium first."""
    files = sorted(folder.glob("*.json"), key=lambda path: path.stem)
    read = (json.loads(path.read_text(encoding="utf-8")) for path in files)
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
