"""The owner's requirements (Phase 4), and which checks speak for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maskproof.verdicts.results import Result
from maskproof.verdicts.verdict import Verdict, combine

NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One acceptance criterion or integration verification; without checks nothing is said of it."""

    id: str
    text: str
    checks: tuple[str, ...] = ()


REQUIREMENTS = (
    Requirement("4.3 AC1", "OpenReplay SDK installed through npm", ("capture",)),
    Requirement("4.3 AC2", "Umami tracking script integrated", ("analytics",)),
    Requirement("4.3 AC3", "Tracking module in src/lib/tracking/"),
    Requirement("4.3 AC4", "Initialised in main.tsx before React renders, asynchronously"),
    Requirement("4.3 AC5", "No tracking in development mode"),
    Requirement("4.3 AC6", "Session recording and analytics events verified", ("capture", "analytics")),
    Requirement("4.3 IV1", "HMR works with the tracking code present"),
    Requirement("4.3 IV2", "Production build loads without errors", ("behaviour",)),
    Requirement("4.3 IV3", "Tracking does not block rendering", ("overhead",)),
    Requirement(
        "4.4 AC1", "Sanitization rules for e-mail, name, payment, password, SSN, phone", ("masking", "first-layer")
    ),
    Requirement("4.4 AC2", "Selectors and name patterns defined for PII fields", ("rules", "rules-used")),
    Requirement("4.4 AC3", "Automated tests verify masking with fake PII", ("masking", "twin")),
    Requirement("4.4 AC4", "Manual audit of 10 or more sessions"),
    Requirement("4.4 AC5", "Masking configuration documented in the runbook"),
    Requirement("4.4 AC6", "Masking rules versioned in source control", ("rules",)),
    Requirement("4.4 IV1", "Non-PII fields still recorded", ("fidelity",)),
    Requirement("4.4 IV2", "Replay stays usable despite masking", ("fidelity",)),
    Requirement("4.4 IV3", "Validation and submission unaffected by tracking", ("behaviour",)),
    Requirement("4.5 AC1", "Smoke test of the data flow to Grafana dashboards"),
    Requirement("4.5 AC2", "All earlier criteria validated again in the integrated environment"),
    Requirement("4.5 IV1", "Regression tests of the application pass with tracking enabled"),
    Requirement("4.5 IV2", "100 % session capture, overhead under 50 ms", ("capture", "overhead")),
    Requirement("4.5 IV3", "Application works as before instrumentation", ("behaviour",)),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run says of one requirement: a verdict, or that nothing checked it."""

    id: str
    text: str
    verdict: str
    checks: tuple[str, ...]


def answers(results: Sequence[Result], missing: Sequence[str] = ()) -> Iterable[Answer]:
    """
    What a run says of each requirement; one whose checks did not all run is not checked.

    Args:
        results: What was checked.
        missing: Names (`check form-vN`) of what was not; a requirement that needs one of them is never a pass.

    """
    ran = {result.check for result in results}
    gone = {name.partition(" ")[0] for name in missing}
    for requirement in REQUIREMENTS:
        verdict = NOT_CHECKED
        if requirement.checks and ran.issuperset(requirement.checks):
            verdicts: list[Verdict] = [result.verdict for result in results if result.check in requirement.checks]
            verdict = combine([*verdicts, "inconclusive"] if gone.intersection(requirement.checks) else verdicts)
        yield Answer(requirement.id, requirement.text, verdict, requirement.checks)
