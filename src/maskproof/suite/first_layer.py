"""Whether the tracker's own options masked all that they can, so that the guard did not have to."""

from maskproof.journey.model import Ledger
from maskproof.verdicts.outcome import Outcome

FIRST_LAYER = "first-layer:"


def check_first_layer(*ledgers: Ledger) -> Outcome:
    """
    Check that the guard never had to redact what the first layer should have masked.

    An application without a guard passes: its leaks show in the masking check.

    Args:
        ledgers: The ledgers of journeys on the instrumented build.

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
