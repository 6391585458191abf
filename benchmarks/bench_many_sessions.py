"""
How long a scan of 1,000 stored sessions of 1 MB takes on two cores, from files to a verdict.

Every session is made of messages of the real tracker (tests/data/openreplay-wire) in their original order, with texts
that occur in no other session. It is stored like on the server: file version 2, zstd at its fastest level. The size of
1 MB is before compression. `MASKPROOF_BENCH_SESSIONS` sets another number; then the bar is per session.
"""

import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import zstandard

from benchmarks.bench_decoding import uploads
from benchmarks.figures import Figure
from maskproof.errors import EXIT_FAIL
from maskproof.openreplay.batches import decode_batch
from maskproof.openreplay.encode import encode_batch
from maskproof.openreplay.messages import BY_NAME
from maskproof.openreplay.primitives import Values
from maskproof.openreplay.recording_layout import HEADER_V2

SESSIONS = int(os.environ.get("MASKPROOF_BENCH_SESSIONS", "1000"))
SECONDS_A_SESSION = 0.06
WORKERS = 2
SIZE = 1_000_000
MEGABYTE = 1 << 20
TEXT = BY_NAME["SetNodeData"].id
# Replaced by the number of the session, which has the same length.
MARK = b"@@@@"
# The values to look for: category and value by id. One of them is in one of the sessions.
VALUES = {
    "email": ("email", "quiet.lantern@example.com"),
    "name": ("name", "Ottilie Wrenfield"),
    "password": ("password", "Velvet-Anchor-77"),
    "ssn": ("ssn", "900-55-1234"),
    "phone": ("phone", "+1 415 555 0123"),
    "card": ("payment", "4111 1111 1111 1111"),
    "address": ("address", "17 Larkspur Crescent"),
    "birth": ("date_of_birth", "1984-02-29"),
}


def template() -> bytes:
    """A session of many pages, with `MARK` in every text that is not only white space."""
    batches = [decode_batch(data, source="") for data in uploads() if decode_batch(data, source="").version != 1]
    data, numbers = bytearray(HEADER_V2), itertools.count()
    page_no = 0
    for batch in itertools.cycle(batches):
        page_no += batch.first_index == 0
        messages = [_marked(message.id, message.values, next(numbers)) for message in batch.messages]
        data += encode_batch(
            messages,
            version=batch.version,
            page_no=page_no,
            first_index=batch.first_index,
            timestamp=batch.timestamp,
            location=batch.location,
        )
        if len(data) >= SIZE:
            return bytes(data)
    raise AssertionError


def _marked(kind: int, values: Values, number: int) -> tuple[int, Values]:
    if kind != TEXT or not str(values[1]).strip():
        return kind, values
    return kind, (values[0], f"{values[1]} {number} {MARK.decode()}")


def write_sessions(folder: Path, count: int) -> None:
    """
    Write sessions as the server stores them; one of them holds a value.

    Args:
        folder: Existing folder; each session gets a folder of its own in it.
        count: Number of sessions.

    """
    data = template()
    packer = zstandard.ZstdCompressor(level=1)
    leak = VALUES["email"][1].encode()
    for number in range(count):
        session = data.replace(MARK, b"%04d" % number)
        if number == count // 2:
            session = HEADER_V2 + encode_batch([(TEXT, (1, leak.decode()))], version=2) + session[len(HEADER_V2) :]
        target = folder / f"{7_100_000_000_000_000_000 + number}" / "dom.mobs"
        target.parent.mkdir()
        target.write_bytes(packer.compress(session))


def scan(folder: Path, values: Path, state: Path) -> float:
    """
    Scan a folder with `maskproof scan`.

    Args:
        folder: Folder of the sessions.
        values: The values file.
        state: The file for `--resume`.

    Returns:
        Seconds of wall-clock time.

    Raises:
        AssertionError: The one value was not found, or more than that.

    """
    command = [sys.executable, "-m", "maskproof.cli", "scan", str(folder), "--values", str(values), "--json"]
    started = time.perf_counter()
    options = ["--workers", str(WORKERS), "--resume", str(state)]
    done = subprocess.run([*command, *options], stdout=subprocess.PIPE, check=False)
    seconds = time.perf_counter() - started
    findings = json.loads(done.stdout)["findings"]
    if done.returncode != EXIT_FAIL or sum(finding["match"] == "exact" for finding in findings) != 1:
        raise AssertionError("the one value was not found, or more than that")
    return seconds


def figures() -> Iterator[Figure]:
    """The whole scan, the same scan again with its saved state, and the memory of the largest process."""
    with tempfile.TemporaryDirectory() as folder:
        sessions, values = Path(folder) / "sessions", Path(folder) / "values.json"
        sessions.mkdir()
        entries = [{"id": name, "category": kind, "value": value} for name, (kind, value) in VALUES.items()]
        values.write_text(json.dumps({"values": entries}))
        write_sessions(sessions, SESSIONS)
        seconds = scan(sessions, values, Path(folder) / "state")
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        yield Figure("many_sessions.seconds", seconds, f"s for {SESSIONS}", SECONDS_A_SESSION * SESSIONS)
        cpu = (usage.ru_utime + usage.ru_stime) / WORKERS
        yield Figure("many_sessions.cpu_seconds_a_core", cpu, f"s for {SESSIONS}", SECONDS_A_SESSION * SESSIONS)
        again = scan(sessions, values, Path(folder) / "state")
        yield Figure("many_sessions.resumed_share", again / seconds, "ratio", 0.25)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / MEGABYTE
        yield Figure("many_sessions.peak_mb", peak, "MB", 1024)
