"""
The known-value detector: recall and precision by class, speed, and the time to build a searcher.

It prints the table of classes to standard error. Positives and negatives come from `benchmarks/corpus/`.
"""

import base64
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from faker import Faker

from benchmarks.corpus.cases import Case, positives
from benchmarks.corpus.negatives import near_misses, recordings
from benchmarks.corpus.people import Person, absent, people
from benchmarks.figures import Figure
from maskproof.embedded.app_build import ensure_app_build
from maskproof.leaks import Searcher
from maskproof.leaks.digests.hashes import SIZES
from maskproof.leaks.search.scan import scan_texts
from maskproof.leaks.texts import Text

APP = Path(__file__).parents[1] / "fixtures" / "app"
# Another seed makes another corpus. Try several after a change of the detector.
SEED = os.environ.get("MASKPROOF_BENCH_SEED", "corpus-1")
AT_LEAST = 5000
PART = "form: part"
MEGABYTE = 1_000_000
NEGATIVE_BYTES = 100 * MEGABYTE
PLAIN_BYTES = 24 * MEGABYTE
# Kinds that contain each other: a full name contains a first name, an e-mail address contains both.
RELATED = frozenset({"full_name", "first_name", "last_name", "email", "free_text", "username"})


def figures() -> Iterator[Figure]:
    """Measure everything."""
    everyone = people(SEED, 3)
    searchers = {id(person): Searcher(person.values) for person in everyone}
    yield from _found(everyone, searchers)
    yield from _not_found(everyone, searchers)
    yield from _speed()


def _found(everyone: Sequence[Person], searchers: dict[int, Searcher]) -> Iterator[Figure]:
    cases = list(positives(everyone, SEED, per_coder=8, mixes=2500, chains=400))
    total, hits = Counter[str](), Counter[str]()
    missed = wrong = 0
    for case in cases:
        kinds = _kinds(case.texts, searchers[id(case.person)])
        is_found = case.kind in kinds or ("full_name" in kinds and _is_of_name(case))
        missed += not is_found
        wrong += sum(not _is_related(kind, case) for kind in kinds)
        total.update(case.classes)
        hits.update(case.classes if is_found else ())
    for name in sorted(total):
        print(f"bench: {name:32} {hits[name]:6} of {total[name]:6}  {hits[name] / total[name]:.3f}", file=sys.stderr)
    yield Figure("detection.positives", len(cases), "cases", AT_LEAST, "more")
    yield Figure("detection.recall", 1 - missed / len(cases), "ratio", 1.0, "more")
    yield Figure("detection.recall_worst_class", min(hits[name] / total[name] for name in total), "ratio", 1.0, "more")
    yield Figure("detection.wrong_values", wrong, "findings", 0)


def _is_of_name(case: Case) -> bool:
    """Whether the whole name is the finding that is reported: of its words, and of a mailbox that is made of them."""
    return case.kind in {"first_name", "last_name"} or (case.kind == "email" and PART in case.classes)


def _is_related(kind: str, case: Case) -> bool:
    return kind == case.kind or {kind, case.kind} <= RELATED


def _kinds(texts: Sequence[Text], searcher: Searcher) -> set[str]:
    report = scan_texts(texts, searcher, session_id="", system="corpus")
    return {finding.value_id.partition(".")[2] for finding in report.findings}


def _not_found(everyone: Sequence[Person], searchers: dict[int, Searcher]) -> Iterator[Figure]:
    near = list(near_misses(everyone, SEED))
    wrong = sum(miss.kind in _kinds(miss.texts, searchers[id(miss.person)]) for miss in near)
    yield Figure("detection.near_misses", len(near), "cases")
    yield Figure("detection.near_misses_found", wrong, "findings", 0)
    chunks = recordings()
    size = sum(map(len, chunks))
    count = -(-NEGATIVE_BYTES // size)
    wrong = sum(len(Searcher(person.values).scan_many(chunks)) for person in absent(SEED, count))
    yield Figure("detection.negatives_mb", count * size / MEGABYTE, "MB", NEGATIVE_BYTES / MEGABYTE, "more")
    yield Figure("detection.false_positives", wrong, "findings", 0)


def _speed() -> Iterator[Figure]:
    Searcher(()).scan_bytes(b"")  # its tables are compiled once in each process
    persons = absent(f"{SEED}/speed", 5)
    yield Figure("detection.build_s", _seconds(lambda: [Searcher(person.values) for person in persons]) / 5, "s", 0.5)
    searcher = Searcher(persons[0].values)
    unknown = [bytes([7]) * size for size in sorted(SIZES)]
    tables = [_seconds(lambda digest=digest: searcher.find_digests([digest])) for digest in unknown]  # type: ignore[misc]
    yield Figure("detection.hash_chains", searcher.hash_chains, "chains")
    yield Figure("detection.hash_table_s", max(tables), "s", 0.5)
    yield Figure("detection.hash_tables_s", sum(tables), "s")
    # A new searcher for each run, because a searcher remembers what it decoded. The hash tables are measured above.
    for name, chunks in (("prose", _prose()), ("page", _page())):
        size = sum(map(len, chunks))
        fresh = [Searcher(persons[0].values) for _ in range(3)]
        seconds = min(_seconds(lambda new=new, chunks=chunks: new.scan_many(chunks)) for new in fresh)  # type: ignore[misc]
        yield Figure(f"detection.scan_{name}_mb_s", size / MEGABYTE / seconds, "MB/s", 100, "more")
    for name, data, bar in (("javascript", _javascript(), 1), ("base64", _base64(), 2)):
        fresh = [Searcher(persons[0].values) for _ in range(3)]
        for new in fresh:
            new.find_digests(unknown)
        seconds = min(_seconds(lambda new=new, data=data: new.scan_bytes(data)) for new in fresh)  # type: ignore[misc]
        yield Figure(f"detection.scan_{name}_mb_s", len(data) / MEGABYTE / seconds, "MB/s", bar, "more")


def _seconds(work: Callable[[], object]) -> float:
    """CPU seconds that the work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _prose() -> list[bytes]:
    """Paragraphs, each a text of its own."""
    fake = Faker("en_US")
    fake.seed_instance(SEED)
    return _numbered([fake.paragraph(20).encode() for _ in range(2000)])


def _numbered(some: Sequence[bytes]) -> list[bytes]:
    """The texts repeated up to the size of the benchmark, each with a number, so that no two are equal."""
    times = PLAIN_BYTES // sum(map(len, some))
    return [b"%d %b" % (number, text) for number, text in enumerate(list(some) * times)]


def _javascript() -> bytes:
    """The largest script of the reference application's build, minified."""
    build = ensure_app_build(APP)
    return max((path.read_bytes() for path in build.instrumented.rglob("*.js")), key=len)


def _base64() -> bytes:
    """Prose in base64, inlined in a page."""
    return b"<script>" + base64.b64encode(b" ".join(_prose()[:1000])) + b"</script>"


def _page() -> list[bytes]:
    """Markup of a shop's lists, 50 items in each text."""
    fake = Faker("en_US")
    fake.seed_instance(SEED)
    some = [
        f'<li class="item-card list-row"><a href="/products/{fake.slug()}">{fake.sentence()}</a>'
        f'<span aria-label="{fake.word()}">{fake.name()}, {fake.job()}</span></li>\n'.encode()
        for _ in range(20_000)
    ]
    return _numbered([b"".join(some[start : start + 50]) for start in range(0, len(some), 50)])
