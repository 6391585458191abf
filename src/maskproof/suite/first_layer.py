"""Whether the tracker's own options masked all that they can, so that the guard did not have to."""

from collections.abc import Mapping, Sequence

from maskproof.forms.model import SecondLayer
from maskproof.journey.model import Ledger
from maskproof.verdicts.declared import declared_second_layer
from maskproof.verdicts.outcome import Outcome

FIRST_LAYER = "first-layer:"


def check_first_layer(*ledgers: Ledger, has_guard: bool = True, declared: Sequence[SecondLayer] = ()) -> Outcome:
    """
    Check that the guard never had to redact what the first layer should have masked.

    An application that is declared to have none passes: its leaks show in the masking check.

    Args:
        ledgers: The ledgers of journeys on the instrumented build.
        has_guard: Whether a guard is expected to report, `[app] guard`.
        declared: The channels that the fixture leaves to the guard.

    """
    reports = [ledger.guard_report for ledger in ledgers if ledger.guard_report is not None]
    if ledgers and not reports and not has_guard:
        return Outcome(seen=("[app] guard = false: one layer, which the masking check judges",))
    left = {entry.channel for entry in declared}
    problems = [
        f"{name.removeprefix(FIRST_LAYER)}: the guard redacted {count} times what the tracker's options let through"
        for report in reports
        for name, count in report.items()
        if name.startswith(FIRST_LAYER) and count and name.removeprefix(FIRST_LAYER) not in left
    ]
    silent = len(ledgers) - len(reports)
    expected = sum(count for report in reports for name, count in report.items() if not name.startswith(FIRST_LAYER))
    return Outcome(
        seen=(
            *((f"the guard redacted {expected} times where options cannot reach",) if reports else ()),
            *(
                declared_second_layer(one.channel, one.why, sum(_counted(report, one.channel) for report in reports))
                for one in declared
            ),
        ),
        problems=tuple(problems),
        unseen=(_silent(silent, len(ledgers)),) if silent else (),
    )


def _counted(report: Mapping[str, int], channel: str) -> int:
    return report.get(f"{FIRST_LAYER}{channel}", 0)


def _silent(silent: int, journeys: int) -> str:
    line = f"{silent} of {journeys} journeys ended without the guard's report"
    return f"{line}; an application without a guard says so: [app] guard = false" if silent == journeys else line
