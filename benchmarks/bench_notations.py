"""
Notations: recall and precision on values as people and programs of many countries write them, and the time to build.

Cases come from `benchmarks/corpus/notations.py`. It prints the table of classes to standard error.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.corpus.negatives import recordings
from benchmarks.corpus.notations import Notation, encoded, notations
from benchmarks.figures import Figure
from maskproof.leaks import Searcher
from maskproof.leaks.search.searcher import ScanOptions
from maskproof.leaks.spelling.values import Value, values_of
from maskproof.personas import TYPED_KINDS, make_persona

LOCALES, IDENTIFIERS, CASES = 20, 15, 400
MEGABYTE = 1_000_000
NEGATIVE_BYTES = 100 * MEGABYTE
VERBOSE = bool(os.environ.get("MASKPROOF_BENCH_VERBOSE"))


def figures() -> Iterator[Figure]:
    """Measure everything."""
    every = list(notations())
    Searcher(()).scan_bytes(b"")  # its tables are compiled once in each process
    total, found = Counter[str](), Counter[str]()
    wrong = controls = 0
    for value, cases in _by_value(every).items():
        searcher = Searcher([value], options=ScanOptions(rare=False))
        for case in cases:
            held = _held(searcher, case, case.texts, missed=True)
            total[case.name] += len(held)
            found[case.name] += sum(held)
            others = _held(searcher, case, case.controls, missed=False)
            controls += len(others)
            wrong += sum(others)
    for name in sorted(total):
        print(f"bench: {name:32} {found[name]:6} of {total[name]:6}  {found[name] / total[name]:.3f}", file=sys.stderr)
    yield Figure("notations.cases", total.total(), "cases", CASES, "more")
    yield Figure("notations.controls", controls, "cases", CASES, "more")
    yield Figure(
        "notations.locales", len({case.locale for case in every if "-" in case.locale}), "locales", LOCALES, "more"
    )
    kinds = {case.name for case in every if case.name.startswith("identifier")}
    yield Figure("notations.identifiers", len(kinds), "kinds", IDENTIFIERS, "more")
    yield Figure("notations.recall", found.total() / total.total(), "ratio", 1.0, "more")
    yield Figure("notations.recall_worst_class", min(found[name] / total[name] for name in total), "ratio", 1.0, "more")
    yield Figure("notations.false_positives", wrong, "findings", 0)
    yield from _built_and_absent()


def _by_value(every: Sequence[Notation]) -> dict[Value, list[Notation]]:
    cases: dict[Value, list[Notation]] = {}
    for case in every:
        cases.setdefault(case.value, []).append(case)
    return cases


def _held(searcher: Searcher, case: Notation, texts: Sequence[str], *, missed: bool) -> list[bool]:
    """Whether each text holds the value, in each encoding; the values of this corpus are invented, and may be named."""
    pairs = [(text, data) for place, text in enumerate(texts) for data in encoded(text, every=not place)]
    places = {place for place, _ in searcher.scan_many([data for _, data in pairs])}
    held = [place in places for place in range(len(pairs))]
    for (text, data), is_held in zip(pairs, held, strict=True):
        if VERBOSE and is_held != missed:
            what = "missed" if missed else "wrong"
            print(f"bench: {what}: {case.name} {case.locale}: {data!r} of {text!r}", file=sys.stderr)
    return held


def _built_and_absent() -> Iterator[Figure]:
    """The time to build the search of a persona with every identifier, and what it finds where it is not."""
    chunks = recordings()
    size = sum(map(len, chunks))
    count = -(-NEGATIVE_BYTES // size)
    slowest = wrong = 0.0
    for number in range(count):
        persona = make_persona(f"absent/notations/{number}")
        kinds = [kind for kind in persona.values if kind in TYPED_KINDS or kind in _SOME]
        started = time.process_time()
        values = values_of(persona[kind] for kind in kinds)
        Searcher(values)
        slowest = max(slowest, time.process_time() - started)
        # Hashes of hashes are the same as in the benchmark of detection; their tables would take most of the time.
        wrong += len(Searcher(values, options=ScanOptions(rare=False)).scan_many(chunks))
    yield Figure("notations.build_s", slowest, "s", 0.5)
    yield Figure("notations.negatives_mb", count * size / MEGABYTE, "MB", NEGATIVE_BYTES / MEGABYTE, "more")
    yield Figure("notations.absent_found", wrong, "findings", 0)


_SOME = ("national_id_fr", "national_id_pl", "iban", "passport", "vehicle_plate", "ip_address", "device_id")
