"""Sessions started against sessions stored, batches sent against batches kept, events sent against events pulled."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from maskproof.capture.messages import lost_messages
from maskproof.recording.evidence import Evidence
from maskproof.verdicts.outcome import Outcome, joined

MAXIMUM_GAP_MS = 1000


def check_capture(*journeys: Evidence) -> Outcome:
    """
    Hold that each session is stored whole, that Umami has every event that was sent, and that recording began in time.

    Args:
        journeys: What each journey of one case left behind. All begin alike, so that the quickest tells how soon
            recording begins: a machine may be busy for a moment.

    """
    gaps = [one.ledger.gap_ms for one in journeys if one.ledger.gap_ms is not None]
    outcome = joined(map(_check_journey, journeys))
    return replace(outcome, unseen=(*outcome.unseen, *_late(gaps)))


def _check_journey(evidence: Evidence) -> Outcome:
    ledger = evidence.ledger
    messages = sum(len(recording.messages) for recording in evidence.recordings)
    missing = _missing_batches(evidence)
    cut_off = _cut_off(evidence, missing)
    return Outcome(
        seen=(
            f"{len(ledger.session_ids)} started, {len(evidence.stored_sessions)} stored with {messages} messages",
            (
                f"{len(set(ledger.batches))} batches sent; {len(ledger.sends)} Umami events sent, "
                f"{len(evidence.umami_events)} pulled; recording began {ledger.gap_ms} ms after the page"
            ),
            *(f"batch {one} was cut off by the browser as its page was left" for one in cut_off),
        ),
        problems=(
            *_lost_sessions(evidence),
            *(
                f"batch {one} (page_sequence) was sent to OpenReplay and was not accepted"
                for one in missing
                if one not in cut_off
            ),
            *_gaps(evidence),
            *lost_messages(evidence),
            *_lost_events(evidence),
        ),
        unseen=tuple(_unseen(evidence, messages)),
    )


def _unseen(evidence: Evidence, messages: int) -> Iterator[str]:
    """What has to be there so that missing nothing means something."""
    ledger = evidence.ledger
    if not ledger.session_ids:
        yield "no session was started"
    if not ledger.batches:
        yield "no batch was sent to OpenReplay"
    if not all(ledger.batches):
        yield "uploads carry no number (an old tracker?), so that a lost one leaves no gap"
    if not messages:
        yield "the stored session holds no message"
    if not ledger.sends:
        yield "no event was sent to Umami"
    if evidence.wire and len(evidence.umami_wire) < len(ledger.sends):
        yield f"the tap kept {len(evidence.umami_wire)} of {len(ledger.sends)} requests to Umami"
    if ledger.gap_ms is None:
        yield "it is not known when the recording began"


def _late(gaps_ms: Sequence[int]) -> Iterator[str]:
    if gaps_ms and min(gaps_ms) > MAXIMUM_GAP_MS:
        yield f"recording began {min(gaps_ms)} ms after the page at the soonest, later than {MAXIMUM_GAP_MS} ms"


def _lost_sessions(evidence: Evidence) -> Iterator[str]:
    for session in evidence.ledger.session_ids:
        if session not in evidence.stored_sessions:
            yield f"session {session} was started and is not stored"


def _missing_batches(evidence: Evidence) -> list[str]:
    """
    Batches without a good answer that the wire does not have either.

    Without a wire (live) those that were on their way when a page was left cannot be told from lost ones: the
    answer of a retry speaks for its first try, and the message index of the stored session for the rest.
    """
    answered = set(evidence.ledger.batches) - set(evidence.ledger.batches_unanswered)
    kept = {file.batch for file in evidence.wire if file.is_accepted}
    unanswered = dict.fromkeys(evidence.ledger.batches_unanswered) if evidence.wire else ()
    return [batch for batch in unanswered if batch not in answered and batch not in kept]


def _cut_off(evidence: Evidence, missing: Sequence[str]) -> list[str]:
    """
    The last uploads of pages, of those that are missing, that the browser itself ended as the page was left.

    The tracker sends its last messages when a page goes, and no browser promises that they still leave: that is
    the tracker's limit, which a report names, and no loss on the way. One before any that arrived is a loss.
    """
    last = {page: max(numbers) for page, numbers in _numbered(set(evidence.ledger.batches) - set(missing)).items()}
    return [
        batch
        for page, numbers in _numbered(missing).items()
        for number, batch in sorted(numbers.items())
        if number > last.get(page, -1) and batch in evidence.ledger.batches_cut_off
    ]


def _numbered(batches: Iterable[str]) -> dict[str, dict[int, str]]:
    """Batches by page and sequence number, which begin at 1; that of an old tracker's upload is 0."""
    pages: dict[str, dict[int, str]] = {}
    for batch in batches:
        page, _, sequence = batch.partition("_")
        pages.setdefault(page, {})[int(sequence) if sequence.isdigit() else 0] = batch
    return pages


def _gaps(evidence: Evidence) -> Iterator[str]:
    """Sequence numbers of uploads that are missing between others of the same page: they never arrived."""
    arrived = [file.batch for file in evidence.wire if file.is_accepted] or evidence.ledger.batches
    for page, seen in _numbered(arrived).items():
        missing = sorted(set(range(1, max(seen) + 1)) - seen.keys())
        if missing:
            yield f"page {page}: uploads {', '.join(map(str, missing))} never arrived"


def _lost_events(evidence: Evidence) -> Iterator[str]:
    ledger = evidence.ledger
    if ledger.send_failures:
        yield f"{ledger.send_failures} of {len(ledger.sends) + ledger.send_failures} Umami events were not accepted"
    sent = Counter((send.kind, send.name) for send in ledger.sends if send.kind in {"pageview", "event"})
    pulled: Counter[tuple[str, str]] = Counter((event.kind, event.name) for event in evidence.umami_events)
    for (kind, name), count in sent.items():
        if pulled[kind, name] != count:
            yield f"Umami {kind} {name}: {count} sent, {pulled[kind, name]} pulled"
    refused = sum(1 for send in ledger.sends if not send.session_id)
    if refused:
        yield f"{refused} Umami events were answered without a session: a bot check or an error dropped them"
