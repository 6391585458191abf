"""Whether the tracker's own options mask by themselves, or the guard had to work in their place."""

from maskproof.journey.model import Ledger
from maskproof.verdicts.outcome import Outcome

FIRST_LAYER = "first-layer:"


def check_first_layer(*ledgers: Ledger) -> Outcome:
    """
    Hold that the guard never had to redact what the first layer should have.

    An application without a guard says nothing here: its leaks show in the masking check.

    Args:
        ledgers: Of instrumented journeys.

    """
    reports = [ledger.guard_report for ledger in ledgers if ledger.guard_report is not None]
    if ledgers and not reports:
        return Outcome(seen=("the application reports no guard: one layer, which the masking check judges",))
    problems = [
        f"{name.removeprefix(FIRST_LAYER)}: the guard redacted {count} times what the tracker's options let through"
        for report in reports
        for name, count in report.items()
        if name.startswith(FIRST_LAYER) and count
    ]
    silent = len(ledgers) - len(reports)
    expected = sum(count for report in reports for name, count in report.items() if not name.startswith(FIRST_LAYER))
    return Outcome(
        seen=(f"the guard redacted {expected} times where options cannot reach",) if reports else (),
        problems=tuple(problems),
        unseen=(f"{silent} of {len(ledgers)} journeys ended without the guard's report",) if silent else (),
    )
