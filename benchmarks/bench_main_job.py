"""The main commands as users call them: time of `maskproof up` and `maskproof verify`, and the memory of `verify`."""

import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.memory import PeakMemory
from benchmarks.reference import reference_configuration

MASKPROOF = (sys.executable, "-m", "maskproof.cli")
STEPS = {"the suite, in parallel": "verify.suite_s", "overhead, alone": "verify.overhead_s"}


def figures() -> Iterator[Figure]:
    """Run both commands with a filled cache; the reports go to a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="maskproof-bench-") as folder:
        config = reference_configuration(Path(folder))
        yield Figure("up.warm_s", _up(config), "s", bar=6)
        yield from _verify(config, Path(folder))


def _up(config: Path) -> float:
    started = time.monotonic()
    with subprocess.Popen(
        [*MASKPROOF, "up", "--json", "--config", str(config)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        line = process.stdout.readline() if process.stdout else b""
        seconds = time.monotonic() - started
        process.send_signal(signal.SIGTERM)
    json.loads(line)
    return seconds


def _verify(config: Path, folder: Path) -> Iterator[Figure]:
    started = time.monotonic()
    with (
        subprocess.Popen(
            [*MASKPROOF, "verify", "--config", str(config)], cwd=folder, stderr=subprocess.PIPE, text=True
        ) as process,
        PeakMemory(process.pid, folder) as memory,
    ):
        messages = process.stderr.read() if process.stderr else ""
    yield Figure("verify.warm_s", time.monotonic() - started, "s", bar=300)
    for line in messages.splitlines():
        name = line.removeprefix("maskproof: ").partition(":")[0]
        if name in STEPS and line.endswith(" s"):
            yield Figure(STEPS[name], float(line.split()[-2]), "s")
    yield Figure("verify.status", process.returncode, "exit status", bar=0)
    yield Figure("verify.peak_memory_mb", memory.peak_mb, "MB", bar=2048)
