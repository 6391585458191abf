"""
Hashes of hashes: tables of one digest size each, built when the first digest of that size is met.

A row is eight bytes; which chain made it is told by its place, so that hundreds of thousands of chains take
some megabytes and a fraction of a second.
"""

import base64
from binascii import hexlify
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from maskproof.leaks.hashes import BY_SIZE, HALF, LISTED, MURMUR, Hash, HashFunction, split
from maskproof.leaks.values import Value

# What texts in every spelling are hashed by twice and once more; those as they are mostly written, by all.
COMMON = tuple(one for one in LISTED if one.name in {"md5", "sha1", "sha256", "sha512"})
# How a digest is written before it is hashed again.
HEX: tuple[HashFunction, ...] = (hexlify,)
RAW_AND_HEX: tuple[HashFunction, ...] = (*HEX, lambda digest: digest)
WRITTEN: tuple[HashFunction, ...] = (*RAW_AND_HEX, lambda digest: hexlify(digest).upper(), base64.b64encode)


@dataclass(frozen=True, slots=True)
class Hashed:
    """What a digest is of: the value and the chain of hashes, outermost first."""

    value: Value
    chain: tuple[str, ...]


class Digests(NamedTuple):
    """Digests, and what each is of."""

    digests: list[bytes]
    of: list[Hashed]


class _Known(NamedTuple):
    """Digests or messages, and what each is of, by its number: that is only worked out for the few that are met."""

    items: list[bytes]
    of: Callable[[int], Hashed]


class _Table(NamedTuple):
    """
    Hashes of one size, of all messages.

    Attributes:
        rows: What the digests are found by: hash by hash, message by message.
        keys: The same, sorted.
        names: The hashes; one whose digests are found by several keys is named as often.

    """

    rows: npt.NDArray[np.uint64]
    keys: npt.NDArray[np.uint64]
    names: Sequence[str]

    def find(self, digests: Sequence[bytes]) -> dict[bytes, int]:
        """The row of each digest that is among them."""
        wanted = np.frombuffer(b"".join(digest[:HALF] for digest in digests), np.uint64)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        hits = np.nonzero(self.keys[places] == wanted)[0]
        return {digests[hit]: int(np.argmax(self.rows == wanted[hit])) for hit in hits.tolist()}


@dataclass(slots=True)
class ChainTables:
    """
    Finds hashes of hashes.

    Args:
        first: Hashes of values, in every spelling: hashed once more, they are the second depth; those by common hashes
            are hashed twice more by such.
        plain: Hashes of values as they are mostly written: hashed twice more, the third; those by common hashes by such
            however they are written between.
        halves: Halves of MurmurHash3 of values in every spelling: hashed once more.

    """

    first: Digests
    plain: Digests
    halves: Digests
    _tables: dict[int, _Table] = field(default_factory=dict)
    _inner: _Known | None = None

    def find(self, digests: Sequence[bytes]) -> Mapping[bytes, Hashed]:
        """What digests of one size are of."""
        size = len(digests[0])
        messages = self._messages()
        if size not in self._tables:
            self._tables[size] = _table(BY_SIZE[size], messages.items)
        table = self._tables[size]
        return {digest: _of_row(row, table.names, messages) for digest, row in table.find(digests).items()}

    @property
    def size(self) -> int:
        """How many chains of the second and third depth there are."""
        hashes = sum(len(functions) for size, functions in BY_SIZE.items() if size != HALF)
        return len(self._messages().items) * hashes

    def _messages(self) -> _Known:
        """Everything that is hashed a last time: hashes in every spelling, and hashes of hashes of plain ones."""
        if self._inner is None:
            first, plain, halves = (_known(one) for one in (self.first, self.plain, self.halves))
            common, plain_common = (_known(_of_common(one)) for one in (self.first, self.plain))
            self._inner = _joined(
                _written(first, WRITTEN),
                _written(plain, WRITTEN),
                _written(halves, WRITTEN),
                _written(_hashed(_written(plain, RAW_AND_HEX), LISTED), RAW_AND_HEX),
                _written(_hashed(_written(plain_common, WRITTEN), COMMON), WRITTEN),
                _written(_hashed(_written(common, HEX), COMMON), HEX),
            )
        return self._inner


def _of_common(digests: Digests) -> Digests:
    names = {one.name for one in COMMON}
    some = [number for number, one in enumerate(digests.of) if one.chain[0] in names]
    return Digests([digests.digests[number] for number in some], [digests.of[number] for number in some])


def _known(digests: Digests) -> _Known:
    return _Known(digests.digests, digests.of.__getitem__)


def _written(digests: _Known, ways: Sequence[HashFunction]) -> _Known:
    every, of = digests
    return _Known([way(digest) for way in ways for digest in every], lambda number: of(number % len(every)))


def _hashed(messages: _Known, functions: Sequence[Hash]) -> _Known:
    digests = [digest for one in functions for digest in split(one.of_each(messages.items), one.size)]
    names = [one.name for one in functions]
    return _Known(digests, lambda number: _of_row(number, names, messages))


def _joined(*several: _Known) -> _Known:
    def of(number: int) -> Hashed:
        before = 0
        for one in several:
            if number < before + len(one.items):
                return one.of(number - before)
            before += len(one.items)
        raise IndexError(number)

    return _Known([item for one in several for item in one.items], of)


def _table(functions: Sequence[Hash], messages: Sequence[bytes]) -> _Table:
    keys = [(one.name, some) for one in functions for some in _keys(one, messages)]
    rows = np.concatenate([some for _, some in keys])
    return _Table(rows, np.sort(rows), [name for name, _ in keys])


def _keys(function: Hash, messages: Sequence[bytes]) -> list[npt.NDArray[np.uint64]]:
    """What the digests of messages are found by: their first bytes, those of MurmurHash3 as `keys_of` says."""
    digests = np.frombuffer(function.of_each(messages), np.uint8).reshape(len(messages), function.size)
    if function.name == MURMUR:
        halves = digests.view(np.uint64)
        return [*halves.T, *halves.byteswap().T]
    return [np.ascontiguousarray(digests[:, :HALF]).view(np.uint64).ravel()]


def _of_row(row: int, names: Sequence[str], messages: _Known) -> Hashed:
    name, message = divmod(row, len(messages.items))
    inner = messages.of(message)
    return Hashed(inner.value, (names[name], *inner.chain))
