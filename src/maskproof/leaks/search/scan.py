"""Scans sessions, and fields of anything else, for known values."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import chain

from maskproof.leaks.channels import channel_of
from maskproof.leaks.findings import Finding, ScanReport
from maskproof.leaks.search.composed_texts import Composed, composed, spread_texts
from maskproof.leaks.search.searcher import Match, Searcher
from maskproof.leaks.search.text_index import Gathered
from maskproof.leaks.texts import AnyText, Text, path_of
from maskproof.leaks.traces.masks import find_lengths, find_traces
from maskproof.openreplay.batches import Batch
from maskproof.openreplay.recordings import Recording
from maskproof.openreplay.session import SessionView

REDACTED = "[redacted]"


def scan_session(
    parts: Sequence[Batch | Recording], searcher: Searcher, *, session_id: str, system: str = "openreplay"
) -> ScanReport:
    """
    Scan one session, from the wire or from the store.

    Args:
        parts: Its batches or recordings.
        searcher: Of the session's persona.
        session_id: What findings call the session.
        system: `openreplay` by itself.

    Raises:
        UnpackedTooLarge: Compressed data unpacks to more than the limit.

    """
    return scan_view(SessionView(parts), searcher, session_id=session_id, system=system)


def scan_view(view: SessionView, searcher: Searcher, *, session_id: str, system: str = "openreplay") -> ScanReport:
    """Scan one session that was read already, see `scan_session`."""
    parts = view.parts
    gathered = view.sink if isinstance(view.sink, Gathered) else Gathered(view.strings)
    gathered.append_spread(spread_texts(view))
    report = _scan(gathered, searcher, session_id=session_id, system=system)
    unscanned = tuple(f"{one.source}:{one.offset}: {one.reason}" for part in parts for one in part.unscanned)
    lengths = find_lengths(view, session_id=session_id, system=system)
    return replace(
        report,
        findings=(*report.findings, *lengths),
        files=len(parts),
        messages=view.message_count,
        unscanned=unscanned,
    )


def scan_fields(
    fields: Iterable[tuple[str, str, str, str]], searcher: Searcher, *, session_id: str, system: str
) -> ScanReport:
    """
    Scan texts that are not messages of a session.

    Args:
        fields: Source, message, field and text of each.
        searcher: Of the session's persona.
        session_id: What findings call the session.
        system: Where they were, e.g. `umami`.

    """
    texts = [Text(*field) for field in fields]
    return scan_texts(texts, searcher, session_id=session_id, system=system)


def scan_texts(texts: Iterable[AnyText], searcher: Searcher, *, session_id: str, system: str) -> ScanReport:
    """
    Scan any texts, and what several of them say together; a text that stands more than once is searched once.

    Args:
        texts: The texts.
        searcher: Of the session's persona.
        session_id: What findings call the session.
        system: Where they were.

    """
    gathered = Gathered(texts)
    sources = [text.source for some in gathered.places.values() for text in some]
    report = _scan(gathered, searcher, session_id=session_id, system=system)
    return replace(report, files=len(set(sources)), messages=len(sources))


def _scan(gathered: Gathered, searcher: Searcher, *, session_id: str, system: str) -> ScanReport:
    rows = gathered.rows
    made = list(composed(rows))
    gathered.append_made(one.text for one in made)
    places = [*gathered.places.values(), *gathered.made.values()]
    chunks = [_encoded(content) for content in chain(gathered.places, gathered.made)]
    only_made = range(len(gathered.places), len(places))
    safe = cache(partial(_safe, searcher))
    traces = _traces(chunks, places, searcher, only_made)
    matches = searcher.scan_many(chunks, made=only_made)
    findings = {
        finding: None
        for index, match in chain(_without_parts(matches, gathered, made), traces)
        for finding in _findings(places[index], match, safe, session_id, system)
    }
    for prefix in searcher.prefixes.find(rows):
        match = Match(prefix.value.id, prefix.value.category, "partial", (), "prefix", 0)
        findings.update(dict.fromkeys(_findings([prefix.text], match, safe, session_id, system)))
    return ScanReport(
        findings=tuple(findings),
        bytes=sum(map(len, chunks)),
    )


def _without_parts(
    matches: Sequence[tuple[int, Match]], gathered: Gathered, made: Sequence[Composed]
) -> Iterator[tuple[int, Match]]:
    """Matches but for those in a text that was composed of others, where one of them holds the value by itself."""
    first = len(gathered.places)
    if all(index < first for index, _ in matches):
        yield from matches
        return
    contents = [*gathered.places, *gathered.made]
    whole = {(contents[index], match.value_id) for index, match in matches if index < first}
    parts = {one.text.text: one.parts for one in made}
    for index, match in matches:
        of = parts.get(contents[index], ()) if index >= first else ()
        if not any((part.text, match.value_id) in whole for part in of):
            yield index, match


def _encoded(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")


def _traces(
    chunks: Sequence[bytes], places: Sequence[Sequence[AnyText]], searcher: Searcher, only_made: Collection[int]
) -> Iterator[tuple[int, Match]]:
    """
    What masked texts tell of the values.

    Bytes of a file are not asked: stars there may mean anything. And fixed masks that stand side by side are as
    long as something, so that only a text that was written as one can tell a length, not one that is `only_made` of
    several (by index).
    """
    for one in find_traces(chunks, searcher.values):
        if not places[one.text][0].message:
            continue
        if one.kind == "partial":
            yield one.text, Match(one.value_id, one.category, "partial", ("mask",), "partial", one.offset)
        elif one.text not in only_made:
            yield one.text, Match(one.value_id, one.category, "length", ("mask",), "", one.offset)


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
            source=text.source,
            offset=text.offset + (match.offset if not text.message else 0),
        )


def _safe(searcher: Searcher, name: str) -> str:
    """A node or field as it is called, unless that holds a value itself."""
    return REDACTED if name and searcher.scan_text(name) else name
