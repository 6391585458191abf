"""Whether two people who do the same leave the same recording."""

from collections.abc import Iterator

from maskproof.leaks import Finding
from maskproof.leaks.twin import Fact, compare_events, compare_twins
from maskproof.openreplay.session import SessionView
from maskproof.outcome import Outcome
from maskproof.recording.evidence import Evidence
from maskproof.recording.recorder import Recorded


def check_twins(recorded: Recorded) -> Outcome:
    """
    Compare the case's two recordings, as stored and on the wire, and the events that Umami stored of both.

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
    for finding in compare_events(_events(recorded.user), _events(recorded.twin), session_id=recorded.user.session_id):
        findings[finding] = None
    unseen = () if sizes and all(not one.startswith("0 ") for one in sizes) else ("there is nothing to compare",)
    events = f"{len(recorded.user.umami_events)} and {len(recorded.twin.umami_events)} analytics events compared"
    return Outcome(seen=(*sizes, events), findings=tuple(finding.to_json() for finding in findings), unseen=unseen)


def _events(evidence: Evidence) -> Iterator[Fact]:
    for event in evidence.umami_events:
        for field, text in event.texts().items():
            yield event.kind, field, event.name, text
    # Where the API does not tell whose data it is (2.10), that of other sessions is among it.
    for datum in (one for one in evidence.umami_data if one.event_id):
        yield "event data", datum.key, datum.event_name, datum.value
