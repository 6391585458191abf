"""Salvage reads everything that decodes in broken files, and lists every byte that does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.openreplay.batches import decode_batch
from maskproof.openreplay.encode import encode_batch, encode_sized, message
from maskproof.openreplay.recording_layout import HEADER_BYTES, layout_of
from maskproof.openreplay.recordings import Recording, decode_recording
from maskproof.openreplay.salvage import salvage_batches, salvage_records

TEXTS = [message("SetNodeData", number, f"text {number}") for number in range(40)]
BATCH = encode_batch(TEXTS, version=2, location="/")
SIZE = len(encode_sized(*TEXTS[0]))
FIRST = len(encode_batch([], version=2, location="/"))


def kept(data: bytes) -> tuple[list[int], list[tuple[int, int]]]:
    """The node ids that salvage finds in batches, and what it lists as unscanned."""
    batches, unscanned = salvage_batches(data, 0, "x")
    nodes = [int(decoded.values[0]) for batch in batches for decoded in batch.messages]
    return nodes, [(stretch.offset, stretch.length) for stretch in unscanned]


def changed(place: int, byte: int) -> bytes:
    """The batch with one byte changed."""
    return BATCH[:place] + bytes([byte]) + BATCH[place + 1 :]


@pytest.mark.parametrize(
    ("at", "byte"), [(0, 0x63), (4 + 2, 0xFF), (4 + 1, 0x30)], ids=["unknown id", "no UTF-8", "text too long"]
)
def test_a_broken_message_of_the_right_size_costs_only_itself(at: int, byte: int) -> None:
    """Messages after an unknown id, an invalid text or fields that do not fit are read."""
    place = FIRST + 3 * SIZE
    nodes, unscanned = kept(changed(place + at, byte))
    assert nodes == [number for number in range(40) if number != 3]
    assert unscanned == [(place, SIZE)]


def test_messages_after_a_broken_size_are_found() -> None:
    """A wrong size hides where the next message begins, so salvage searches for it."""
    place = FIRST + 3 * SIZE
    nodes, unscanned = kept(changed(place + 2, 0xFF))
    assert nodes == [number for number in range(40) if number != 3]
    assert unscanned == [(place, SIZE)]


def test_messages_after_a_broken_header_are_found() -> None:
    """Their page is lost, and version 0 marks this."""
    data = b"\x51\x09" + BATCH[2:]
    batches, unscanned = salvage_batches(data, 0, "x")
    assert len(batches[0].messages) == 40
    assert (batches[0].version, batches[0].stream) == (0, "unknown")
    assert [stretch.reason for stretch in unscanned] == ["batch header version 9 is not known (known: 1 to 5)"]


def test_the_batch_after_noise_is_found() -> None:
    """Noise between two batches costs no message of the second batch."""
    batches, unscanned = salvage_batches(BATCH + b"\xfe" * 100 + BATCH, 0, "x")
    assert [len(batch.messages) for batch in batches] == [40, 40]
    assert [(stretch.offset, stretch.length) for stretch in unscanned] == [(len(BATCH), 100)]


def test_noise_is_unscanned_as_a_whole() -> None:
    """No message is found in noise."""
    nodes, unscanned = kept(b"\xfe" * 1000)
    assert (nodes, unscanned) == ([], [(0, 1000)])


def test_records_without_indexes_are_found_by_many_in_a_row(layouts: dict[str, bytes]) -> None:
    """Ids alone are weak evidence, so many consecutive records are required."""
    data = layouts["v1 without indexes"]
    records = data[HEADER_BYTES:] * 4
    broken = data[:HEADER_BYTES] + records + b"\xfe\xff" + records
    messages, unscanned = salvage_records(broken, layout_of(broken, "x"), "x")
    whole = decode_recording([data[:HEADER_BYTES] + records], source="x")
    assert len(messages) == 2 * len(whole.messages)
    assert [(stretch.offset, stretch.length) for stretch in unscanned] == [(HEADER_BYTES + len(records), 2)]


def is_complete(recording: Recording, start: int, size: int) -> bool:
    """Whether every byte of a file belongs to a message, a header or an unscanned stretch."""
    starts = {decoded.offset for decoded in recording.messages} | {stretch.offset for stretch in recording.unscanned}
    starts |= {batch.offset for batch in recording.batches if batch.version}
    ends = {stretch.offset + stretch.length for stretch in recording.unscanned}
    return min(starts) == start and ends <= starts | {size}


@given(st.integers(0, 1500), st.integers(1, 255), st.sampled_from(["v1", "v2", "old", "old without indexes"]))
def test_fuzz_salvage_reads_all_or_lists_what_it_does_not(
    layouts: dict[str, bytes], place: int, change: int, name: str
) -> None:
    """A changed byte never causes a crash, and what strict reading refuses is listed."""
    data = bytearray(layouts[name])
    data[HEADER_BYTES + place % (len(data) - HEADER_BYTES)] ^= change
    salvaged = decode_recording([bytes(data)], source="x", salvage=True)
    assert is_complete(salvaged, layout_of(bytes(data), "x").start, len(data))
    if not salvaged.unscanned:
        assert salvaged == decode_recording([bytes(data)], source="x")


@given(st.binary(max_size=400))
def test_fuzz_noise_is_never_silently_dropped(noise: bytes) -> None:
    """Noise after a good batch is read as messages or listed, to the last byte."""
    data = BATCH + noise
    batches, unscanned = salvage_batches(data, 0, "x")
    assert len(batches[0].messages) >= len(decode_batch(BATCH, source="x").messages)
    if not unscanned:
        whole = decode_recording([data], source="x")
        assert whole.batches == batches


@pytest.mark.parametrize("name", ["v1", "v2", "old"])
def test_many_faults_cost_little_each(layouts: dict[str, bytes], name: str) -> None:
    """Most messages survive many faults, also where a fault hides where the file continues."""
    start = layout_of(layouts[name], "x").start
    data = bytearray(layouts[name][:start] + layouts[name][start:] * 20)
    whole = len(decode_recording([bytes(data)], source="x").messages)
    for place in range(200, len(data), 400):
        data[place] ^= 0x55
    salvaged = decode_recording([bytes(data)], source="x", salvage=True)
    assert len(salvaged.messages) > 0.85 * whole
