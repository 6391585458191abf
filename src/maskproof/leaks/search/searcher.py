"""
The search: all forms of all values at once, first in the texts and then in what is encoded in them.

A searcher is built once for a persona and shared by its sessions. One multi-pattern search (Hyperscan) reads plain
text. Text with a sign of an encoding is decoded and searched again, to the configured depth.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from maskproof.leaks.budget import DEFAULT_TIME_LIMIT_S, DEFAULT_UNPACK_LIMIT, Budget, OverBudget
from maskproof.leaks.buffer import Buffer, batches
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.coding_signs import Hint, SignSearch
from maskproof.leaks.decoding.escapes import find_escaped
from maskproof.leaks.decoding.extras import NO_EXTRAS, Extras
from maskproof.leaks.decoding.interleaved_codings import find_spread
from maskproof.leaks.decoding.lz import LZ_STRING
from maskproof.leaks.decoding.packed import UNPACKED, Unpacker
from maskproof.leaks.decoding.run_decoder import Read, RunDecoder, may_hold
from maskproof.leaks.digests.hash_chains import COMMON_HASHES
from maskproof.leaks.digests.hashes import SIZES
from maskproof.leaks.digests.known_digests import DigestTable
from maskproof.leaks.digests.raw_digests import RawDigests
from maskproof.leaks.rare.bundle import WITH_RARE_CODINGS, WITH_RARE_HASHES
from maskproof.leaks.search.clean_text_cache import CleanTextCache
from maskproof.leaks.search.decoding_layers import DecodingLayer
from maskproof.leaks.search.known_encodings import LiteralSearch
from maskproof.leaks.search.plain import Hit, PlainSearch, stands_in, without_mailboxes
from maskproof.leaks.search.prefixes import PrefixSearch
from maskproof.leaks.search.short_values import ShortValues
from maskproof.leaks.search.slices import SLICE, slices
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.text_heuristics import (
    PART_LETTERS,
    has_wide,
    is_binary,
    is_surely_text,
    may_be_digest,
    short_key,
    utf16_orders,
)
from maskproof.leaks.traces.second_net import SecondNet, is_readable

# One more than the three that the documentation promises: the escapes of the carrier are a layer, too.
DEPTH = 4
# Decoded text of so many bytes shows that the decoder was the right one.
TEXT_AT_LEAST = 12
RANK = {"exact": 0, "normalised": 1, "partial": 2}
# The encoding that findings name for a digest in raw bytes, alone or within other bytes.
BINARY = "binary"
# Matches of one value at most so many bytes apart are one finding; of one value in one text so many are kept.
NEAR = 512
MOST_PLACES = 1000
# Decoders make so many times the bytes of a text without being counted: every run is read in each alphabet, from each
# place where a group may begin, at each depth. Dense text of many codings makes 30 times as many.
MOST_TIMES = 64


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """
    How far the search goes.

    Attributes:
        depth: Layers of encodings that are undone.
        salts: Salts of hashes.
        unpack_limit: Most bytes that one file or text may unpack to.
        time_limit_s: Most seconds that one file or text may take.
        second_net: Pattern-based detection, if it is wanted.
        rare: Whether rare codings and hashes (`rare/`) are searched for, too.

    """

    depth: int = DEPTH
    salts: tuple[bytes, ...] = ()
    unpack_limit: int = DEFAULT_UNPACK_LIMIT
    time_limit_s: float = DEFAULT_TIME_LIMIT_S
    second_net: SecondNet | None = None
    rare: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """
    One value found in one text.

    `encoding` is outermost first. `match` is exact, normalised, partial, hash or pattern. `offset` is the byte in the
    text; of an encoded value, the byte at which its encoding begins.
    """

    value_id: str
    category: str
    kind: str
    encoding: tuple[str, ...]
    match: str
    offset: int


class _Matches:
    """
    Matches by text and value.

    Of matches near each other the best is kept: a whole value before a part of it, then the least encoded.
    """

    def __init__(self) -> None:
        self._matches: dict[tuple[int, str], list[Match]] = {}
        # Indexes of the matches of each stretch of `NEAR` bytes of a text, so that near ones are found at once.
        self._stretches: dict[tuple[int, str, int], list[int]] = {}

    def add(self, root: int, match: Match) -> None:
        """
        Keep a match, unless a match of the same value that is as good is near.

        Args:
            root: Index of the text of depth 0.
            match: The match; less encoded matches have to come first.

        """
        known = self._matches.setdefault((root, match.value_id), [])
        stretch = match.offset // NEAR
        around = (self._stretches.get((root, match.value_id, number), ()) for number in range(stretch - 1, stretch + 2))
        near = sorted(place for places in around for place in places if abs(known[place].offset - match.offset) <= NEAR)
        if not near and len(known) < MOST_PLACES:
            self._stretches.setdefault((root, match.value_id, stretch), []).append(len(known))
            known.append(match)
        elif near and match.match != "partial" and all(known[place].match == "partial" for place in near):
            known[near[0]] = match

    def roots(self) -> set[int]:
        """Indexes of the texts in which something was found."""
        return {root for root, _ in self._matches}

    def __iter__(self) -> Iterator[tuple[int, Match]]:
        return iter([(root, match) for (root, _), matches in self._matches.items() for match in matches])


class _DigestPlace(NamedTuple):
    """Where a digest was found: index of the text of depth 0, encodings, offset."""

    root: int
    chain: tuple[str, ...]
    offset: int


class _Digests:
    """Bytes that may be digests, with their places, and whether each is likely to be one."""

    def __init__(self) -> None:
        self.places: dict[bytes, list[_DigestPlace]] = {}
        self.likely: dict[bytes, bool] = {}

    def add(self, digest: bytes, place: _DigestPlace, *, is_likely: bool) -> None:
        """
        Add a place of a digest.

        Args:
            digest: Its bytes.
            place: Where it stands.
            is_likely: Whether the bytes are likely to be a digest at this place.

        """
        self.places.setdefault(digest, []).append(place)
        self.likely[digest] = self.likely.get(digest, False) or is_likely


class _Progress:
    """
    How far the decoding of a batch of texts has come.

    Args:
        budget: What may be spent.
        unpacker: Unpacks compressed data, from the same budget.
        size: Bytes of the texts.

    Attributes:
        seen: What was decoded of each text (`short_key`), and whether it was likely to be a digest.
        read: Runs of each text that were decoded.
        reason: Why something was not unpacked or decoded; empty while everything was.
        is_over: Whether decoding ended before its end.

    """

    def __init__(self, budget: Budget, unpacker: Unpacker, size: int) -> None:
        self.budget = budget
        self.unpacker = unpacker
        self.seen: dict[tuple[int, bytes], bool] = {}
        self.read: Read = set()
        self.reason = ""
        self.is_over = False
        self._free = MOST_TIMES * size

    def count(self, size: int, encoding: str) -> None:
        """
        Count decoded bytes: those beyond a multiple of the texts, and of what was unpacked from them, are spent.

        Args:
            size: How many.
            encoding: What they were decoded from; what was unpacked was spent when it was.

        Raises:
            OverBudget: The budget is spent.

        """
        self._free += MOST_TIMES * size if encoding in UNPACKED else -size
        if self._free < 0:
            self.budget.spend(-self._free)
            self._free = 0
        self.budget.check()


class Searcher:
    """
    Finds values in texts.

    Args:
        values: The values to search for; short ones are found only in surroundings that say what they are.
        options: How far the search goes.

    """

    def __init__(self, values: Sequence[Value], *, options: ScanOptions | None = None) -> None:
        self.values = tuple(values)
        self.options = options or ScanOptions()
        self._plain = PlainSearch(self.values)
        is_rare = self.options.rare
        self._extras = WITH_RARE_CODINGS if is_rare else NO_EXTRAS
        self._signs = SignSearch(self._extras.signs)
        hashes = WITH_RARE_HASHES if is_rare else COMMON_HASHES
        unique = tuple(value for value in self.values if value.is_unique)
        self._digests = DigestTable(unique, self.options.salts, hashes)
        self._literals = LiteralSearch(unique, self._digests.halves, self._extras.coded)
        self.prefixes = PrefixSearch(unique)
        self.short = ShortValues(self.values)
        self._raw = RawDigests(self._digests.known, halves=is_rare)
        self._runs = RunDecoder(self._extras)
        # Joined texts have a cache of their own: hashes of hashes are not searched for in them.
        self._clean, self._clean_made = CleanTextCache(), CleanTextCache()

    def budget(self) -> Budget:
        """What one file or text may take, by the options."""
        return Budget(self.options.unpack_limit, self.options.time_limit_s)

    def scan_text(self, text: str) -> list[Match]:
        """Every value in one text; one match a value and place."""
        return self.scan_bytes(text.encode("utf-8", "surrogatepass"))

    def scan_bytes(self, data: bytes) -> list[Match]:
        """Every value in one piece of data; one match a value and place."""
        return [match for _, match in self.scan_many([data])]

    def scan_many(
        self,
        chunks: Sequence[bytes],
        *,
        made: Collection[int] = (),
        budget: Budget | None = None,
        stopped: dict[int, str] | None = None,
    ) -> list[tuple[int, Match]]:
        """
        Every value in many texts at once.

        Args:
            chunks: The texts.
            made: Indexes of texts that were joined from others: no hashes of hashes are searched for in them.
            budget: What the search may take; what the options allow unless it is given. Once it is spent, texts are
                searched as they are, but nothing more is unpacked or decoded.
            stopped: Takes the indexes of the texts that were not searched to the end, each with the reason.

        Returns:
            Index of the text, and the match; of each value, text and place the one that is encoded least.

        Raises:
            OverBudget: The texts take more than the budget, and there is no `stopped`.

        """
        found = _Matches()
        own = budget or self.budget()
        unknown = self._unknown(chunks, made)
        for indexes in batches(chunks, [index for index in unknown if len(chunks[index]) <= SLICE]):
            _note(self._scan(chunks, indexes, found, made, own), indexes, stopped)
        for index in [index for index in unknown if len(chunks[index]) > SLICE]:
            for start, part in slices(chunks[index]):
                within = _Matches()
                _note(self._scan([part], [0], within, (0,) if index in made else (), own), [index], stopped)
                for _, match in within:
                    found.add(index, replace(match, offset=match.offset + start))
        return list(found)

    def _unknown(self, chunks: Sequence[bytes], made: Collection[int]) -> Sequence[int]:
        """Indexes of the texts that no cache knows to hold no value."""
        if not self._clean and not self._clean_made:
            return range(len(chunks))
        return [
            index
            for index, chunk in enumerate(chunks)
            if chunk not in (self._clean_made if index in made else self._clean)
        ]

    @property
    def hash_chains(self) -> int:
        """How many hashes of values, and hashes of those, are known."""
        return self._digests.size

    def find_digests(self, digests: Sequence[bytes]) -> dict[bytes, str]:
        """The digests that are of values, each with the id of its value."""
        found = self._digests.find(dict.fromkeys(digests, True))
        return {digest: hashed.value.id for digest, hashed in found.items()}

    def _scan(
        self,
        chunks: Sequence[bytes],
        indexes: Sequence[int],
        found: _Matches,
        made: Collection[int],
        budget: Budget,
    ) -> str:
        """Search some texts to the end, or say why not."""
        layer = DecodingLayer.of(chunks, indexes, made)
        progress = _Progress(budget, self._extras.unpacker(budget), sum(map(len, layer.chunks)))
        for depth in range(self.options.depth + 1):
            following = DecodingLayer()
            for part in layer.parts():
                buffer = Buffer(part.chunks)
                self._search(part, buffer, found)
                if not progress.is_over:  # once it is, what was decoded until then is searched all the same
                    self._deeper(part, buffer, found, progress, following, is_last=depth == self.options.depth)
            layer = following
        if not progress.reason:
            self._cache_clean(chunks, progress.seen, found, made)
        return progress.reason

    def _deeper(
        self,
        layer: DecodingLayer,
        buffer: Buffer,
        found: _Matches,
        progress: _Progress,
        following: DecodingLayer,
        *,
        is_last: bool,
    ) -> None:
        """Add to the next layer what is encoded in this one, or what of it the budget allows."""
        try:
            self._look_for_patterns(layer, found, progress.budget)
            self._decode(layer, buffer, found, progress, following, is_last=is_last)
        except OverBudget as error:
            progress.reason = progress.reason or error.reason
            progress.is_over = True

    def _cache_clean(
        self, chunks: Sequence[bytes], seen: dict[tuple[int, bytes], bool], found: _Matches, made: Collection[int]
    ) -> None:
        """
        Cache texts that were decoded and hold nothing.

        Left out are texts with an unlikely digest: where the same digest is likely elsewhere, more is searched for.
        """
        nothing = {root for root, _ in seen} - found.roots()
        doubtful = {root for (root, data), is_likely in seen.items() if not is_likely and len(data) in SIZES}
        for root in nothing:
            if root in made:
                self._clean_made.add(chunks[root])
            elif root not in doubtful:
                self._clean.add(chunks[root])

    def _search(self, layer: DecodingLayer, buffer: Buffer, found: _Matches) -> None:
        hits = sorted(without_mailboxes(self._plain.search(buffer)), key=lambda hit: (RANK[hit.match], hit.offset))
        is_plain = cache(lambda chunk, text: stands_in(layer.plain[chunk], text))
        for hit in hits:
            if not is_plain(hit.chunk, hit.text):
                self._add(layer, hit, found)
        if layer.chains and len(layer.chains[0]) < self.options.depth:
            for literal, place in self._literals.search(buffer.data):
                chunk, offset = buffer.locate(place)
                if not is_plain(chunk, literal.data):
                    self._add(layer, Hit(literal.value, literal.match, chunk, offset, b"", literal.encoding), found)

        for hashed, place in self._raw.find(buffer.data):
            chunk, offset = buffer.locate(place)
            self._add(layer, Hit(hashed.value, "hash", chunk, offset, b"", (BINARY, *hashed.chain)), found)

    def _look_for_patterns(self, layer: DecodingLayer, found: _Matches, budget: Budget) -> None:
        """Search by pattern in plain texts, and in texts whose decoding is certain."""
        net = self.options.second_net
        if net is None:
            return
        places = [place for place, data in enumerate(layer.chunks) if is_readable(data, layer.chains[place])]
        for hit in net.find([layer.chunks[place] for place in places], budget):
            place = places[hit.index]
            chain = layer.chains[place]
            if layer.plain[place] and layer.chunks[place][hit.offset : hit.offset + hit.size] in layer.plain[place]:
                continue
            offset = layer.offsets[place] if chain else hit.offset
            found.add(layer.roots[place], Match(hit.name, hit.category, "pattern", chain, "pattern", offset))

    @staticmethod
    def _add(layer: DecodingLayer, hit: Hit, found: _Matches) -> None:
        chain = layer.chains[hit.chunk]
        offset = layer.offsets[hit.chunk] if chain else hit.offset
        encoding = (*chain, *hit.encoding)
        match = Match(hit.value.id, hit.value.category, "value", encoding, hit.match, offset)
        found.add(layer.roots[hit.chunk], match)

    def _decode(
        self,
        layer: DecodingLayer,
        buffer: Buffer,
        found: _Matches,
        progress: _Progress,
        following: DecodingLayer,
        *,
        is_last: bool,
    ) -> None:
        """Add what is encoded in a layer to the following one. Digests are looked up on the way."""
        digests = _Digests()
        places: Sequence[int] = range(len(layer.chunks))
        roots = layer.roots
        if not all(layer.is_open):
            places = [place for place in places if layer.is_open[place]]
            buffer = Buffer([layer.chunks[place] for place in places])
            roots = [layer.roots[place] for place in places]
        try:
            for candidate in self._candidates(buffer, roots, progress, is_last=is_last):
                data, place = candidate.data, places[candidate.chunk]
                root = layer.roots[place]
                is_same = data == layer.chunks[place]
                is_likely = candidate.is_likely and layer.is_likely[place]
                key = root, short_key(data)
                known = progress.seen.get(key)
                is_new = known is None or (is_likely and not known)
                if len(data) < PART_LETTERS or (is_same and candidate.encoding != BINARY) or not is_new:
                    continue
                progress.seen[key] = is_likely
                progress.count(len(data), candidate.encoding)
                chain = (*layer.chains[place], candidate.encoding)
                offset = layer.offsets[place] if layer.chains[place] else candidate.offset
                if candidate.is_whole and len(data) in SIZES:
                    digests.add(data, _DigestPlace(root, chain, offset), is_likely=is_likely and may_be_digest(data))
                if is_last or is_same:
                    continue
                goes_on = self._runs.is_open(candidate)
                if goes_on or may_hold(data):
                    is_right = is_likely or is_surely_text(data, TEXT_AT_LEAST)
                    following.add(data, root, chain, offset, plain=candidate.plain, is_open=goes_on, is_likely=is_right)
        finally:
            self._look_up(digests, found)

    def _candidates(
        self, buffer: Buffer, roots: list[int], progress: _Progress, *, is_last: bool
    ) -> Iterator[Candidate]:
        hints = self._signs.hints_in(buffer.data, has_nuls=buffer.has_nuls)
        yield from self._runs.find(buffer, hints, roots, progress.read, progress.budget)
        yield from find_spread(buffer, hints)
        if is_last:
            return
        yield from find_escaped(buffer, hints)
        may_be_body = Hint.CONTROL in hints or buffer.has_nuls or not buffer.data.isascii()
        try:
            if Hint.PACKED in hints:
                yield from progress.unpacker.find_packed(buffer)
            if may_be_body:
                yield from _packed_bodies(buffer, progress.unpacker)
        except OverBudget as error:  # the rest of what is packed; what is not is decoded all the same
            progress.reason = error.reason
        if may_be_body:
            yield from _whole_bodies(buffer, self._extras)

    def _look_up(self, digests: _Digests, found: _Matches) -> None:
        for digest, hashed in self._digests.find(digests.likely).items():
            value = hashed.value
            for place in digests.places[digest]:
                chain = (*place.chain, *hashed.chain)
                found.add(place.root, Match(value.id, value.category, "value", chain, "hash", place.offset))


def _note(reason: str, indexes: Sequence[int], stopped: dict[int, str] | None) -> None:
    """
    Note which texts were not searched to the end.

    Raises:
        OverBudget: There are any, and nowhere to note them.

    """
    if reason and stopped is None:
        raise OverBudget(reason)
    if reason and stopped is not None:
        stopped.update(dict.fromkeys(indexes, reason))


def _packed_bodies(buffer: Buffer, unpacker: Unpacker) -> Iterator[Candidate]:
    """Bodies that are compressed as a whole."""
    for chunk, data in enumerate(buffer.chunks):
        if is_binary(data) or has_wide(data):
            for name, out in unpacker.whole(data):
                yield Candidate(name, chunk, 0, out, is_whole=name != LZ_STRING)


def _whole_bodies(buffer: Buffer, extras: Extras) -> Iterator[Candidate]:
    """Strings that are compressed as a whole, bodies in UTF-16, and bodies that are a digest."""
    for chunk, data in enumerate(buffer.chunks):
        if not data.isascii():
            for place, text in extras.lz_of_fields(data):
                yield Candidate(LZ_STRING, chunk, place, text.encode("utf-8", "replace"), is_whole=False)
        if is_binary(data) or has_wide(data):
            for name in extras.lz_in_utf16(data):
                yield Candidate(name, chunk, 0, data.decode(name).encode())
            for name in utf16_orders(data):
                yield Candidate(name, chunk, 0, data.decode(name, "replace").encode("utf-8", "replace"))
            if len(data) in SIZES:
                yield Candidate(BINARY, chunk, 0, data)
