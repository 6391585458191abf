"""
The search: all forms of all values at once, first in the texts and then in what is encoded in them.

A searcher is built once for a persona and shared by its sessions. One multi-pattern search (Hyperscan) reads plain
text. Text with a sign of an encoding is decoded and searched again, to the configured depth.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from maskproof.leaks.budget import DEFAULT_TIME_LIMIT_S, DEFAULT_UNPACK_LIMIT, Budget, OverBudget
from maskproof.leaks.buffer import Buffer, batches
from maskproof.leaks.decoding.extras import NO_EXTRAS
from maskproof.leaks.decoding.run_decoder import may_hold
from maskproof.leaks.digests.hash_chains import COMMON_HASHES
from maskproof.leaks.digests.hashes import SIZES
from maskproof.leaks.digests.known_digests import DigestTable
from maskproof.leaks.digests.raw_digests import RawDigests
from maskproof.leaks.rare.bundle import WITH_RARE_CODINGS, WITH_RARE_HASHES
from maskproof.leaks.search.clean_text_cache import CleanTextCache
from maskproof.leaks.search.decoders import BINARY, Decoders, Progress
from maskproof.leaks.search.decoding_layers import DecodingLayer
from maskproof.leaks.search.digest_places import DigestPlace, Digests
from maskproof.leaks.search.known_encodings import LiteralSearch
from maskproof.leaks.search.matches import RANK, Match, Matches
from maskproof.leaks.search.plain import Hit, PlainSearch, stands_in, without_mailboxes
from maskproof.leaks.search.prefixes import PrefixSearch
from maskproof.leaks.search.short_values import ShortValues
from maskproof.leaks.search.slices import SLICE, slices
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.text_heuristics import PART_LETTERS, is_surely_text, may_be_digest, short_key
from maskproof.leaks.traces.second_net import SecondNet, is_readable

# One more than the three that the documentation promises: the escapes of the carrier are a layer, too.
DEPTH = 4
# Decoded text of so many bytes shows that the decoder was the right one.
TEXT_AT_LEAST = 12


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
        extras = WITH_RARE_CODINGS if is_rare else NO_EXTRAS
        self._decoders = Decoders(extras)
        hashes = WITH_RARE_HASHES if is_rare else COMMON_HASHES
        unique = tuple(value for value in self.values if value.is_unique)
        self._digests = DigestTable(unique, self.options.salts, hashes)
        self._literals = LiteralSearch(unique, self._digests.halves, extras.coded)
        self.prefixes = PrefixSearch(unique)
        self.short = ShortValues(self.values)
        self._raw = RawDigests(self._digests.known, halves=is_rare)
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
        found = Matches()
        own = budget or self.budget()
        unknown = self._unknown(chunks, made)
        for indexes in batches(chunks, [index for index in unknown if len(chunks[index]) <= SLICE]):
            _note(self._scan(chunks, indexes, found, made, own), indexes, stopped)
        for index in [index for index in unknown if len(chunks[index]) > SLICE]:
            for start, part in slices(chunks[index]):
                within = Matches()
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
        found: Matches,
        made: Collection[int],
        budget: Budget,
    ) -> str:
        """Search some texts to the end, or say why not."""
        layer = DecodingLayer.of(chunks, indexes, made)
        progress = self._decoders.progress(budget, sum(map(len, layer.chunks)))
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
        found: Matches,
        progress: Progress,
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
        self, chunks: Sequence[bytes], seen: dict[tuple[int, bytes], bool], found: Matches, made: Collection[int]
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

    def _search(self, layer: DecodingLayer, buffer: Buffer, found: Matches) -> None:
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

    def _look_for_patterns(self, layer: DecodingLayer, found: Matches, budget: Budget) -> None:
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
    def _add(layer: DecodingLayer, hit: Hit, found: Matches) -> None:
        chain = layer.chains[hit.chunk]
        offset = layer.offsets[hit.chunk] if chain else hit.offset
        encoding = (*chain, *hit.encoding)
        match = Match(hit.value.id, hit.value.category, "value", encoding, hit.match, offset)
        found.add(layer.roots[hit.chunk], match)

    def _decode(
        self,
        layer: DecodingLayer,
        buffer: Buffer,
        found: Matches,
        progress: Progress,
        following: DecodingLayer,
        *,
        is_last: bool,
    ) -> None:
        """Add what is encoded in a layer to the following one. Digests are looked up on the way."""
        digests = Digests()
        places: Sequence[int] = range(len(layer.chunks))
        roots = layer.roots
        if not all(layer.is_open):
            places = [place for place in places if layer.is_open[place]]
            buffer = Buffer([layer.chunks[place] for place in places])
            roots = [layer.roots[place] for place in places]
        try:
            for candidate in self._decoders.candidates(buffer, roots, progress, is_last=is_last):
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
                    digests.add(data, DigestPlace(root, chain, offset), is_likely=is_likely and may_be_digest(data))
                if is_last or is_same:
                    continue
                goes_on = self._decoders.is_open(candidate)
                if goes_on or may_hold(data):
                    is_right = is_likely or is_surely_text(data, TEXT_AT_LEAST)
                    following.add(data, root, chain, offset, plain=candidate.plain, is_open=goes_on, is_likely=is_right)
        finally:
            self._look_up(digests, found)

    def _look_up(self, digests: Digests, found: Matches) -> None:
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
