"""Results of checks, without a run."""

from typing import Any

from maskproof.settings_schema import CHROMIUM
from maskproof.verdicts.checks import TITLES, WHOLE_RUN
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import NO_CASE, Result

ALL_CHECKS = tuple(TITLES)
CASE_CHECKS = tuple(check for check in ALL_CHECKS if check not in WHOLE_RUN)
FINDING: dict[str, Any] = {
    "kind": "value",
    "gating": True,
    "accepted_by": None,
    "category": "email",
    "session_id": "7",
    "value_id": "user.email",
    "match": "exact",
    "encoding": ["base64"],
    "system": "openreplay",
    "channel": "console",
    "message": "ConsoleLog",
    "field": "Value",
    "node": None,
    "source": "demo/devtools",
    "offset": 7,
}
BAD = {"fail": Outcome(findings=(FINDING,)), "inconclusive": Outcome(unseen=("nothing was recorded",))}


def result(check: str, verdict: str = "pass", form: str = "demo", protocol: int = 1, browser: str = CHROMIUM) -> Result:
    """The result of one check."""
    outcome = BAD.get(verdict, Outcome(seen=("something",)))
    return Result.of(check, outcome, form=form, protocol=protocol, started=0.0, browser=browser)


def whole_run() -> list[Result]:
    """Every check of one form, and those of the whole run."""
    rest = (check for check in ALL_CHECKS if check not in CASE_CHECKS)
    return [*map(result, CASE_CHECKS), *(result(check, form=NO_CASE, protocol=0) for check in rest)]
