"""
How fast recordings are decoded on one core, and how much memory that takes.

The recordings are sessions of the real tracker (tests/data/openreplay-wire), concatenated to about 3.5 MB, in both
file versions. Every message of the result is a Python tuple with all its fields as objects. Times are CPU times, the
best of several runs. They are also compared with a naive decoder, a loop over the fields of the message table, because
that ratio is about the same on every machine.
"""

import io
import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import zstandard

from benchmarks.figures import Figure
from maskproof.openreplay.batches import decode_batch, split_visual
from maskproof.openreplay.encode import encode_record
from maskproof.openreplay.messages import BATCH_METADATA, MESSAGES
from maskproof.openreplay.primitives import Value, read_uint
from maskproof.openreplay.recording_layout import HEADER_BYTES, HEADER_V1, HEADER_V2
from maskproof.openreplay.recordings import decode_recording
from maskproof.openreplay.session import SessionView
from maskproof.openreplay.streams import stream_records
from maskproof.openreplay.unpack import unpacked

WIRE = Path(__file__).parents[1] / "tests" / "data" / "openreplay-wire"
SIZE = 3_500_000
RUNS = 5
CHUNK = 1 << 16
MEGABYTE = 1e6
MESSAGES_BAR, MB_BAR = 600_000, 40
# The speed of the project's first, naive decoder in MB/s, on the machine that the bars above are for.
NAIVE_MB = 24


def uploads() -> list[bytes]:
    """Every batch of the recorded sessions."""
    found: list[bytes] = []
    for folder in sorted(WIRE.iterdir()):
        for request in json.loads((folder / "manifest.json").read_text())["requests"]:
            if request["file"] and "-i-" in request["file"]:
                body = (folder / request["file"]).read_bytes()
                split = request["query"].partition("&split=")[2]
                found += split_visual(body, int(split)) if split else [body]
    return found


def recording_v2(size: int) -> bytes:
    """A recording of version 2 with about `size` bytes."""
    batches = b"".join(uploads())
    return HEADER_V2 + batches * round(size / len(batches))


def recording_v1(size: int) -> bytes:
    """A recording of version 1 with the same messages, with about `size` bytes."""
    messages = [message for data in uploads() for message in decode_batch(data, source="").messages]
    records = b"".join(encode_record(index, message.id, message.values) for index, message in enumerate(messages))
    return HEADER_V1 + records * round(size / len(records))


def chunks(data: bytes) -> Iterator[bytes]:
    """The data in pieces, as they are read from a file."""
    file = io.BytesIO(data)
    while chunk := file.read(CHUNK):
        yield chunk


def decode(data: bytes) -> int:
    """Decode a recording piece by piece; the number of its messages."""
    return sum(map(len, stream_records(unpacked(chunks(data)), source="")))


def decode_naively(data: bytes) -> int:
    """Decode a recording of version 2 with a loop over the fields of each message; the number of its messages."""
    position, count = HEADER_BYTES, 0
    while position < len(data):
        kind, position = read_uint(data, position)
        if kind != BATCH_METADATA:
            position += 3
        fields: dict[str, Value] = {}
        for field in MESSAGES[kind].fields:
            number, position = read_uint(data, position)
            if field.type == "string":
                fields[field.name] = data[position : position + number].decode()
                position += number
            else:
                fields[field.name] = number
        count += 1
    return count


def cpu_seconds(run: Callable[[bytes], object], data: bytes, runs: int = RUNS) -> float:
    """
    The least CPU time of several runs.

    Args:
        run: Called with the data.
        data: A recording.
        runs: How often it is called.

    Returns:
        Seconds of CPU time.

    """
    times = []
    for _ in range(runs):
        started = time.process_time()
        run(data)
        times.append(time.process_time() - started)
    return min(times)


def peak_mb(data: bytes) -> float:
    """The peak memory of decoding in MB, without the file itself."""
    tracemalloc.start()
    decode(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / MEGABYTE


def view(data: bytes) -> object:
    """Read a recording as a session: documents, dictionaries, texts."""
    return SessionView([decode_recording([data], source="")])


def figures() -> Iterator[Figure]:
    """Speed for both file versions, for a compressed file and for a whole session; peak memory for two sizes."""
    v1, v2 = recording_v1(SIZE), recording_v2(SIZE)
    for name, data in (("v1", v1), ("v2", v2)):
        seconds, count = cpu_seconds(decode, data), decode(data)
        yield Figure(f"decoding.{name}_messages_s", count / seconds, "messages/s", MESSAGES_BAR, "more")
        yield Figure(f"decoding.{name}_mb_s", len(data) / MEGABYTE / seconds, "MB/s", MB_BAR, "more")
    naive = cpu_seconds(decode_naively, v2, runs=3) / cpu_seconds(decode, v2)
    yield Figure("decoding.times_naive", naive, "ratio", MB_BAR / NAIVE_MB, "more")
    packed = zstandard.compress(v2, 1)
    yield Figure("decoding.zstd_mb_s", len(v2) / MEGABYTE / cpu_seconds(decode, packed), "MB/s", None, "more")
    yield Figure("decoding.session_mb_s", len(v2) / MEGABYTE / cpu_seconds(view, v2, runs=3), "MB/s", None, "more")
    small, large = peak_mb(recording_v2(SIZE // 8)), peak_mb(recording_v2(SIZE))
    yield Figure("decoding.peak_mb", large, "MB", 8)
    yield Figure("decoding.peak_of_8_times_the_file", large / small, "ratio", 1.2)
