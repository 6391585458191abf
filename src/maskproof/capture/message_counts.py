"""Compares the messages that the ingest accepted with the messages that are stored."""

from collections import Counter
from collections.abc import Iterable, Iterator

from maskproof.openreplay.batches import Message
from maskproof.openreplay.messages import MESSAGES
from maskproof.recording.journey_record import JourneyRecord


def lost_messages(journey: JourneyRecord) -> Iterator[str]:
    """
    Name the kinds of messages that were accepted more often than they are stored.

    Only kinds that the server stores unchanged and in one file are counted (reference 2.4, 4.2). Without a wire
    (live) or without a stored session there is nothing to compare.
    """
    accepted = {file.name for file in journey.wire if file.is_accepted}
    sent = _kinds(
        message for batch in journey.batches if batch.source.partition("#")[0] in accepted for message in batch.messages
    )
    stored = _kinds(message for recording in journey.recordings for message in recording.messages)
    if not stored:
        return
    for kind, count in sent.items():
        if stored[kind] < count:
            yield f"{MESSAGES[kind].name}: {count} messages were accepted, {stored[kind]} are stored"


def _kinds(messages: Iterable[Message]) -> Counter[int]:
    kinds = (message.id for message in messages)
    return Counter(kind for kind in kinds if MESSAGES[kind].stream == "player" and MESSAGES[kind].stored == {"dom"})
