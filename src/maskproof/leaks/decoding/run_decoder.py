"""
Decodes the runs without blanks that show a sign of an encoding.

Plain text has many such runs that are none (ids, names in programs), and they repeat. So what each decodes to is
remembered for the life of a searcher.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from maskproof.leaks.budget import Budget
from maskproof.leaks.buffer import Buffer
from maskproof.leaks.decoding.base_runs import (
    BASE64_RUN,
    JWT,
    LONG_TEXT,
    Guess,
    guesses,
    is_text64,
    jwt_payloads,
    lines_of_base64,
)
from maskproof.leaks.decoding.candidates import Candidate
from maskproof.leaks.decoding.coding_signs import Hint, Hints, merged
from maskproof.leaks.decoding.extras import NO_EXTRAS, Extras
from maskproof.leaks.decoding.packed import looks_packed
from maskproof.leaks.decoding.spans import runs
from maskproof.leaks.decoding.whole_token_codings import (
    DIGEST85,
    ORDINARY,
    SHORTEST,
    token_guesses,
    tokens_of,
)
from maskproof.leaks.digests.hashes import SIZES
from maskproof.leaks.text_heuristics import is_binary, is_text, short_key, utf16_orders

SIGNS = (Hint.ODD, Hint.PUNCTUATED, Hint.TEXT64, Hint.PADDED64, Hint.HEX, Hint.BASE32, Hint.LOWER32)
PRINTABLE = re.compile(rb"[!-~]*")
# Five characters one after the other (`PART_LETTERS`), the least that any form of a value is; in UTF-16 four of them,
# as in its sign. Of 20,000 random pieces of 8 bytes 4 % show this, of 32 bytes 25 %: what fails is no text, and what
# passes is only searched.
READABLE = re.compile(
    rb"(?:[ -~\t\r\n]|[\xc2-\xf4][\x80-\xbf]{1,3}){5}|(?:[ -~]\x00){4}|(?:\x00[ -~]){4}"  # UTF-8 or UTF-16
)
UTF16 = re.compile(rb"(?:[ -~]\x00){4}|(?:\x00[ -~]){4}")
# These bound memory: 100,000 runs of 512 bytes are 51 MB. Longer runs are rare, and seldom the same twice.
LONGEST_REMEMBERED, REMEMBERED = 1 << 9, 100_000
# Base64 for URLs is decoded from each segment of a path, as a token of eight letters or more; a longer run with slashes
# is base64 as a whole.
SEGMENT, LONGEST_PATH = re.compile(rb"[A-Za-z0-9+_\-]{%d,}" % SHORTEST), 1 << 12
# Searching more than this takes less time than looking whether it is worth it.
SOON_READ = 1 << 12
# Stands for what is known to be base64. It ends every token.
TAKEN = b'"'
MUCH_TAKEN = TAKEN * LONG_TEXT
# Whether a guess unpacks shows within this; a bomb costs no more.
TRIAL = 1 << 16
# Fields that are decoded whether they show a sign or not, since base85 need not: from 10 characters on, as half a
# MurmurHash3 has. Of random ones of 10 characters 11 % show no sign, of 20 1 %, of 40 1 in 10,000, and none of 20,000
# of 64.
FIELDS = range(10, 65)
# So many bytes are one digest, or half of one: they have no room for a digest within them.
LONGEST_ALONE = 16

Guesses = tuple[Guess, ...]
Decode = Callable[[bytes], Iterator[Guess]]
# What was decoded of each text of depth 0, and how.
Read = set[tuple[int, Decode, bytes]]


class _Part(NamedTuple):
    """
    A part of a run.

    Attributes:
        place: Where in the run it begins.
        data: Its bytes.
        decode: What decodes it.
        is_likely: Whether it may be a digest of its own.

    """

    place: int
    data: bytes
    decode: Decode
    is_likely: bool


class _Run(NamedTuple):
    """
    A run of printable characters without blanks.

    Attributes:
        data: Its bytes.
        start: Where in the buffer it begins.
        ends: Where in the buffer signs end.
        root: Index of its text of depth 0.
        read: What was decoded before; grows.
        token_guesses: What decodes its tokens.
        budget: What may be spent.

    """

    data: bytes
    start: int
    ends: Sequence[int]
    root: int
    read: Read
    token_guesses: Decode
    budget: Budget

    def has_sign(self, start: int, end: int) -> bool:
        """
        Whether a sign ends in a part of the run.

        Args:
            start: Where in the run the part begins.
            end: Where in the run it ends.

        """
        place = bisect_right(self.ends, self.start + start)
        return place < len(self.ends) and self.ends[place] <= self.start + end

    def parts(self) -> Iterator[_Part]:
        """Its parts that show a sign of their own."""
        rest = bytearray(self.data)
        web_tokens = [match.span(1) for match in JWT.finditer(self.data)]
        for match in BASE64_RUN.finditer(self.data):
            if self.has_sign(*match.span()) and not self._is_fraction(match):
                yield _Part(match.start(), match[0], guesses, not _is_within(web_tokens, *match.span()))
                for place, segment in self._segments(match):
                    yield _Part(place, segment, guesses, is_likely=False)
                if is_text64(match[0]):
                    rest[match.start() : match.end()] = TAKEN * len(match[0])
        for place, token in tokens_of(bytes(rest)):
            end = place + len(token)
            if MUCH_TAKEN not in token and self.has_sign(place, end):
                yield _Part(place, token, self.token_guesses, not _is_within(web_tokens, place, end))

    def _segments(self, match: re.Match[bytes]) -> Iterator[tuple[int, bytes]]:
        """Segments between slashes that show a sign: a run may be a path, and base64 for URLs has no slash."""
        if b"/" in match[0] and len(match[0]) <= LONGEST_PATH:
            for segment in SEGMENT.finditer(match[0]):
                start, end = (match.start() + place for place in segment.span())
                if self.has_sign(start, end):
                    yield start, segment[0]

    def _is_fraction(self, match: re.Match[bytes]) -> bool:
        """Whether digits stand behind a decimal point: there may be as many as a digest in decimal has."""
        return self.data[match.start() - 1 : match.start()] == b"." and match[0].isdigit()

    def is_new(self, part: bytes, decode: Decode) -> bool:
        """
        Whether this part of the text was not decoded before; it counts as decoded from now on.

        Args:
            part: Bytes of the part.
            decode: What decodes it.

        """
        known = len(self.read)
        self.read.add((self.root, decode, short_key(part)))
        return len(self.read) > known


class RunDecoder:
    """
    Decodes runs, and remembers what they decode to.

    Args:
        extras: What is decoded beside common codings.

    """

    def __init__(self, extras: Extras = NO_EXTRAS) -> None:
        self._extras = extras
        self._token_guesses: Decode = partial(token_guesses, codings85=extras.codings85)
        self._known: dict[tuple[Decode, bytes], Guesses] = {}

    def find(
        self, buffer: Buffer, hints: Hints, roots: Sequence[int], read: Read, budget: Budget | None = None
    ) -> Iterator[Candidate]:
        """
        What the runs around signs may stand for.

        Args:
            buffer: The texts.
            hints: The signs in them.
            roots: For each text, the index of the text of depth 0 that it came from.
            read: Runs of each text that were decoded before and are skipped; grows.
            budget: What decoding may take; without one, whatever it takes.

        Raises:
            OverBudget: The budget is spent.

        """
        budget = budget or Budget()
        ends = merged(hints, SIGNS)
        for start, end in runs(buffer.data, ends, PRINTABLE):
            if end - start < SHORTEST:
                continue
            chunk, offset = buffer.locate(start)
            run = _Run(buffer.data[start:end], start, ends, roots[chunk], read, self._token_guesses, budget)
            for guess in self._guesses(run):
                place = offset + guess.offset
                yield Candidate(
                    guess.encoding, chunk, place, guess.data, guess.is_whole, guess.is_likely, guess.is_digest
                )
        yield from self._of_fields(buffer)
        marked = self._extras.marked85(buffer.data) if Hint.ADOBE in hints else ()
        for guess in (*lines_of_base64(buffer.data, ends), *marked):
            yield Candidate(guess.encoding, *buffer.locate(guess.offset), guess.data)

    def _of_fields(self, buffer: Buffer) -> Iterator[Candidate]:
        """Short fields without blanks, as a whole: short base85 need not show a sign."""
        chunks = buffer.chunks
        for chunk in [chunk for chunk, size in enumerate(map(len, chunks)) if size in FIELDS]:
            data = chunks[chunk]
            if b" " in data or not PRINTABLE.fullmatch(data):
                continue
            is_ordinary = ORDINARY.fullmatch(data) is not None
            if is_ordinary and len(data) not in DIGEST85:
                continue
            for guess in self._remembered(data, self._token_guesses):
                is_likely = guess.is_likely and not is_ordinary
                yield Candidate(guess.encoding, chunk, guess.offset, guess.data, guess.is_whole, is_likely)

    def _guesses(self, run: _Run) -> Iterable[Guess]:
        if not run.is_new(run.data, _whole):
            return ()
        if len(run.data) > LONGEST_REMEMBERED:
            return self._of_parts(run, (part for part in run.parts() if run.is_new(part.data, part.decode)))
        known = self._known.get((_whole, run.data))
        return self._keep(run.data, _whole, self._of_parts(run, run.parts())) if known is None else known

    def _of_parts(self, run: _Run, parts: Iterable[_Part]) -> Iterator[Guess]:
        yield from filter(self._is_worth, jwt_payloads(run.data))
        for place, part, decode, is_likely in parts:
            run.budget.check()
            for guess in self._remembered(part, decode):
                yield guess._replace(offset=place + guess.offset, is_likely=guess.is_likely and is_likely)

    def _remembered(self, part: bytes, decode: Decode) -> Iterable[Guess]:
        if len(part) > LONGEST_REMEMBERED:
            return filter(self._is_worth, decode(part))
        known = self._known.get((decode, part))
        return self._keep(part, decode, filter(self._is_worth, decode(part))) if known is None else known

    def _keep(self, part: bytes, decode: Decode, found: Iterable[Guess]) -> Guesses:
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        known = self._known[decode, part] = tuple(found)
        return known

    def _is_worth(self, guess: Guess) -> bool:
        """Whether a guess can lead anywhere: it can be read, is packed, or is as long as a digest."""
        data = guess.data
        if not data:
            return False
        if len(data) > SOON_READ or READABLE.search(data) is not None or looks_packed(data, self._extras.zlib_magic):
            return True
        if not guess.is_whole:
            return False
        return len(data) in SIZES or (is_binary(data) and self._holds_something(data))

    def _holds_something(self, data: bytes) -> bool:
        """Whether binary data are UTF-16, or unpack without a magic."""
        trial = self._extras.unpacker(Budget(TRIAL), is_trial=True)
        return bool(utf16_orders(data)) or trial.holds_something(data)

    def is_open(self, candidate: Candidate) -> bool:
        """Whether decoded bytes are worth decoding further: text, something compressed, or a body of its own."""
        data = candidate.data
        if is_text(data) or looks_packed(data, self._extras.zlib_magic):
            return True
        if candidate.is_whole and is_binary(data):  # what is only as long as a digest was kept for that
            if len(data) not in SIZES or READABLE.search(data) is not None:
                return True
            return not candidate.is_digest and self._holds_something(data)
        return UTF16.search(data) is not None


def _is_within(web_tokens: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a part belongs to a JSON Web Token: its payload is read by itself, and its signature is random."""
    before = bisect_right(web_tokens, start, key=itemgetter(0)) - 1
    return before >= 0 and end <= web_tokens[before][1]


def _whole(run: bytes) -> Iterator[Guess]:
    """The key under which a run as a whole is remembered, beside its parts."""
    return jwt_payloads(run)


def may_hold(data: bytes) -> bool:
    """Whether a value or a digest may stand within bytes that are not decoded further."""
    return len(data) > LONGEST_ALONE or READABLE.search(data) is not None
