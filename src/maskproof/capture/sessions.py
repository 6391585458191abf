"""Compares sessions started and stored, batches sent and accepted, events sent and pulled."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from maskproof.bundles import unchecked_trackers
from maskproof.capture.message_counts import lost_messages
from maskproof.capture.refusals import blocked_by_policy, refused_events, refused_uploads
from maskproof.journey.failure import first_of
from maskproof.journey.model import Send
from maskproof.recording.journey_record import JourneyRecord
from maskproof.recording.stored_uploads import answered_batches, can_be_compared, lost_uploads
from maskproof.verdicts.outcome import Outcome, joined

SHOWN = 3


def check_capture(*journeys: JourneyRecord, begins_ms: int) -> Outcome:
    """
    Check that each session is stored whole, that Umami has every event that was sent, and that recording began in time.

    Args:
        journeys: The recordings of the journeys of one case. All begin alike, so the quickest one shows how soon
            recording begins: a machine may be busy for a moment.
        begins_ms: How long after its page a recording may begin.

    """
    gaps = [journey.ledger.gap_ms for journey in journeys if journey.ledger.gap_ms is not None]
    outcome = joined(map(_check_journey, journeys))
    trackers = dict.fromkeys(f"tracker {journey.tracker}" for journey in journeys if journey.tracker)
    return replace(
        outcome,
        unseen=(*outcome.unseen, *_late(gaps, begins_ms)),
        figures=_figures(journeys),
        used=tuple(trackers),
    )


def _figures(journeys: Sequence[JourneyRecord]) -> dict[str, float]:
    """Sessions and events, of all journeys together: how many were sent, and how many of these arrived."""
    counts: Counter[str] = Counter(sessions=0, sessions_stored=0, events=0, events_stored=0)
    for journey in journeys:
        sessions, events = journey.ledger.session_ids, _events(journey.ledger.sends)
        counts["sessions"] += len(sessions)
        counts["sessions_stored"] += len(set(sessions).intersection(journey.stored_sessions))
        counts["events"] += events.total()
        counts["events_stored"] += (events & _pulled(journey)).total()
    counts["sent"] = counts["sessions"] + counts["events"]
    counts["arrived"] = counts["sessions_stored"] + counts["events_stored"]
    return {name: float(count) for name, count in counts.items()}


def _check_journey(journey: JourneyRecord) -> Outcome:
    ledger = journey.ledger
    messages = sum(len(recording.messages) for recording in journey.recordings)
    missing = _missing_batches(journey)
    cut_off = _cut_off(journey, missing)
    return Outcome(
        seen=(
            f"{len(ledger.session_ids)} started, {len(journey.stored_sessions)} stored with {messages} messages",
            (
                f"{len(set(ledger.batches))} batches sent; {len(ledger.sends)} Umami events sent, "
                f"{len(journey.umami_events)} pulled; recording began {ledger.gap_ms} ms after the page"
            ),
            *_unknown_tracker(journey),
            *_cut_off_events(journey),
            *(f"batch {batch} was cut off by the browser as its page was left" for batch in cut_off),
        ),
        problems=(
            *_lost_sessions(journey),
            *refused_uploads(ledger, [batch for batch in missing if batch not in cut_off]),
            *_gaps(journey),
            *(
                f"{stray.system}: a {stray.method} that no part of it reads, see {stray.source}"
                for stray in journey.stray
            ),
            *lost_uploads(journey.ledger, journey.recordings),
            *lost_messages(journey),
            *_lost_events(journey),
        ),
        unseen=tuple(_unseen(journey, messages)),
    )


def _unseen(journey: JourneyRecord, messages: int) -> Iterator[str]:
    """Missing evidence: without it, having lost nothing proves nothing."""
    ledger = journey.ledger
    if not ledger.session_ids:
        yield "no session was started"
    if not ledger.batches:
        yield "no batch was sent to OpenReplay"
    if not all(ledger.batches):
        yield "uploads carry no number (an old tracker?), so that a lost one leaves no gap"
    if not messages:
        yield "the stored session holds no message"
    elif not journey.wire and not can_be_compared(ledger, journey.recordings):
        yield "the stored files (version 1) do not show which uploads they hold, so that a lost one leaves no trace"
    if not ledger.sends and not ledger.sends_unanswered:
        yield f"no event was sent to Umami{blocked_by_policy(ledger)}"
    if journey.wire and len(journey.umami_wire) < len(ledger.sends):
        yield f"the tap kept {len(journey.umami_wire)} of {len(ledger.sends)} requests to Umami"
    if ledger.gap_ms is None:
        yield "it is not known when the recording began"


def _unknown_tracker(journey: JourneyRecord) -> Iterator[str]:
    for version in unchecked_trackers([journey.tracker]) if journey.tracker else ():
        yield f"OpenReplay tracker {version} is unknown: this version of Maskproof was never checked with it"


def _late(gaps_ms: Sequence[int], begins_ms: int) -> Iterator[str]:
    if gaps_ms and min(gaps_ms) > begins_ms:
        yield f"recording began {min(gaps_ms)} ms after the page at the soonest, later than {begins_ms} ms"


def _lost_sessions(journey: JourneyRecord) -> Iterator[str]:
    for session in journey.ledger.session_ids:
        if session not in journey.stored_sessions:
            yield f"session {session} was started and is not stored"


def _missing_batches(journey: JourneyRecord) -> list[str]:
    """
    Batches without a good answer that are not on the wire either.

    Without a wire (live) only those that were refused: a batch that was on its way when the page was left looks like a
    lost one. A good answer to a retry counts for the first try too.
    """
    answered = answered_batches(journey.ledger)
    kept = {file.batch for file in journey.wire if file.is_accepted}
    refused = [upload.batch for upload in journey.ledger.batches_refused]
    unanswered = dict.fromkeys(journey.ledger.batches_unanswered if journey.wire else refused)
    return [batch for batch in unanswered if batch not in answered and batch not in kept]


def _cut_off(journey: JourneyRecord, missing: Sequence[str]) -> list[str]:
    """
    Those of the missing batches that were the last of their page and that the browser itself ended.

    The tracker sends its last messages as the page is left, and no browser guarantees that they still go out. That
    is a limit of the tracker, which the report names, and no loss. A missing batch before one that arrived is a loss.
    """
    last = {page: max(numbers) for page, numbers in _numbered(set(journey.ledger.batches) - set(missing)).items()}
    return [
        batch
        for page, numbers in _numbered(missing).items()
        for number, batch in sorted(numbers.items())
        if number > last.get(page, -1) and batch in journey.ledger.batches_cut_off
    ]


def _numbered(batches: Iterable[str]) -> dict[str, dict[int, str]]:
    """Batches by page and sequence number. Numbers begin at 1; a batch of an old tracker has none and counts as 0."""
    pages: dict[str, dict[int, str]] = {}
    for batch in batches:
        page, _, sequence = batch.partition("_")
        pages.setdefault(page, {})[int(sequence) if sequence.isdigit() else 0] = batch
    return pages


def _gaps(journey: JourneyRecord) -> Iterator[str]:
    """Gaps in the sequence numbers of a page: batches that never arrived."""
    arrived = [file.batch for file in journey.wire if file.is_accepted] or journey.ledger.batches
    for page, seen in _numbered(arrived).items():
        missing = sorted(set(range(1, max(seen) + 1)) - seen.keys())
        if missing:
            yield f"page {page}: uploads {', '.join(map(str, missing))} never arrived"


def _lost_events(journey: JourneyRecord) -> Iterator[str]:
    ledger = journey.ledger
    yield from refused_events(ledger.sends_refused)
    sent, unanswered = _events(ledger.sends), _events(ledger.sends_unanswered)
    shown = {send.name: send.shown for send in (*ledger.sends, *ledger.sends_unanswered)}
    pulled = _pulled(journey)
    for kind, name in sent | unanswered:
        count, unknown, found = sent[kind, name], unanswered[kind, name], pulled[kind, name]
        # One that was cut off may have arrived; the browser cannot know.
        if not count <= found <= count + unknown:
            more = f" and {unknown} without an answer" if unknown else ""
            yield f"Umami {kind} {shown[name]}: {count} sent{more}, {found} pulled"
    dropped = [f"{send.kind} {send.shown}".rstrip() for send in ledger.sends if not send.session_id]
    if dropped:
        yield (
            f"{len(dropped)} Umami events were answered without a session: a bot check or an error dropped "
            f"{first_of(dropped, most=SHOWN)}"
        )


def _cut_off_events(journey: JourneyRecord) -> Iterator[str]:
    """Requests whose answer was cut off, as by a link: those that Umami stored are not lost."""
    cut_off = journey.ledger.sends_unanswered
    if not cut_off:
        return
    spare = _pulled(journey) - _events(journey.ledger.sends)
    stored = (spare & _events(cut_off)).total()
    yield (
        f"{len(cut_off)} requests to Umami got no known answer as their page or window was left; "
        f"{stored} of them are stored"
    )


def _pulled(journey: JourneyRecord) -> Counter[tuple[str, str]]:
    return Counter((str(event.kind), event.name) for event in journey.umami_events)


def _events(sends: Iterable[Send]) -> Counter[tuple[str, str]]:
    return Counter((send.kind, send.name) for send in sends if send.kind in {"pageview", "event"})
