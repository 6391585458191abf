"""Scans sessions, and fields of anything else, for known values."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from maskproof.leaks.channels import channel_of
from maskproof.leaks.findings import Finding, ScanReport
from maskproof.leaks.masks import find_lengths, find_traces
from maskproof.leaks.prefixes import find_prefixes
from maskproof.leaks.searcher import Match, Searcher
from maskproof.leaks.texts import AnyText, Text, path_of
from maskproof.leaks.typed import composed, histories_of, spread_texts
from maskproof.openreplay.batches import Batch
from maskproof.openreplay.recordings import Recording
from maskproof.openreplay.session import SessionView, StringField

REDACTED = "[redacted]"
# Messages of which every other one holds a name that was there before.
NAMING = frozenset({"CreateElementNode", "TabData", "TabChange"})


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
    report = scan_texts(list(_texts(view)), searcher, session_id=session_id, system=system, spread=spread_texts(view))
    unscanned = tuple(f"{one.source}:{one.offset}: {one.reason}" for part in parts for one in part.unscanned)
    source = parts[0].source if len(parts) == 1 else ""
    lengths = find_lengths(view, session_id=session_id, system=system, source=source)
    return ScanReport(
        findings=(*report.findings, *lengths),
        files=len(parts),
        messages=sum(len(part.messages) for part in parts),
        bytes=report.bytes,
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


def scan_texts(
    texts: Sequence[AnyText], searcher: Searcher, *, session_id: str, system: str, spread: Iterable[Text] = ()
) -> ScanReport:
    """
    Scan any texts, and what several of them say together; a text that stands more than once is searched once.

    Args:
        texts: The texts.
        searcher: Of the session's persona.
        session_id: What findings call the session.
        system: Where they were.
        spread: What neighbouring text nodes say together.

    """
    neighbours = list(spread)
    histories = histories_of([*texts, *neighbours])
    made = [*neighbours, *composed(histories)]
    places = _places([*texts, *made])
    chunks = list(places)
    made_ids = set(map(id, made))
    only_made = {index for index, some in enumerate(places.values()) if made_ids.issuperset(map(id, some))}
    safe = cache(partial(_safe, searcher))
    findings = {
        finding: None
        for index, match in (*searcher.scan_many(chunks, made=only_made), *_traces(places, searcher, only_made))
        for finding in _findings(places[chunks[index]], match, safe, session_id, system)
    }
    for prefix in find_prefixes(histories, searcher.values):
        match = Match(prefix.value.id, prefix.value.category, "partial", (), "prefix", 0)
        findings.update(dict.fromkeys(_findings([prefix.text], match, safe, session_id, system)))
    return ScanReport(
        findings=tuple(findings),
        files=len({text.source for text in texts}),
        messages=len(texts),
        bytes=sum(len(chunk) for chunk in chunks),
    )


def _places(texts: Iterable[AnyText]) -> dict[bytes, list[AnyText]]:
    """Texts by what they say, as bytes."""
    by_content: dict[str | bytes, list[AnyText]] = {}
    for text in texts:
        content = text.text
        known = by_content.get(content)
        if known is None:
            by_content[content] = [text]
        else:
            known.append(text)
    places: dict[bytes, list[AnyText]] = {}
    for content, some in by_content.items():
        data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        if places.setdefault(data, some) is not some:
            places[data] += some
    return places


def _traces(
    places: Mapping[bytes, Sequence[AnyText]], searcher: Searcher, only_made: Collection[int]
) -> Iterator[tuple[int, Match]]:
    """
    What masked texts tell of the values.

    Bytes of a file are not asked: stars there may mean anything. And fixed masks that stand side by side are as
    long as something, so that only a text that was written as one can tell a length, not one that is `only_made` of
    several (by index).
    """
    chunks = [chunk if texts[0].message else b"" for chunk, texts in places.items()]
    for one in find_traces(chunks, searcher.values):
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


def _texts(view: SessionView) -> Iterator[StringField]:
    """The texts of a session; names of elements and tabs, of which there are thousands, at their first place only."""
    names = set[str]()
    for one in view.strings:
        if one[0] in NAMING:
            if one[2] in names:
                continue
            names.add(one[2])
        yield one


def _safe(searcher: Searcher, name: str) -> str:
    """A node or field as it is called, unless that holds a value itself."""
    return REDACTED if name and searcher.scan_text(name) else name
