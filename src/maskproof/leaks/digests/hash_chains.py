"""
Hashes of hashes: one table for each digest size, built when the first digest of that size is met.

A row is eight bytes, and its place says which chain made it. So hundreds of thousands of chains take some megabytes
and a fraction of a second.
"""

import base64
from binascii import hexlify
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from maskproof.leaks.digests.hashes import HALF, HASHES, Hash, HashFunction, by_size, split
from maskproof.leaks.spelling.values import Value

# How a digest is written before it is hashed again.
HEX: tuple[HashFunction, ...] = (hexlify,)
RAW_AND_HEX: tuple[HashFunction, ...] = (*HEX, lambda digest: digest)
CAPITALS: tuple[HashFunction, ...] = (lambda digest: hexlify(digest).upper(),)
WRITTEN: tuple[HashFunction, ...] = (*RAW_AND_HEX, *CAPITALS, base64.b64encode)
SELDOM: tuple[HashFunction, ...] = (
    *CAPITALS,
    base64.b64encode,
    lambda digest: base64.b64encode(digest).rstrip(b"="),
    base64.urlsafe_b64encode,
    lambda digest: base64.urlsafe_b64encode(digest).rstrip(b"="),
)


@dataclass(frozen=True, slots=True)
class Hashed:
    """What a digest is of: the value and the chain of hashes, outermost first."""

    value: Value
    chain: tuple[str, ...]


class Digests(NamedTuple):
    """Digests, or texts that are hashed, and what each is of."""

    digests: list[bytes]
    of: list[Hashed]

    def add(self, digest: bytes, of: Hashed) -> None:
        """
        Add one.

        Args:
            digest: The digest, or the text that is hashed.
            of: What it is of.

        """
        self.digests.append(digest)
        self.of.append(of)


class HashInputs(NamedTuple):
    """
    What is hashed, or digests of it.

    Attributes:
        items: The messages.
        of: What the message of a number is of. It is only worked out for the few that are found.

    """

    items: list[bytes]
    of: Callable[[int], Hashed]


# Further messages that are hashed a last time, of digests in every spelling, of digests of plain spellings, and of the
# hashes that are listed: the usual ones, and those that slow hashes skip.
FurtherInputs = Callable[[HashInputs, HashInputs, Sequence[Hash]], tuple[HashInputs, HashInputs]]


def _no_further_inputs(
    _first: HashInputs, _plain: HashInputs, _hashes: Sequence[Hash]
) -> tuple[HashInputs, HashInputs]:
    """None: chains end with the second hash."""
    return joined(), joined()


class HashSearch(NamedTuple):
    """
    Which hashes a search looks for.

    Attributes:
        hashes: The hashes.
        further: Gives messages for longer chains of hashes.

    """

    hashes: tuple[Hash, ...] = HASHES
    further: FurtherInputs = _no_further_inputs

    @property
    def listed(self) -> tuple[Hash, ...]:
        """The hashes whose digests are hashed again."""
        return tuple(function for function in self.hashes if function.is_listed)


COMMON_HASHES = HashSearch()


class _Table(NamedTuple):
    """
    Hashes of one size, of all messages.

    Attributes:
        rows: Keys of the digests: hash by hash, message by message.
        keys: The same, sorted.
        names: Names of the hashes; a hash with several keys a digest is named as often.

    """

    rows: npt.NDArray[np.uint64]
    keys: npt.NDArray[np.uint64]
    names: Sequence[str]

    def find(self, digests: Sequence[bytes]) -> dict[bytes, int]:
        """The row of each digest that is in the table."""
        wanted = np.frombuffer(b"".join(digest[:HALF] for digest in digests), np.uint64)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        hits = np.nonzero(self.keys[places] == wanted)[0]
        return {digests[hit]: int(np.argmax(self.rows == wanted[hit])) for hit in hits.tolist()}


