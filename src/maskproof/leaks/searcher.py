"""
The search: all forms of all values at once over a buffer of texts, then over what is encoded in them.

Built once for a persona and shared by sessions. Plain text is read by one multi-pattern search (Hyperscan);
what looks encoded is decoded and searched again, to the configured depth.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import hyperscan

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.codecs import FINDERS, Candidate
from maskproof.leaks.digests import DIGEST_SIZES, DigestTable
from maskproof.leaks.packed import DEFAULT_UNPACK_LIMIT, find_compressed, find_tokens, whole_unpacked
from maskproof.leaks.second_net import SecondNet, is_readable
from maskproof.leaks.values import Value
from maskproof.leaks.variants import Variant, fold, variants_of

DEPTH = 3
PRINTABLE = bytes(range(0x20, 0x7F)) + b"\t\n\r\x00"
BINARY_SHARE = 0.15
SMALLEST = 5
LONGEST_TOKEN = 1 << 16
RANK = {"exact": 0, "normalised": 1, "partial": 2}
MAGIC = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How far the search goes: depth of encodings, salts of hashes, bytes that may be unpacked, a second net."""

    depth: int = DEPTH
    salts: tuple[bytes, ...] = ()
    unpack_limit: int = DEFAULT_UNPACK_LIMIT
    second_net: SecondNet | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """
    One value found in one text.

    `encoding` is outermost first; `match` is exact, normalised, partial, hash or pattern; `offset` is where in the text
    (of what is encoded, where its encoding begins).
    """

    value_id: str
    category: str
    kind: str
    encoding: tuple[str, ...]
    match: str
    offset: int


@dataclass(frozen=True, slots=True)
class _Layer:
    """Texts of one depth: for each the text (index) of depth 0 that it came from, how, and where there."""

    chunks: list[bytes] = field(default_factory=list)
    roots: list[int] = field(default_factory=list)
    chains: list[tuple[str, ...]] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    is_open: list[bool] = field(default_factory=list)

    def add(self, data: bytes, root: int, chain: tuple[str, ...], offset: int, *, is_open: bool) -> None:
        self.chunks.append(data)
        self.roots.append(root)
        self.chains.append(chain)
        self.offsets.append(offset)
        self.is_open.append(is_open)


