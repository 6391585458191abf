"""
Decodes the runs without blanks that show a sign of an encoding.

Plain text has many such runs that are none (ids, names in programs), and they repeat: what became of each is
remembered in the life of a searcher.
"""

import re
from collections.abc import Callable, Iterator

from maskproof.leaks.buffer import Buffer
from maskproof.leaks.candidates import Candidate
from maskproof.leaks.codecs import BASE64_RUN, Guess, guesses, jwt_payloads, lines_of_base64
from maskproof.leaks.hashes import SIZES
from maskproof.leaks.hints import Hint, Hints
from maskproof.leaks.packed import Unpacker, looks_packed
from maskproof.leaks.plausible import is_binary, is_text, is_utf16
from maskproof.leaks.spans import runs
from maskproof.leaks.tokens import DIGEST85, adobe_guesses, token_guesses, tokens_of

SIGNS = (Hint.ODD, Hint.PUNCTUATED, Hint.TEXT64, Hint.PADDED64, Hint.HEX, Hint.BASE32, Hint.LOWER32)
PRINTABLE = re.compile(rb"[!-~]*")
# What a part of a value is at least: five characters one after the other.
READABLE = re.compile(
    rb"(?:[ -~\t\r\n]|[\xc2-\xf4][\x80-\xbf]{1,3}){5}|(?:[ -~]\x00){4}|(?:\x00[ -~]){4}"  # UTF-8 or UTF-16
)
UTF16 = re.compile(rb"(?:[ -~]\x00){4}|(?:\x00[ -~]){4}")
LONGEST_REMEMBERED, REMEMBERED = 1 << 9, 100_000
# More than this is searched as soon as it is looked at.
SOON_READ = 1 << 12
# Enough to see that a guess unpacks.
TRIAL = 1 << 16

Guesses = tuple[Guess, ...]


class RunDecoder:
    """Decodes runs, and remembers what became of them."""

    def __init__(self) -> None:
        self._known: dict[bytes, Guesses] = {}

    def find(self, buffer: Buffer, hints: Hints) -> Iterator[Candidate]:
        """What the runs around signs may stand for."""
        ends = sorted({end for hint in SIGNS for end in hints.get(hint, ())})
        for start, end in runs(buffer.data, ends, PRINTABLE):
            found = self._guesses(buffer.data[start:end])
            if found:
                chunk, offset = buffer.locate(start)
                for guess in found:
                    place = offset + guess.offset
                    yield Candidate(guess.encoding, chunk, place, guess.data, guess.is_whole, guess.is_likely)
        yield from self._of_fields(buffer)
        for guess in (*lines_of_base64(buffer.data, ends), *adobe_guesses(buffer.data)):
            yield Candidate(guess.encoding, *buffer.locate(guess.offset), guess.data)

    def _of_fields(self, buffer: Buffer) -> Iterator[Candidate]:
        """Fields that are as long as a digest in base85: such a one need not show any sign."""
        for chunk, data in enumerate(buffer.chunks):
            if len(data) in DIGEST85 and PRINTABLE.fullmatch(data):
                for guess in self._guesses(data):
                    yield Candidate(guess.encoding, chunk, guess.offset, guess.data, guess.is_whole, guess.is_likely)

    def _guesses(self, run: bytes) -> Guesses:
        return self._remembered(run, _of_run) if len(run) <= LONGEST_REMEMBERED else tuple(self._of_long_run(run))

    def _of_long_run(self, run: bytes) -> Iterator[Guess]:
        """The same as of a short one; its parts may be known."""
        yield from filter(_is_worth, jwt_payloads(run))
        for match in BASE64_RUN.finditer(run):
            for guess in self._remembered(match[0], _of_part):
                yield guess._replace(offset=match.start() + guess.offset)
        for place, token in tokens_of(run):
            for guess in self._remembered(b"\x00" + token, _of_token):
                yield guess._replace(offset=place)

    def _remembered(self, run: bytes, decode: Callable[[bytes], Iterator[Guess]]) -> Guesses:
        if len(run) > LONGEST_REMEMBERED:
            return tuple(filter(_is_worth, decode(run)))
        known = self._known.get(run)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[run] = tuple(filter(_is_worth, decode(run)))
        return known


def _of_run(run: bytes) -> Iterator[Guess]:
    yield from jwt_payloads(run)
    for match in BASE64_RUN.finditer(run):
        for guess in guesses(match[0]):
            yield guess._replace(offset=match.start() + guess.offset)
    for place, token in tokens_of(run):
        for guess in token_guesses(token):
            yield guess._replace(offset=place)


def _of_part(run: bytes) -> Iterator[Guess]:
    return guesses(run)


def _of_token(marked: bytes) -> Iterator[Guess]:
    """Of a token behind the mark that tells it from a run."""
    return token_guesses(marked[1:])


def _is_worth(guess: Guess) -> bool:
    """Whether a guess can lead anywhere: it can be read, is packed, or is as long as a digest."""
    data = guess.data
    if not data:
        return False
    if len(data) > SOON_READ or READABLE.search(data) is not None or looks_packed(data):
        return True
    if not guess.is_whole:
        return False
    if len(data) in SIZES or is_utf16(data):
        return True
    return is_binary(data) and any(Unpacker(TRIAL, is_trial=True).whole(data, 0))


def is_open(candidate: Candidate) -> bool:
    """Whether decoded bytes are worth decoding further: text, something compressed, or a body of its own."""
    data = candidate.data
    if is_text(data) or looks_packed(data):
        return True
    return (candidate.is_whole and is_binary(data)) or UTF16.search(data) is not None
