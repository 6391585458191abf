"""
Compares the uploads that the server accepted with the batches that it stored, stream by stream.

A real server answers 200 to nearly anything and drops what it cannot use later, so an answer proves nothing. Files of
version 2 hold each batch as it came, and the browser knows what each upload carried; so every accepted upload has
to be found again. A repeated upload is stored twice and counts once.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from maskproof.journey.model import Ledger
from maskproof.openreplay.recordings import Recording

# What an upload of each data type leaves in the stored files; `analytics` goes to the database alone.
STORED_STREAMS = {"player": ("player",), "visual": ("player", "assets"), "devtools": ("devtools",)}
BATCHES = 2


def lost_uploads(ledger: Ledger, recordings: Iterable[Recording]) -> Iterator[str]:
    """
    Name the streams of which fewer batches are stored than uploads were accepted.

    Args:
        ledger: What the browser sent, with the data type of each upload.
        recordings: The stored session; files below version 2 hold no batches and are not compared.

    """
    parts = list(recordings)
    if not can_be_compared(ledger, parts):
        return
    accepted = set(ledger.batches) - (set(ledger.batches_unanswered) - answered_batches(ledger))
    sent = Counter(stream for batch in accepted for stream in STORED_STREAMS.get(ledger.data_types.get(batch, ""), ()))
    stored = Counter(stream for stream, *_ in _distinct(parts))
    for stream, count in sorted(sent.items()):
        if stored[stream] < count:
            yield f"stream {stream}: {count} uploads were accepted, {stored[stream]} are stored"


def can_be_compared(ledger: Ledger, recordings: Sequence[Recording]) -> bool:
    """
    Whether uploads can be found again: the files hold batches, and it is known what each upload carried.

    Args:
        ledger: What the browser sent.
        recordings: The stored session.

    """
    return (
        bool(recordings)
        and all(recording.version == BATCHES for recording in recordings)
        and all(ledger.data_types.get(batch) for batch in ledger.batches)
    )


def answered_batches(ledger: Ledger) -> set[str]:
    """Batches that got a good answer to one of their tries."""
    tries, failed = Counter(ledger.batches), Counter(ledger.batches_unanswered)
    return {batch for batch, count in tries.items() if count > failed[batch]}


def _distinct(recordings: Iterable[Recording]) -> set[tuple[str, int, int, int]]:
    """The stored batches by stream, page, first index and time; a repeated one is the same."""
    return {
        (batch.stream, batch.page_no, batch.first_index, batch.timestamp)
        for recording in recordings
        for batch in recording.batches
    }
