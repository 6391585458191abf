"""Messages are in the order of pages and indexes; an undecoded file that is in order is read as it is."""

import pytest

from maskproof.openreplay.batches import decode_batch
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.order import OutOfOrderError, Part, streams_of
from maskproof.openreplay.recordings import HEADER_V2, Undecoded, decode_recording

ONE = [message("CreateDocument")]


def _batch(first_index: int, *, page_no: int = 0, version: int = 2) -> bytes:
    return encode_batch(ONE, version=version, first_index=first_index, page_no=page_no)


def _places(*parts: Part) -> list[tuple[int, int]]:
    return [place for place, _, records in streams_of(parts) for record in records if record[0] == ONE[0][0]]


def test_decoded_parts_are_sorted() -> None:
    """Single batches and the batches of a recording are sorted together."""
    late, early = (decode_batch(_batch(number), source="") for number in (5, 0))
    recording = decode_recording([HEADER_V2 + _batch(7, page_no=1) + _batch(2)], source="")
    assert _places(late, recording, early) == [(0, 0), (0, 2), (0, 5), (1, 7)]


def test_headers_come_before_their_messages() -> None:
    """A header is a message too: it holds the URL of the page."""
    kinds = [record[0] for _, _, records in streams_of([Undecoded(HEADER_V2 + _batch(0), "")]) for record in records]
    assert kinds == [81, ONE[0][0]]


def test_a_file_in_order_is_read_as_it_is() -> None:
    """Pages and indexes increase from batch to batch."""
    data = HEADER_V2 + _batch(0) + _batch(5) + _batch(0, page_no=1)
    assert _places(Undecoded(data, "")) == [(0, 0), (0, 5), (1, 0)]


def test_streams_of_the_tracker_may_overtake_each_other() -> None:
    """Batches of two streams that are flushed together have overlapping indexes."""
    data = HEADER_V2 + _batch(9) + _batch(3, version=3) + _batch(12) + _batch(10, version=3)
    assert _places(Undecoded(data, "")) == [(0, 9), (0, 3), (0, 12), (0, 10)]


@pytest.mark.parametrize("second", [_batch(4), _batch(9)], ids=["same-page", "earlier-page"])
def test_a_file_out_of_order_is_reported(second: bytes) -> None:
    """A repeated upload arrives after later ones."""
    data = HEADER_V2 + _batch(5, page_no=0 if second == _batch(4) else 1) + second
    with pytest.raises(OutOfOrderError):
        _places(Undecoded(data, ""))
