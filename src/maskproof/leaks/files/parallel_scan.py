"""Scans many files: in several processes, with progress, and from where an earlier scan stopped."""

import gc
import signal
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from maskproof.errors import Inconclusive, MaskproofError
from maskproof.leaks.files.groups import read_item
from maskproof.leaks.files.resume import Digests, Done, ResumeState, digests_of
from maskproof.leaks.findings import ScanReport, Unread
from maskproof.leaks.search.safe_texts import SafeTexts
from maskproof.leaks.search.scan import scan_texts, scan_view
from maskproof.leaks.search.searcher import Searcher
from maskproof.leaks.search.text_index import TextIndex
from maskproof.leaks.texts import Text
from maskproof.machine.progress import note
from maskproof.openreplay.session import SessionView

NOTED_EVERY_S = 2.0
# Fewer results do not show how long the rest takes.
FORETELLING = 5
# So many groups of files make another process worth its start.
WORTH_A_PROCESS = 4
# Allocations between two runs of the garbage collector: results hold few reference cycles, and frequent runs are slow.
COLLECTED_EVERY = 200_000

Group = tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ScanPlan:
    """How files are scanned: see `read_item`; `salt` keys their digests, and is empty where no state is kept."""

    salvage: bool
    salt: bytes = b""


class Scanner:
    """
    Scans groups of files, one after the other.

    Args:
        searcher: The search for values.
        plan: How files are scanned.

    """

    def __init__(self, searcher: Searcher, plan: ScanPlan) -> None:
        self._searcher = searcher
        self._safe = SafeTexts(searcher)
        self._plan = plan

    def scan(self, group: Group, known: Digests | None) -> Done | Unread | None:
        """
        Scan a group.

        Args:
            group: The files.
            known: Their digests at an earlier scan; none if there was no such scan.

        Returns:
            The result; None if the files have not changed since; or why they cannot be read.

        """
        try:
            return self._scanned(group, known)
        except MaskproofError as error:
            return self._safe.unread(Unread(error.message, error.hint, error.exit_code))

    def _scanned(self, group: Group, known: Digests | None) -> Done | None:
        digests = digests_of(group, self._plan.salt) if self._plan.salt else ()
        if known is not None and known == digests:
            return None
        report = scan_group(group, self._searcher, salvage=self._plan.salvage)
        return Done(digests, self._safe.report(report))


def scan_group(group: Group, searcher: Searcher, *, salvage: bool) -> ScanReport:
    """
    Scan a group of files, within the budget of one file.

    Args:
        group: The files.
        searcher: The search for values.
        salvage: See `read_item`.

    Raises:
        ConfigurationError: A file cannot be read, or is empty.
        DecodeError: A file is broken, and `salvage` is off.

    """
    budget = searcher.budget()
    reports: list[ScanReport] = []

    def scan(texts: Sequence[Text]) -> None:
        reports.append(scan_texts(texts, searcher, session_id="", system="file", budget=budget))

    item = read_item(group, salvage=salvage, budget=budget, scan=scan)
    view = SessionView(item.parts, TextIndex)
    if item.parts:
        reports.append(scan_view(view, searcher, session_id=item.session_id, budget=budget))
    if item.texts:
        scan(item.texts)
    report = ScanReport.merged([ScanReport(unscanned=item.unscanned), *reports])
    return ScanReport(report.findings, item.files, view.message_count, item.size, report.unscanned)


def scan_groups(
    groups: Sequence[Group],
    make_searcher: Callable[[], Searcher],
    plan: ScanPlan,
    *,
    workers: int,
    state: ResumeState | None = None,
) -> ScanReport:
    """
    Scan groups of files.

    Args:
        groups: Files that belong together, as `grouped` makes them.
        make_searcher: Makes the search for values; called once in each process, so it has to be picklable.
        plan: How files are scanned.
        workers: Most processes.
        state: Results of an earlier scan; new results are added.

    Returns:
        One report, its findings in the order of the groups; it lists the groups that cannot be read.

    Raises:
        Inconclusive: A process ended unexpectedly.

    """
    known = {group: done for group in groups if state and (done := _usable(state.known(group), plan))}
    reports: dict[Group, ScanReport] = {}
    progress = _Progress(len(groups))
    for group, result in _results(groups, known, make_searcher, plan, workers):
        if result is None:
            reports[group] = known[group].report
        elif isinstance(result, Unread):
            reports[group] = ScanReport(unread=(result,))
        else:
            reports[group] = result.report
            if state:
                state.add(group, result)
        progress.add(reports[group])
    return ScanReport.merged(reports[group] for group in groups)


def _usable(done: Done | None, plan: ScanPlan) -> Done | None:
    """An earlier result, unless it was salvaged and this scan does not salvage: then the error has to be raised."""
    return None if done is None or (done.report.unscanned and not plan.salvage) else done


def _results(
    groups: Sequence[Group],
    known: dict[Group, Done],
    make_searcher: Callable[[], Searcher],
    plan: ScanPlan,
    workers: int,
) -> Iterator[tuple[Group, Done | Unread | None]]:
    digests = {group: done.digests for group, done in known.items()}
    processes = min(workers, len(groups) // WORTH_A_PROCESS)
    if processes < 2:  # noqa: PLR2004 - one process is this one
        scanner = Scanner(make_searcher(), plan)
        with relaxed_collector():
            for group in groups:
                yield group, scanner.scan(group, digests.get(group))
        return
    with ProcessPoolExecutor(processes, initializer=_start_worker, initargs=(make_searcher, plan)) as pool:
        try:
            waiting = {pool.submit(_scan_in_worker, group, digests.get(group)): group for group in groups}
            yield from _completed(waiting)
        except BrokenProcessPool as error:
            raise Inconclusive(
                "a process of the scan ended by itself.", hint="Was there memory enough? Try with fewer --workers."
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _completed(waiting: dict[Future[Done | Unread | None], Group]) -> Iterator[tuple[Group, Done | Unread | None]]:
    for future in as_completed(list(waiting)):
        yield waiting.pop(future), future.result()


@contextmanager
def relaxed_collector() -> Generator[None]:
    """Run the garbage collector seldom, and not over objects that exist already."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(COLLECTED_EVERY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


_worker: list[Scanner] = []


def _start_worker(make_searcher: Callable[[], Searcher], plan: ScanPlan) -> None:
    """Prepare a process; it is stopped by its parent, not from the keyboard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _worker[:] = [Scanner(make_searcher(), plan)]
    gc.freeze()
    gc.set_threshold(COLLECTED_EVERY)


def _scan_in_worker(group: Group, known: Digests | None) -> Done | Unread | None:
    return _worker[0].scan(group, known)


class _Progress:
    """Reports the progress of a scan on standard error, every few seconds."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._first = self._reported = time.monotonic()
        self._done = self._bytes = self._findings = 0

    def add(self, report: ScanReport) -> None:
        """Count one result, and report progress if the last report is long enough ago."""
        self._done += 1
        self._bytes += report.bytes
        self._findings += len(report.findings)
        now = time.monotonic()
        if self._done == 1:  # the time before is mostly preparation
            self._first = now
        if now - self._reported >= NOTED_EVERY_S:
            self._reported = now
            note(
                f"scanned {self._done} of {self._total} ({self._bytes / 1e6:.0f} MB), "
                f"{self._findings} findings{self._left(now)}"
            )

    def _left(self, now: float) -> str:
        """The time that the rest takes, once enough results show it."""
        if self._done <= FORETELLING:
            return ""
        return f", about {(now - self._first) / (self._done - 1) * (self._total - self._done):.0f} s left"
