"""
The search: all forms of all values at once over a buffer of texts, then over what is encoded in them.

Built once for a persona and shared by sessions. Plain text is read by one multi-pattern search (Hyperscan);
what shows a sign of an encoding is decoded and searched again, to the configured depth.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.coding_signs import Hint, hints_in
from maskproof.leaks.decoding.escapes import find_escaped
from maskproof.leaks.decoding.interleaved_codings import find_spread
from maskproof.leaks.decoding.lz import LZ_STRING
from maskproof.leaks.decoding.packed import DEFAULT_UNPACK_LIMIT, Unpacker, lz_strings_within, wide_lz_strings
from maskproof.leaks.decoding.run_decoder import Read, RunDecoder, is_open, may_hold
from maskproof.leaks.digests.hashes import SIZES
from maskproof.leaks.digests.known_digests import DigestTable
from maskproof.leaks.digests.raw_digests import RawDigests
from maskproof.leaks.search.clean_text_cache import Cleared
from maskproof.leaks.search.known_encodings import LiteralSearch
from maskproof.leaks.search.layers import Layer
from maskproof.leaks.search.plain import Hit, PlainSearch, stands_in
from maskproof.leaks.search.prefixes import PrefixSearch
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.text_heuristics import (
    PART_LETTERS,
    has_wide,
    is_binary,
    is_surely_text,
    may_be_digest,
    utf16_orders,
)
from maskproof.leaks.traces.second_net import SecondNet, is_readable

# One more than what is promised: the escapes of what carries a value count as a layer, too.
DEPTH = 4
# So many bytes of text say that they were decoded rightly.
TEXT_AT_LEAST = 12
RANK = {"exact": 0, "normalised": 1, "partial": 2}
# What a digest is called to be encoded as that is raw bytes, of a body of its own or within others.
BINARY = "binary"
# Texts are searched in batches of about so many bytes; matches of one value nearer than NEAR are one finding.
BATCH = 1 << 22
NEAR = 512
MOST_PLACES = 1000


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


class _Found:
    """Matches by text and value; of those that lie together the best: whole before partial, then the least encoded."""

    def __init__(self) -> None:
        self._matches: dict[tuple[int, str], list[Match]] = {}

    def add(self, root: int, match: Match) -> None:
        """Keep a match, unless one as good of the same value is near; the least encoded come first."""
        known = self._matches.setdefault((root, match.value_id), [])
        near = [place for place, one in enumerate(known) if abs(one.offset - match.offset) <= NEAR]
        if not near and len(known) < MOST_PLACES:
            known.append(match)
        elif near and match.match != "partial" and all(known[place].match == "partial" for place in near):
            known[near[0]] = match

    def roots(self) -> set[int]:
        """The texts in which something was found."""
        return {root for root, _ in self._matches}

    def __iter__(self) -> Iterator[tuple[int, Match]]:
        return iter([(root, match) for (root, _), matches in self._matches.items() for match in matches])


class _Place(NamedTuple):
    """Where a digest was found: text of depth 0, encodings, offset."""

    root: int
    chain: tuple[str, ...]
    offset: int


class _Digests:
    """What may be digests, where they are, and whether each is likely one."""

    def __init__(self) -> None:
        self.places: dict[bytes, list[_Place]] = {}
        self.likely: dict[bytes, bool] = {}

    def add(self, digest: bytes, place: _Place, *, is_likely: bool) -> None:
        """Add a place of a digest."""
        self.places.setdefault(digest, []).append(place)
        self.likely[digest] = self.likely.get(digest, False) or is_likely


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
        self._plain = PlainSearch(self.values)
        self._digests = DigestTable(self.values, self.options.salts)
        self._literals = LiteralSearch(self.values, self._digests.halves)
        self.prefixes = PrefixSearch(self.values)
        self._raw = RawDigests(self._digests.known)
        self._runs = RunDecoder()
        # Apart from others those that are put together, where hashes of hashes are not looked for.
        self._cleared, self._cleared_made = Cleared(), Cleared()

    def scan_text(self, text: str) -> list[Match]:
        """Every value in one text; none twice at one place."""
        return self.scan_bytes(text.encode("utf-8", "surrogatepass"))

    def scan_bytes(self, data: bytes) -> list[Match]:
        """Every value in one piece of data; none twice at one place."""
        return [match for _, match in self.scan_many([data])]

    def scan_many(self, chunks: Sequence[bytes], *, made: Collection[int] = ()) -> list[tuple[int, Match]]:
        """
        Every value in many texts at once.

        Args:
            chunks: The texts.
            made: Indexes of those that were put together of others: no hashes of hashes are looked for there.

        Returns:
            Index of the text, and the match; of each value, text and place the one that is encoded least.

        Raises:
            UnpackedTooLarge: Compressed data unpacks to more than the limit.

        """
        found = _Found()
        for indexes in _batches(chunks, self._unknown(chunks, made)):
            self._scan(chunks, indexes, found, made)
        return list(found)

    def _unknown(self, chunks: Sequence[bytes], made: Collection[int]) -> Sequence[int]:
        """Indexes of the texts that are not known to hold nothing."""
        if not self._cleared and not self._cleared_made:
            return range(len(chunks))
        return [
            index
            for index, chunk in enumerate(chunks)
            if chunk not in (self._cleared_made if index in made else self._cleared)
        ]

    @property
    def hash_chains(self) -> int:
        """How many hashes of values, and of hashes of them, are known."""
        return self._digests.size

    def find_digests(self, digests: Sequence[bytes]) -> dict[bytes, str]:
        """Which of some digests are of values, and of which: their ids."""
        found = self._digests.find(dict.fromkeys(digests, True))
        return {digest: hashed.value.id for digest, hashed in found.items()}

    def _scan(self, chunks: Sequence[bytes], indexes: Sequence[int], found: _Found, made: Collection[int]) -> None:
        layer = Layer.of(chunks, indexes, made)
        unpacker = Unpacker(self.options.unpack_limit)
        seen: dict[tuple[int, bytes], bool] = {}
        read: Read = set()
        for depth in range(self.options.depth + 1):
            buffer = Buffer(layer.chunks)
            self._search(layer, buffer, found)
            self._look_for_patterns(layer, found)
            layer = self._decoded(layer, buffer, found, unpacker, seen, read, is_last=depth == self.options.depth)
            if not layer.chunks:
                break
        self._clear(chunks, seen, found, made)

    def _clear(
        self, chunks: Sequence[bytes], seen: dict[tuple[int, bytes], bool], found: _Found, made: Collection[int]
    ) -> None:
        """Keep what was decoded and holds nothing; not where more is looked for if a digest is likely elsewhere."""
        nothing = {root for root, _ in seen} - found.roots()
        doubtful = {root for (root, data), is_likely in seen.items() if not is_likely and len(data) in SIZES}
        for root in nothing:
            if root in made:
                self._cleared_made.add(chunks[root])
            elif root not in doubtful:
                self._cleared.add(chunks[root])

    def _search(self, layer: Layer, buffer: Buffer, found: _Found) -> None:
        hits = sorted(self._plain.search(buffer), key=lambda hit: (RANK[hit.match], hit.offset))
        for hit in hits:
            if not stands_in(layer.plain[hit.chunk], hit.text):
                self._add(layer, hit, found)
        if layer.chains and len(layer.chains[0]) < self.options.depth:
            for literal, place in self._literals.search(buffer.data):
                chunk, offset = buffer.locate(place)
                if not stands_in(layer.plain[chunk], literal.data):
                    self._add(layer, Hit(literal.value, literal.match, chunk, offset, b"", literal.encoding), found)

        for hashed, place in self._raw.find(buffer.data):
            chunk, offset = buffer.locate(place)
            self._add(layer, Hit(hashed.value, "hash", chunk, offset, b"", (BINARY, *hashed.chain)), found)

    def _look_for_patterns(self, layer: Layer, found: _Found) -> None:
        """Let the second net look at what is plain, and at what was decoded without a doubt."""
        net = self.options.second_net
        if net is None:
            return
        places = [place for place, data in enumerate(layer.chunks) if is_readable(data, layer.chains[place])]
        for one in net.find([layer.chunks[place] for place in places]):
            place = places[one.index]
            chain = layer.chains[place]
            if layer.plain[place] and layer.chunks[place][one.offset : one.offset + one.size] in layer.plain[place]:
                continue
            offset = layer.offsets[place] if chain else one.offset
            found.add(layer.roots[place], Match(one.name, one.category, "pattern", chain, "pattern", offset))

    @staticmethod
    def _add(layer: Layer, hit: Hit, found: _Found) -> None:
        chain = layer.chains[hit.chunk]
        offset = layer.offsets[hit.chunk] if chain else hit.offset
        encoding = (*chain, *hit.encoding)
        match = Match(hit.value.id, hit.value.category, "value", encoding, hit.match, offset)
        found.add(layer.roots[hit.chunk], match)

    def _decoded(
        self,
        layer: Layer,
        buffer: Buffer,
        found: _Found,
        unpacker: Unpacker,
        seen: dict[tuple[int, bytes], bool],
        read: Read,
        *,
        is_last: bool,
    ) -> Layer:
        """The next layer: what is encoded in this one; hashes are looked up on the way."""
        following = Layer()
        digests = _Digests()
        places: Sequence[int] = range(len(layer.chunks))
        roots = layer.roots
        if not all(layer.is_open):
            places = [place for place in places if layer.is_open[place]]
            buffer = Buffer([layer.chunks[place] for place in places])
            roots = [layer.roots[place] for place in places]
        for candidate in self._candidates(buffer, roots, unpacker, read, is_last=is_last):
            data, place = candidate.data, places[candidate.chunk]
            root = layer.roots[place]
            is_same = data == layer.chunks[place]
            is_likely = candidate.is_likely and layer.is_likely[place]
            known = seen.get((root, data))
            is_new = known is None or (is_likely and not known)
            if len(data) < PART_LETTERS or (is_same and candidate.encoding != BINARY) or not is_new:
                continue
            seen[root, data] = is_likely
            chain = (*layer.chains[place], candidate.encoding)
            offset = layer.offsets[place] if layer.chains[place] else candidate.offset
            if candidate.is_whole and len(data) in SIZES:
                digests.add(data, _Place(root, chain, offset), is_likely=is_likely and may_be_digest(data))
            if is_last or is_same:
                continue
            goes_on = is_open(candidate)
            if goes_on or may_hold(data):
                is_right = is_likely or is_surely_text(data, TEXT_AT_LEAST)
                following.add(data, root, chain, offset, plain=candidate.plain, is_open=goes_on, is_likely=is_right)
        self._look_up(digests, found)
        return following

    def _candidates(
        self, buffer: Buffer, roots: list[int], unpacker: Unpacker, read: Read, *, is_last: bool
    ) -> Iterator[Candidate]:
        hints = hints_in(buffer.data, has_nuls=buffer.has_nuls)
        yield from self._runs.find(buffer, hints, roots, read)
        yield from find_spread(buffer, hints)
        if is_last:
            return
        yield from find_escaped(buffer, hints)
        if Hint.PACKED in hints:
            yield from unpacker.find_packed(buffer, roots)
        if Hint.CONTROL in hints or buffer.has_nuls or not buffer.data.isascii():
            yield from _whole_bodies(buffer, roots, unpacker)

    def _look_up(self, digests: _Digests, found: _Found) -> None:
        for digest, hashed in self._digests.find(digests.likely).items():
            value = hashed.value
            for place in digests.places[digest]:
                chain = (*place.chain, *hashed.chain)
                found.add(place.root, Match(value.id, value.category, "value", chain, "hash", place.offset))


def _batches(chunks: Sequence[bytes], indexes: Sequence[int]) -> Iterator[Sequence[int]]:
    """Indexes of texts, in batches by what they hold."""
    start, size = 0, 0
    for place, index in enumerate(indexes, 1):
        size += len(chunks[index])
        if size >= BATCH or place == len(indexes):
            yield indexes[start:place]
            start, size = place, 0


def _whole_bodies(buffer: Buffer, roots: list[int], unpacker: Unpacker) -> Iterator[Candidate]:
    """Bodies and strings that are compressed as a whole, and digests that are bodies of their own."""
    for chunk, data in enumerate(buffer.chunks):
        if not data.isascii():
            for place, text in lz_strings_within(data):
                yield Candidate(LZ_STRING, chunk, place, text.encode("utf-8", "replace"), is_whole=False)
        if is_binary(data) or has_wide(data):
            for name, out in unpacker.whole(data, roots[chunk]):
                yield Candidate(name, chunk, 0, out, is_whole=name != LZ_STRING)
            for name in wide_lz_strings(data):
                yield Candidate(name, chunk, 0, data.decode(name).encode())
            for name in utf16_orders(data):
                yield Candidate(name, chunk, 0, data.decode(name, "replace").encode("utf-8", "replace"))
            if len(data) in SIZES:
                yield Candidate(BINARY, chunk, 0, data)
