"""
What foreign text may cost: how the time of a search grows with texts of the worst shapes, and the memory of `scan`.

The time of a text four times as long is divided by four times the time of the short one: 1 is linear, 4 is quadratic.
Times are CPU times. The memory is the peak of a process of its own that scans one file.
"""

import gzip
import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus.worst_shapes import SHAPES, shaped
from benchmarks.figures import Figure
from maskproof.leaks.search.searcher import ScanOptions, Searcher
from maskproof.leaks.spelling.values import Value
from maskproof.secrets import Secret

SHORT, TIMES = 1 << 18, 4
# Quick shapes are measured on their noise only.
LEAST_S = 0.05
GROWTH_BAR, MEMORY_BAR = 2.0, 300
WORDS = b"2026-01-01T00:00:00Z GET /a/b/c?d=e 200 some words in a log line of the ordinary kind\n"
COMMAND = "import sys; from maskproof.cli import main; sys.exit(main())"
VALUES = '{"values": [{"id": "email", "category": "email", "value": "quelmorn@brauzin.example"}]}'


def figures() -> Iterator[Figure]:
    """The growth of each shape at worst, the slowest shape, and the memory of each kind of file."""
    growths = {name: (_seconds(shaped(name, SHORT)), _seconds(shaped(name, SHORT * TIMES))) for name in SHAPES}
    for name, (short, long) in growths.items():
        yield Figure(f"budget.growth_{name}", long / max(short, LEAST_S) / TIMES, "ratio", GROWTH_BAR)
    slowest = max(long for _, long in growths.values())
    yield Figure("budget.slowest_shape_1_mb", slowest, "s")
    with tempfile.TemporaryDirectory() as folder:
        for name, data in _files():
            path = Path(folder, name)
            path.write_bytes(data)
            yield Figure(f"budget.memory_{path.stem}_mb", _peak_mb(path), "MB", MEMORY_BAR)


def _seconds(text: bytes) -> float:
    """The best of two, by a searcher of its own, since a searcher remembers what it has decoded."""
    values = [Value("email", "email", Secret("quelmorn@brauzin.example", category="email", value_id="email"))]
    searcher = Searcher(values, options=ScanOptions(time_limit_s=3600))
    searcher.find_digests([os.urandom(size) for size in (8, 16, 20, 28, 32, 48, 64)])  # builds the tables of hashes
    started = time.process_time()
    searcher.scan_many([text], stopped={})
    return time.process_time() - started


def _files() -> Iterator[tuple[str, bytes]]:
    """Files that once took much memory: archives within archives, bombs, and large texts."""
    inner = _zipped({"a.txt": b"a" * 10_000_000})
    middle = _zipped({f"{number}.zip": inner for number in range(8)})
    yield "nested_archives.zip", _zipped({f"{number}.zip": middle for number in range(8)})
    yield "bomb.gz", gzip.compress(bytes(300_000_000))
    yield "log.txt", WORDS * (100_000_000 // len(WORDS))
    yield "json.json", b"[" + b'"ab",' * 2_000_000 + b'"ab"]'


def _zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def _peak_mb(path: Path) -> float:
    """The most memory of a scan of one file."""
    values = path.with_name("values.json")
    values.write_text(VALUES)
    arguments = [sys.executable, "-c", COMMAND, "scan", str(path), "--values", str(values)]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return usage.ru_maxrss / 1024
