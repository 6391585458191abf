"""Messages are written as the real tracker writes them."""

import pytest

from maskproof.openreplay.batches import decode_batch
from maskproof.openreplay.encode import encode_batch, message


def test_batches_of_the_real_tracker_are_written_byte_for_byte(uploads: list[bytes]) -> None:
    """A decoded batch encodes to the same bytes."""
    for data in uploads:
        batch = decode_batch(data, source="x")
        written = encode_batch(
            [(decoded.id, decoded.values) for decoded in batch.messages],
            version=batch.version,
            page_no=batch.page_no,
            first_index=batch.first_index,
            timestamp=batch.timestamp,
            location=batch.location,
        )
        assert written == data


def test_a_message_has_all_its_fields() -> None:
    """A wrong number of fields is an error."""
    with pytest.raises(ValueError, match="SetNodeData has 2 fields, got 1"):
        message("SetNodeData", 1)


def test_an_unknown_name_is_an_error() -> None:
    """Only messages of the table can be encoded."""
    with pytest.raises(KeyError):
        message("NoSuchMessage")
