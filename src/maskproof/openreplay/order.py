"""
Puts the messages of a session in the order of pages and indexes. Repeated uploads arrive out of that order.

A stored file is read batch by batch in file order while the batches of each tracker stream are in order. Only a file
that is out of order is decoded completely and sorted.
"""

from collections.abc import Iterable, Iterator, Sequence

from maskproof.openreplay.batches import Batch
from maskproof.openreplay.changes import Fields
from maskproof.openreplay.messages import BATCH_METADATA
from maskproof.openreplay.recordings import Recording, Undecoded

Part = Batch | Recording | Undecoded
# Page and index, source, and messages as records; the message table gives the types of their values.
Stream = tuple[tuple[int, int], str, Sequence[tuple[int, Fields, int, int]]]


class OutOfOrderError(Exception):
    """The batches of a file are not in the order of their pages and indexes."""


def streams_of(parts: Sequence[Part]) -> Iterable[Stream]:
    """
    The messages of a session in the order of pages and indexes.

    Args:
        parts: The parts of the session. A part that is not decoded yet must be the only one.

    Raises:
        OutOfOrderError: A part that is not decoded yet is out of order; it must be decoded first.
        DecodeError: A part that is not decoded yet is broken.

    """
    if any(isinstance(part, Undecoded) for part in parts):
        return _streams(parts)
    return sorted(_streams(parts), key=lambda stream: stream[0])


def _streams(parts: Iterable[Part]) -> Iterator[Stream]:
    for number, part in enumerate(parts):
        if isinstance(part, Undecoded):
            yield from _as_they_came(part)
        elif isinstance(part, Batch):
            if part.version:
                yield (part.page_no, part.first_index), part.source, (part.header_message,)
            yield (part.page_no, part.first_index), part.source, part.messages.records
        elif part.batches:
            yield from _streams(part.batches)
        else:
            yield (0, number), part.source, part.messages.records


def _as_they_came(part: Undecoded) -> Iterator[Stream]:
    """The batches of a file, while the batches of each tracker stream are in order."""
    last: dict[object, tuple[int, int]] = {}
    key = (0, 0)
    for records in part.records():
        if records and records[0][0] == BATCH_METADATA:
            version, page_no, first_index, _, _ = records[0][1]
            key = (page_no, first_index)  # type: ignore[assignment]  # numbers, by the message table
            if key < last.get(version, key):
                raise OutOfOrderError
            last[version] = key
        yield key, part.source, records
