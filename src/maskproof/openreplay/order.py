"""
The order of a session's messages: that of pages and indexes, which uploads that were repeated do not keep.

A stored file is read as it came, batch by batch, as long as the batches of each of the tracker's streams are in
order; all of it is decoded first only where they are not.
"""

from collections.abc import Iterable, Iterator, Sequence

from maskproof.openreplay.batches import Batch
from maskproof.openreplay.changes import Fields
from maskproof.openreplay.messages import BATCH_METADATA
from maskproof.openreplay.recordings import Recording, Undecoded

Part = Batch | Recording | Undecoded
# Page and index, source, and messages: records, of which the table says what types the values are of.
Stream = tuple[tuple[int, int], str, Sequence[tuple[int, Fields, int, int]]]


class OutOfOrderError(Exception):
    """Batches do not come in the order of their pages and indexes."""


def streams_of(parts: Sequence[Part]) -> Iterable[Stream]:
    """
    The messages of a session in the order of pages and indexes.

    Args:
        parts: What it is made of; what is not decoded yet has to be the only one.

    Raises:
        OutOfOrderError: It was not decoded yet, and has to be, to be put in order.
        DecodeError: It was not decoded yet, and is broken.

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
    """The batches of a file, as long as those of each of the tracker's streams come in order."""
    last: dict[object, tuple[int, int]] = {}
    key = (0, 0)
    for records in part.records():
        if records and records[0][0] == BATCH_METADATA:
            version, page_no, first_index, _, _ = records[0][1]
            key = (page_no, first_index)  # type: ignore[assignment]  # numbers, as the table says
            if key < last.get(version, key):
                raise OutOfOrderError
            last[version] = key
        yield key, part.source, records
