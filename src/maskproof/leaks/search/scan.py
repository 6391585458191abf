"""Scans sessions, and the fields of anything else, for known values."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from maskproof.leaks.budget import Budget, OverBudget
from maskproof.leaks.channels import channel_of
from maskproof.leaks.findings import Finding, ScanReport
from maskproof.leaks.search.composed_texts import Composed, composed, spread_texts
from maskproof.leaks.search.matches import Match
from maskproof.leaks.search.safe_texts import SafeTexts
from maskproof.leaks.search.searcher import Searcher
from maskproof.leaks.search.text_index import TextIndex
from maskproof.leaks.texts import AnyText, Text, path_of
from maskproof.leaks.traces.masks import find_lengths, find_traces
from maskproof.openreplay.batches import Batch
from maskproof.openreplay.recordings import Recording
from maskproof.openreplay.session import SessionView


def scan_session(
    parts: Sequence[Batch | Recording],
    searcher: Searcher,
    *,
    session_id: str,
    system: str = "openreplay",
    budget: Budget | None = None,
) -> ScanReport:
    """
    Scan one session, from the wire or from the store.

    Args:
        parts: Its batches or recordings.
        searcher: The search for the values of the session's persona.
        session_id: The session's id in findings.
        system: The system's name in findings.
        budget: What may be spent, with others; what the options of the search allow unless it is given.

    """
    return scan_view(SessionView(parts), searcher, session_id=session_id, system=system, budget=budget)


def scan_view(
    view: SessionView,
    searcher: Searcher,
    *,
    session_id: str,
    system: str = "openreplay",
    budget: Budget | None = None,
) -> ScanReport:
    """
    Scan one session that was read already.

    Args:
        view: The session.
        searcher: The search for the values of the session's persona.
        session_id: The session's id in findings.
        system: The system's name in findings.
        budget: What may be spent, with others; what the options of the search allow unless it is given.

    """
    parts = view.parts
    index = view.consumer if isinstance(view.consumer, TextIndex) else TextIndex(view.strings)
    index.append_spread(spread_texts(view))
    report = _scan(index, searcher, budget or searcher.budget(), session_id=session_id, system=system)
    unscanned = tuple(f"{rest.source}:{rest.offset}: {rest.reason}" for part in parts for rest in part.unscanned)
    safe = SafeTexts(searcher).text
    lengths = [
        replace(length, node=safe(length.node)) for length in find_lengths(view, session_id=session_id, system=system)
    ]
    return replace(
        report,
        findings=(*report.findings, *lengths),
        files=len(parts),
        messages=view.message_count,
        unscanned=(*report.unscanned, *unscanned),
    )


def scan_fields(
    fields: Iterable[tuple[str, str, str, str]],
    searcher: Searcher,
    *,
    session_id: str,
    system: str,
    budget: Budget | None = None,
) -> ScanReport:
    """
    Scan texts that are not messages of a session.

    Args:
        fields: Source, message, field and text of each.
        searcher: The search for the values of the session's persona.
        session_id: The session's id in findings.
        system: The system's name in findings, e.g. `umami`.
        budget: What may be spent, with others; what the options of the search allow unless it is given.

    """
    texts = [Text(*field) for field in fields]
    return scan_texts(texts, searcher, session_id=session_id, system=system, budget=budget)


def scan_texts(
    texts: Iterable[AnyText],
    searcher: Searcher,
    *,
    session_id: str,
    system: str,
    budget: Budget | None = None,
) -> ScanReport:
    """
    Scan any texts, and what several of them say together; equal texts are searched once.

    Args:
        texts: The texts.
        searcher: The search for the values of the session's persona.
        session_id: The session's id in findings.
        system: The system's name in findings.
        budget: What may be spent, with others; what the options of the search allow unless it is given.

    """
    index = TextIndex(texts)
    sources = [text.source for equal in index.places.values() for text in equal]
    report = _scan(index, searcher, budget or searcher.budget(), session_id=session_id, system=system)
    return replace(report, files=len(set(sources)), messages=len(sources))


def _scan(index: TextIndex, searcher: Searcher, budget: Budget, *, session_id: str, system: str) -> ScanReport:
    rows = index.rows
    made = list(composed(rows))
    index.append_made(joined.text for joined in made)
    places = [*index.places.values(), *index.made.values()]
    chunks = [_encoded(content) for content in chain(index.places, index.made)]
    only_made = range(len(index.places), len(places))
    safe = SafeTexts(searcher).text
    traces = _traces(chunks, places, searcher, only_made)
    stopped: dict[int, str] = {}
    matches = searcher.scan_many(chunks, made=only_made, budget=budget, stopped=stopped)
    findings = {
        finding: None
        for place, match in chain(_without_parts(matches, index, made), traces)
        for finding in _findings(places[place], match, safe, session_id, system)
    }
    for prefix in searcher.prefixes.find(rows):
        match = Match(prefix.value.id, prefix.value.category, "partial", (), "prefix", 0)
        findings.update(dict.fromkeys(_findings([prefix.text], match, safe, session_id, system)))
    for text, value in searcher.short.find(index.places):
        match = Match(value.id, value.category, "value", (), "exact", 0)
        findings.update(dict.fromkeys(_findings([text], match, safe, session_id, system)))
    return ScanReport(
        findings=tuple(findings),
        bytes=sum(map(len, chunks)),
        unscanned=tuple(_not_searched([(places[place][0].source, reason) for place, reason in stopped.items()], safe)),
    )


def _not_searched(stopped: Sequence[tuple[str, str]], safe: Callable[[str], str]) -> Iterator[str]:
    """A line for each reason why texts were not searched to their end, with the first and the last of them."""
    for reason in dict.fromkeys(reason for _, reason in stopped):
        sources = [source for source, why in stopped if why == reason]
        first, last = safe(sources[0]), safe(sources[-1])
        yield f"{first if first == last else f'{first} to {last}'}: {OverBudget(reason).message}"


def _without_parts(
    matches: Sequence[tuple[int, Match]], index: TextIndex, made: Sequence[Composed]
) -> Iterator[tuple[int, Match]]:
    """Matches without those in a composed text one part of which holds the value by itself."""
    first = len(index.places)
    if all(place < first for place, _ in matches):
        yield from matches
        return
    contents = [*index.places, *index.made]
    whole = {(contents[place], match.value_id) for place, match in matches if place < first}
    parts = {joined.text.text: joined.parts for joined in made}
    for place, match in matches:
        of = parts.get(contents[place], ()) if place >= first else ()
        if not any((part.text, match.value_id) in whole for part in of):
            yield place, match


def _encoded(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")


def _traces(
    chunks: Sequence[bytes], places: Sequence[Sequence[AnyText]], searcher: Searcher, only_made: Collection[int]
) -> Iterator[tuple[int, Match]]:
    """
    What masked texts reveal about the values.

    The bytes of a file are left out: stars there may mean anything. Texts that were only composed (`only_made`, by
    index) reveal no length: fixed masks side by side are as long as some value by chance.
    """
    read = [place for place, texts in enumerate(places) if texts[0].message]
    values = [value for value in searcher.values if not value.is_short]
    for trace in find_traces([chunks[place] for place in read], values):
        place = read[trace.text]
        if trace.kind == "partial":
            yield place, Match(trace.value_id, trace.category, "partial", ("mask",), "partial", trace.offset)
        elif place not in only_made:
            yield place, Match(trace.value_id, trace.category, "length", ("mask",), "", trace.offset)


def _findings(
    texts: Iterable[AnyText], match: Match, safe: Callable[[str], str], session_id: str, system: str
) -> Iterator[Finding]:
    for text in texts:
        yield Finding(
            kind=match.kind if match.match != "partial" else "partial",
            gating=match.kind != "pattern",
            value_id=match.value_id,
            category=match.category,
            system=system,
            session_id=session_id,
            channel=channel_of(text.message, text.field),
            message=text.message,
            field=safe(text.field),
            node=safe(path_of(text)),
            encoding=match.encoding,
            match=match.match,
            source=safe(text.source),
            offset=text.offset + (match.offset if not text.message else 0),
        )
