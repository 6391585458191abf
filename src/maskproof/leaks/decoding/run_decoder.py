"""
Decodes the runs without blanks that show a sign of an encoding.

Plain text has many such runs that are none (ids, names in programs), and they repeat: what became of each is
remembered in the life of a searcher.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

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
from maskproof.leaks.decoding.coding_signs import Hint, Hints
from maskproof.leaks.decoding.packed import Unpacker, looks_packed
from maskproof.leaks.decoding.spans import runs
from maskproof.leaks.decoding.whole_token_codings import (
    DIGEST85,
    ORDINARY,
    SHORTEST,
    adobe_guesses,
    token_guesses,
    tokens_of,
)
from maskproof.leaks.digests.hashes import SIZES
from maskproof.leaks.text_heuristics import is_binary, is_text, utf16_orders

SIGNS = (Hint.ODD, Hint.PUNCTUATED, Hint.TEXT64, Hint.PADDED64, Hint.HEX, Hint.BASE32, Hint.LOWER32)
PRINTABLE = re.compile(rb"[!-~]*")
# What a part of a value is at least: five characters one after the other.
READABLE = re.compile(
    rb"(?:[ -~\t\r\n]|[\xc2-\xf4][\x80-\xbf]{1,3}){5}|(?:[ -~]\x00){4}|(?:\x00[ -~]){4}"  # UTF-8 or UTF-16
)
UTF16 = re.compile(rb"(?:[ -~]\x00){4}|(?:\x00[ -~]){4}")
LONGEST_REMEMBERED, REMEMBERED = 1 << 9, 100_000
SEGMENT, LONGEST_PATH = re.compile(rb"[A-Za-z0-9+_\-]{8,}"), 1 << 12
# More than this is searched as soon as it is looked at.
SOON_READ = 1 << 12
# Stands for what is known to be base64, and is part of no token.
TAKEN = b'"'
MUCH_TAKEN = TAKEN * LONG_TEXT
# Enough to see that a guess unpacks.
TRIAL = 1 << 16
# Fields that are looked at whether they show a sign or not; a longer one in base85 does.
FIELDS = range(10, 65)

# A digest of so many bytes has no room for another, or is one half of another.
LONGEST_ALONE = 16

Guesses = tuple[Guess, ...]
Decode = Callable[[bytes], Iterator[Guess]]
# What was decoded of each text of depth 0, and how.
Read = set[tuple[int, Decode, bytes]]


class _Part(NamedTuple):
    """A part of a run: its place there, its bytes, what decodes it, and whether it may be a digest of its own."""

    place: int
    data: bytes
    decode: Decode
    is_likely: bool


class _Run(NamedTuple):
    """A run: its bytes, where in the buffer it starts, all signs there, its text of depth 0, and what is read of it."""

    data: bytes
    start: int
    ends: Sequence[int]
    root: int
    read: Read

    def has_sign(self, start: int, end: int) -> bool:
        """Whether a sign ends in a part of the run."""
        place = bisect_right(self.ends, self.start + start)
        return place < len(self.ends) and self.ends[place] <= self.start + end

    def parts(self) -> Iterator[_Part]:
        """Its parts that show a sign of their own, as those of other runs do."""
        rest = self.data
        web_tokens = [match.span() for match in JWT.finditer(self.data)]
        for match in BASE64_RUN.finditer(self.data):
            if self.has_sign(*match.span()) and not self._is_fraction(match):
                yield _Part(match.start(), match[0], guesses, not _is_within(web_tokens, *match.span()))
                for place, segment in self._segments(match):
                    yield _Part(place, segment, guesses, is_likely=False)
                if is_text64(match[0]):
                    rest = rest[: match.start()] + TAKEN * len(match[0]) + rest[match.end() :]
        for place, token in tokens_of(rest):
            end = place + len(token)
            if MUCH_TAKEN not in token and self.has_sign(place, end):
                yield _Part(place, token, token_guesses, not _is_within(web_tokens, place, end))

    def _segments(self, match: re.Match[bytes]) -> Iterator[tuple[int, bytes]]:
        """Between slashes, what of a run shows a sign: it may be a path, and base64 for addresses has none."""
        if b"/" in match[0] and len(match[0]) <= LONGEST_PATH:
            for segment in SEGMENT.finditer(match[0]):
                start, end = (match.start() + place for place in segment.span())
                if self.has_sign(start, end):
                    yield start, segment[0]

    def _is_fraction(self, match: re.Match[bytes]) -> bool:
        """Whether digits are those behind the point of a number, which may be as many as a digest in decimal has."""
        return self.data[match.start() - 1 : match.start()] == b"." and match[0].isdigit()

    def is_new(self, part: bytes, decode: Decode) -> bool:
        """Whether no such part of the text was decoded before; it is now."""
        known = len(self.read)
        self.read.add((self.root, decode, part))
        return len(self.read) > known


class RunDecoder:
    """Decodes runs, and remembers what became of them."""

    def __init__(self) -> None:
        self._known: dict[tuple[Decode, bytes], Guesses] = {}

    def find(self, buffer: Buffer, hints: Hints, roots: Sequence[int], read: Read) -> Iterator[Candidate]:
        """
        What the runs around signs may stand for.

        Args:
            buffer: The texts.
            hints: The signs in them.
            roots: For each, the text of depth 0 that it came from.
            read: Runs of each text that were decoded before, and need not be again; grows.

        """
        ends = sorted({end for hint in SIGNS for end in hints.get(hint, ())})
        for start, end in runs(buffer.data, ends, PRINTABLE):
            if end - start < SHORTEST:
                continue
            chunk, offset = buffer.locate(start)
            run = _Run(buffer.data[start:end], start, ends, roots[chunk], read)
            for guess in self._guesses(run):
                place = offset + guess.offset
                yield Candidate(
                    guess.encoding, chunk, place, guess.data, guess.is_whole, guess.is_likely, guess.is_digest
                )
        yield from self._of_fields(buffer)
        adobe = adobe_guesses(buffer.data) if Hint.ADOBE in hints else ()
        for guess in (*lines_of_base64(buffer.data, ends), *adobe):
            yield Candidate(guess.encoding, *buffer.locate(guess.offset), guess.data)

    def _of_fields(self, buffer: Buffer) -> Iterator[Candidate]:
        """Short fields without blanks, as a whole: one in base85 need not show any sign, if it is short."""
        chunks = buffer.chunks
        for chunk in [chunk for chunk, size in enumerate(map(len, chunks)) if size in FIELDS]:
            data = chunks[chunk]
            if b" " in data or not PRINTABLE.fullmatch(data):
                continue
            is_ordinary = ORDINARY.fullmatch(data) is not None
            if is_ordinary and len(data) not in DIGEST85:
                continue
            for guess in self._remembered(data, token_guesses):
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
        yield from filter(_is_worth, jwt_payloads(run.data))
        for place, part, decode, is_likely in parts:
            for guess in self._remembered(part, decode):
                yield guess._replace(offset=place + guess.offset, is_likely=guess.is_likely and is_likely)

    def _remembered(self, part: bytes, decode: Decode) -> Guesses:
        if len(part) > LONGEST_REMEMBERED:
            return tuple(filter(_is_worth, decode(part)))
        known = self._known.get((decode, part))
        return self._keep(part, decode, filter(_is_worth, decode(part))) if known is None else known

    def _keep(self, part: bytes, decode: Decode, found: Iterable[Guess]) -> Guesses:
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        known = self._known[decode, part] = tuple(found)
        return known


def _is_within(web_tokens: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a part belongs to a JSON Web Token: what is signed is read by itself, and a signature is random."""
    return any(first <= start and end <= last for first, last in web_tokens)


