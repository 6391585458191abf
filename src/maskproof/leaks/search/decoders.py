"""What may be encoded in the texts of one layer, and how far the decoding has come."""

from collections.abc import Iterator

from maskproof.leaks.budget import Budget, OverBudget
from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.coding_signs import Hint, SignSearch
from maskproof.leaks.decoding.escapes import find_escaped
from maskproof.leaks.decoding.extras import Extras
from maskproof.leaks.decoding.interleaved_codings import find_spread
from maskproof.leaks.decoding.lz import LZ_STRING
from maskproof.leaks.decoding.packed import UNPACKED, Unpacker
from maskproof.leaks.decoding.run_decoder import Read, RunDecoder
from maskproof.leaks.digests.hashes import SIZES
from maskproof.leaks.text_heuristics import has_wide, is_binary, utf16_orders

# The encoding that findings name for a digest in raw bytes, alone or within other bytes.
BINARY = "binary"
# Decoders make so many times the bytes of a text without being counted: every run is read in each alphabet, from each
# place where a group may begin, at each depth. Dense text of many codings makes 30 times as many.
MOST_TIMES = 64


class Progress:
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


class Decoders:
    """
    Every decoder, in the order in which they are tried.

    Args:
        extras: What is searched for beside the common codings.

    """

    def __init__(self, extras: Extras) -> None:
        self._extras = extras
        self._signs = SignSearch(extras.signs)
        self._runs = RunDecoder(extras)

    def progress(self, budget: Budget, size: int) -> Progress:
        """
        The state of the decoding of some texts before it begins.

        Args:
            budget: What may be spent.
            size: Bytes of the texts.

        """
        return Progress(budget, self._extras.unpacker(budget), size)

    def is_open(self, candidate: Candidate) -> bool:
        """Whether what was decoded may hold a further encoding."""
        return self._runs.is_open(candidate)

    def candidates(self, buffer: Buffer, roots: list[int], progress: Progress, *, is_last: bool) -> Iterator[Candidate]:
        """
        Everything that may be encoded in some texts, decoded once.

        Args:
            buffer: The texts.
            roots: The text of depth 0 that each is from.
            progress: How far the decoding has come; notes what the budget does not allow.
            is_last: Whether only digests are wanted: nothing is unpacked.

        Raises:
            OverBudget: The budget is spent.

        """
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