@dataclass(slots=True)
class ChainTables:
    """
    Finds hashes of hashes.

    Args:
        first: Hashes of values, in every spelling: hashed once more.
        plain: Hashes of values in their plain spellings: hashed once more, in more notations.
        encoded: Gives values that were encoded: hashed once, and once more.
        further: Gives values in every spelling that were encoded: hashed once, and once more.
        search: The hashes, and what is hashed in longer chains.

    """

    first: Digests
    plain: Digests
    encoded: Callable[[], Digests]
    further: Callable[[], Digests]
    search: HashSearch = COMMON_HASHES
    _tables: dict[int, _Table] = field(default_factory=dict)
    _inner: HashInputs | None = None
    _usual: int = 0

    def find(self, digests: Sequence[bytes]) -> Mapping[bytes, Hashed]:
        """What digests of one size are of."""
        size = len(digests[0])
        messages = self._messages()
        if size not in self._tables:
            self._tables[size] = _table(by_size(self.search.hashes)[size], messages.items, self._usual)
        table = self._tables[size]
        return {digest: _of_row(row, table.names, messages) for digest, row in table.find(digests).items()}

    @property
    def size(self) -> int:
        """How many chains of two and more hashes are known."""
        hashes = sum(len(functions) for size, functions in by_size(self.search.hashes).items() if size != HALF)
        return len(self._messages().items) * hashes

    def _messages(self) -> HashInputs:
        """Everything that is hashed a last time, the usual messages first: `_usual` of them."""
        if self._inner is None:
            first, plain, encoded, further = map(_messages_of, (self.first, self.plain, self.encoded(), self.further()))
            listed = self.search.listed
            more_usual, more = self.search.further(first, plain, listed)
            usual = joined(
                encoded,
                further,
                written(first, RAW_AND_HEX),
                written(plain, WRITTEN),
                written(hashed(encoded, listed), RAW_AND_HEX),
                more_usual,
            )
            self._usual = len(usual.items)
            self._inner = joined(
                usual,
                written(first, SELDOM),
                written(plain, SELDOM),
                written(hashed(further, listed), HEX),
                more,
            )
        return self._inner


def _messages_of(digests: Digests) -> HashInputs:
    return HashInputs(digests.digests, digests.of.__getitem__)


def written(digests: HashInputs, notations: Sequence[HashFunction]) -> HashInputs:
    """
    Digests as they are written before they are hashed again.

    Args:
        digests: The digests.
        notations: Each writes a digest in one notation.

    """
    every, of = digests
    return HashInputs(
        [write(digest) for write in notations for digest in every], lambda number: of(number % len(every))
    )


def hashed(messages: HashInputs, functions: Sequence[Hash]) -> HashInputs:
    """
    Digests of messages by several hashes.

    Args:
        messages: What is hashed.
        functions: The hashes.

    """
    digests = [digest for function in functions for digest in split(function.of_each(messages.items), function.size)]
    names = [function.name for function in functions]
    return HashInputs(digests, lambda number: _of_row(number, names, messages))


def joined(*several: HashInputs) -> HashInputs:
    """All messages as one sequence, in order."""

    def of(number: int) -> Hashed:
        before = 0
        for messages in several:
            if number < before + len(messages.items):
                return messages.of(number - before)
            before += len(messages.items)
        raise IndexError(number)

    return HashInputs([item for messages in several for item in messages.items], of)


def _table(functions: Sequence[Hash], messages: Sequence[bytes], usual: int) -> _Table:
    keys = [(function.name, rows) for function in functions for rows in _keys(function, messages, usual)]
    rows = np.concatenate([rows for _, rows in keys])
    return _Table(rows, np.sort(rows), [name for name, _ in keys])


def _keys(function: Hash, messages: Sequence[bytes], usual: int) -> list[npt.NDArray[np.uint64]]:
    """
    Keys of the digests of messages.

    A slow hash only hashes the usual messages; the first of its keys fills the rows of the others.
    """
    some = messages[:usual] if function.is_slow else messages
    digests = np.frombuffer(function.of_each(some), np.uint8).reshape(len(some), function.size)
    if function.keys is not None:
        return function.keys.of_each(digests)
    made = np.ascontiguousarray(digests[:, :HALF]).view(np.uint64).ravel()
    return [np.append(made, np.repeat(made[:1], len(messages) - len(some)))]


def _of_row(row: int, names: Sequence[str], messages: HashInputs) -> Hashed:
    name, message = divmod(row, len(messages.items))
    inner = messages.of(message)
    return Hashed(inner.value, (names[name], *inner.chain))
