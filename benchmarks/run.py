"""
Runs the benchmarks and prints one JSON object: `{"figures": [{"name", "value", "unit", "bar", "better", "reached"}]}`.

Every `bench_*.py` beside this file has a function `figures()` that yields its figures. Arguments select benchmarks:
`make bench ARGS="detection decoding"`. The status is 1 if a figure misses its bar.
"""

import importlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks.figures import Figure

HERE = Path(__file__).parent


def names() -> list[str]:
    """The names of all benchmarks."""
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def measured(chosen: list[str]) -> Iterator[Figure]:
    """Run the chosen benchmarks, one after the other."""
    for name in chosen:
        print(f"bench: {name} ...", file=sys.stderr)
        for figure in importlib.import_module(f"benchmarks.bench_{name}").figures():
            print(f"bench: {_line(figure)}", file=sys.stderr)
            yield figure


def _line(figure: Figure) -> str:
    state = {None: "", True: " reached", False: " MISSED"}[figure.reached]
    bar = "" if figure.bar is None else f" (bar {figure.bar:g}{state})"
    return f"{figure.name}: {figure.value:.4g} {figure.unit}{bar}"


def main(arguments: list[str]) -> int:
    """Run the benchmarks that are named, or all; the exit status."""
    unknown = [name for name in arguments if name not in names()]
    if unknown:
        print(f"bench: no such benchmark: {', '.join(unknown)}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    found = list(measured(arguments or names()))
    print(json.dumps({"figures": [asdict(figure) | {"reached": figure.reached} for figure in found]}))
    return 1 if any(figure.reached is False for figure in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