def _whole(run: bytes) -> Iterator[Guess]:
    """A run as it is, beside its parts."""
    return jwt_payloads(run)


def _is_worth(guess: Guess) -> bool:
    """Whether a guess can lead anywhere: it can be read, is packed, or is as long as a digest."""
    data = guess.data
    if not data:
        return False
    if len(data) > SOON_READ or READABLE.search(data) is not None or looks_packed(data):
        return True
    if not guess.is_whole:
        return False
    return len(data) in SIZES or (is_binary(data) and _holds_something(data))


def _holds_something(data: bytes) -> bool:
    """Whether binary data are UTF-16, or unpack without a magic."""
    return bool(utf16_orders(data)) or any(Unpacker(TRIAL, is_trial=True).whole(data, 0))


def is_open(candidate: Candidate) -> bool:
    """Whether decoded bytes are worth decoding further: text, something compressed, or a body of its own."""
    data = candidate.data
    if is_text(data) or looks_packed(data):
        return True
    if candidate.is_whole and is_binary(data):  # what is only as long as a digest was kept for that
        if len(data) not in SIZES or READABLE.search(data) is not None:
            return True
        return not candidate.is_digest and _holds_something(data)
    return UTF16.search(data) is not None


def may_hold(data: bytes) -> bool:
    """Whether a value or a digest may stand within bytes that are not decoded further."""
    return len(data) > LONGEST_ALONE or READABLE.search(data) is not None