class Searcher:
    """
    Finds values in texts.

    Args:
        values: What is searched for; each long enough to be safe.
        options: How far the search goes.

    """

    def __init__(self, values: Sequence[Value], *, options: ScanOptions | None = None) -> None:
        self.values = tuple(values)
        self.options = options or ScanOptions()
        self._variants = tuple(variant for value in values for variant in variants_of(value))
        self._digests = DigestTable(self.values, self.options.salts)
        self._database = _compiled(self._variants)

    def scan_text(self, text: str) -> list[Match]:
        """Every value in one text; none twice."""
        return self.scan_bytes(text.encode("utf-8", "surrogatepass"))

    def scan_bytes(self, data: bytes) -> list[Match]:
        """Every value in one piece of data; none twice."""
        return [match for _, match in self.scan_many([data])]

    def scan_many(self, chunks: Sequence[bytes]) -> list[tuple[int, Match]]:
        """
        Every value in many texts at once.

        Args:
            chunks: The texts.

        Returns:
            Index of the text, and the match; of each value and text the one that is encoded least.

        Raises:
            UnpackedTooLarge: Compressed data unpacks to more than the limit.

        """
        found: dict[tuple[int, str], Match] = {}
        layer = _Layer()
        for index, chunk in enumerate(chunks):
            layer.add(chunk, index, (), 0, is_open=True)
        for depth in range(self.options.depth + 1):
            for index, match in sorted(self._search(layer), key=lambda one: RANK[one[1].match]):
                found.setdefault((index, match.value_id), match)
            for index, match in self._look_like_pii(layer):
                found.setdefault((index, match.value_id), match)
            layer = self._decoded(layer, found, is_last=depth == self.options.depth)
            if not layer.chunks:
                break
        return [(index, match) for (index, _), match in found.items()]

    def _search(self, layer: _Layer) -> Iterator[tuple[int, Match]]:
        yield from self._search_plain(layer.chunks, layer)
        folded = [(n, chunk) for n, chunk in enumerate(layer.chunks) if not chunk.isascii()]
        texts = [fold(chunk.decode("utf-8", "ignore")).encode() for _, chunk in folded]
        if texts:
            yield from self._search_plain(texts, layer, places=[n for n, _ in folded])

    def _search_plain(
        self, chunks: Sequence[bytes], layer: _Layer, places: Sequence[int] | None = None
    ) -> Iterator[tuple[int, Match]]:
        buffer = Buffer(chunks)
        hits: list[tuple[int, int, int]] = []

        def hit(variant: int, start: int, end: int, _flags: int, _context: object) -> None:
            hits.append((variant, start, end))

        if self._variants:
            self._database.scan(buffer.data, match_event_handler=hit)
        for number, start, end in hits:
            variant = self._variants[number]
            if variant.bounded and _touches(buffer.data, start, end):
                continue
            chunk, offset = buffer.locate(start)
            place = places[chunk] if places is not None else chunk
            text = buffer.data[start:end]
            is_exact = variant.match != "partial" and text == variant.value.secret.reveal().encode()
            yield (
                layer.roots[place],
                self._match(variant.value, "exact" if is_exact else variant.match, layer, place, offset),
            )

    def _look_like_pii(self, layer: _Layer) -> Iterator[tuple[int, Match]]:
        """What the second net finds in what is plain, and in what was decoded without a doubt."""
        net = self.options.second_net
        if net is None:
            return
        places = [n for n, data in enumerate(layer.chunks) if is_readable(data, layer.chains[n])]
        for one in net.find([layer.chunks[n] for n in places]):
            place = places[one.index]
            chain = layer.chains[place]
            offset = layer.offsets[place] if chain else one.offset
            yield layer.roots[place], Match(one.name, one.category, "pattern", chain, "pattern", offset)

    @staticmethod
    def _match(value: Value, how: str, layer: _Layer, place: int, offset: int) -> Match:
        chain = layer.chains[place]
        return Match(value.id, value.category, "value", chain, how, layer.offsets[place] if chain else offset)

    def _decoded(self, layer: _Layer, found: dict[tuple[int, str], Match], *, is_last: bool) -> _Layer:
        """The next layer: what is encoded in this one; hashes are looked up on the way."""
        following = _Layer()
        places = [place for place, is_open in enumerate(layer.is_open) if is_open]
        buffer = Buffer([layer.chunks[place] for place in places])
        seen: set[tuple[int, bytes]] = set()
        for candidate in self._candidates(buffer):
            data = candidate.data
            place = places[candidate.chunk]
            root = layer.roots[place]
            if len(data) < SMALLEST or data == layer.chunks[place] or (root, data) in seen:
                continue
            seen.add((root, data))
            chain = (*layer.chains[place], candidate.encoding)
            offset = layer.offsets[place] or candidate.offset
            self._look_up(candidate, root, chain, offset, found)
            if not is_last:
                following.add(data, root, chain, offset, is_open=_is_plausible(data))
                for name, out in self._unpacked(candidate):
                    following.add(out, root, (*chain, name), offset, is_open=True)
        return following

    def _candidates(self, buffer: Buffer) -> Iterator[Candidate]:
        for finder in FINDERS:
            yield from finder(buffer)
        yield from find_compressed(buffer, self.options.unpack_limit)
        yield from find_tokens(buffer)
        for chunk, data in enumerate(buffer.chunks):
            if _is_binary(data):
                for name, out in whole_unpacked(data, self.options.unpack_limit):
                    if _is_plausible(out):
                        yield Candidate(name, chunk, 0, out, is_whole=True)

    def _unpacked(self, candidate: Candidate) -> Iterator[tuple[str, bytes]]:
        if candidate.is_whole and _is_binary(candidate.data):
            for name, out in whole_unpacked(candidate.data, self.options.unpack_limit):
                if _is_plausible(out):
                    yield name, out

    def _look_up(
        self,
        candidate: Candidate,
        root: int,
        chain: tuple[str, ...],
        offset: int,
        found: dict[tuple[int, str], Match],
    ) -> None:
        if len(candidate.data) not in DIGEST_SIZES:
            return
        hashed = self._digests.find(candidate.data)
        if hashed is not None:
            value = hashed.value
            match = Match(value.id, value.category, "value", (*chain, *hashed.chain), "hash", offset)
            found.setdefault((root, value.id), match)


def _compiled(variants: Sequence[Variant]) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    if variants:
        flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SOM_LEFTMOST
        database.compile(
            expressions=[variant.pattern for variant in variants],
            ids=list(range(len(variants))),
            elements=len(variants),
            flags=[flags] * len(variants),
        )
    return database


def _touches(data: bytes, start: int, end: int) -> bool:
    """Whether a letter or digit stands right before or behind a match."""
    return data[start - 1 : start].isalnum() or data[end : end + 1].isalnum()


def _is_binary(data: bytes) -> bool:
    head = data[:LONGEST_TOKEN]
    return len(head.translate(None, PRINTABLE)) > len(head) * BINARY_SHARE


def _is_plausible(data: bytes) -> bool:
    """Whether decoded bytes are worth decoding further: mostly text, or compressed."""
    return len(data) >= SMALLEST and (data.startswith(MAGIC) or not _is_binary(data))
