"""Whether two people who do the same leave the same recording."""

from maskproof.leaks import Finding
from maskproof.leaks.twin import compare_twins
from maskproof.openreplay.session import SessionView
from maskproof.outcome import Outcome
from maskproof.recording.recorder import Recorded


def check_twins(recorded: Recorded) -> Outcome:
    """
    Compare the case's two recordings, as stored and on the wire.

    Args:
        recorded: The case's recordings.

    """
    volatile = recorded.case.form.volatile
    findings: dict[Finding, None] = {}
    sizes = []
    pairs = ((recorded.user.recordings, recorded.twin.recordings), (recorded.user.batches, recorded.twin.batches))
    for mine, others in pairs:
        if not mine and not others:
            continue
        first, second = SessionView(mine), SessionView(others)
        sizes.append(f"{len(first.strings)} and {len(second.strings)} texts compared")
        for finding in compare_twins(first, second, session_id=recorded.user.session_id, volatile=volatile):
            findings[finding] = None
    unseen = () if sizes and all(not one.startswith("0 ") for one in sizes) else ("there is nothing to compare",)
    return Outcome(seen=tuple(sizes), findings=tuple(finding.to_json() for finding in findings), unseen=unseen)
