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

from maskproof.leaks.digests.hashes import BY_SIZE, HALF, LISTED, MURMUR, Hash, HashFunction, split
from maskproof.leaks.spelling.values import Value

# What texts in every spelling are hashed by twice and once more; those as they are mostly written, by all.
COMMON = tuple(one for one in LISTED if one.name in {"md5", "sha1", "sha256", "sha512"})
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
    """Digests, or messages that are hashed, and what each is of."""

    digests: list[bytes]
    of: list[Hashed]

    def add(self, digest: bytes, of: Hashed) -> None:
        """Add one."""
        self.digests.append(digest)
        self.of.append(of)


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
            are hashed twice more by such. Of MurmurHash3 the halves are hashed as well.
        plain: Hashes of values as they are mostly written: hashed twice more, the third; halves of MurmurHash3 between
            as well.
        encoded: Gives values that were encoded: hashed once, and once more.
        further: Gives values in every spelling that were encoded: hashed once, and once more.

    """

    first: Digests
    plain: Digests
    encoded: Callable[[], Digests]
    further: Callable[[], Digests]
    _tables: dict[int, _Table] = field(default_factory=dict)
    _inner: _Known | None = None
    _usual: int = 0

    def find(self, digests: Sequence[bytes]) -> Mapping[bytes, Hashed]:
        """What digests of one size are of."""
        size = len(digests[0])
        messages = self._messages()
        if size not in self._tables:
            self._tables[size] = _table(BY_SIZE[size], messages.items, self._usual)
        table = self._tables[size]
        return {digest: _of_row(row, table.names, messages) for digest, row in table.find(digests).items()}

    @property
    def size(self) -> int:
        """How many chains of the second and third depth there are."""
        hashes = sum(len(functions) for size, functions in BY_SIZE.items() if size != HALF)
        return len(self._messages().items) * hashes

    def _messages(self) -> _Known:
        """
        Everything that is hashed a last time, what is usual first: `_usual` messages.

        That is hashes in every spelling, and hashes of hashes of plain ones.
        """
        if self._inner is None:
            first, plain, encoded, further = map(_known, (self.first, self.plain, self.encoded(), self.further()))
            halves, plain_halves = _halves(first), _halves(plain)
            common, plain_common = (_known(_of_common(one)) for one in (self.first, self.plain))
            second = _hashed(_written(plain, RAW_AND_HEX), LISTED)
            usual = _joined(
                encoded,
                further,
                _written(first, RAW_AND_HEX),
                _written(plain, WRITTEN),
                _written(halves, RAW_AND_HEX),
                _written(plain_halves, WRITTEN),
                _written(second, RAW_AND_HEX),
                _written(_hashed(encoded, LISTED), RAW_AND_HEX),
                _written(_hashed(_written(common, HEX), COMMON), HEX),
            )
            self._usual = len(usual.items)
            self._inner = _joined(
                usual,
                _written(first, SELDOM),
                _written(plain, SELDOM),
                _written(halves, CAPITALS),
                _written(_hashed(further, LISTED), HEX),
                _written(_hashed(_written(plain_halves, HEX), LISTED), HEX),
                _written(second, CAPITALS),
                _written(_hashed(_written(plain, CAPITALS), LISTED), (*RAW_AND_HEX, *CAPITALS)),
                _written(_hashed(_written(plain_common, WRITTEN), COMMON), WRITTEN),
                _written(_halves(second), HEX),
            )
        return self._inner


def _of_common(digests: Digests) -> Digests:
    names = {one.name for one in COMMON}
    some = [number for number, one in enumerate(digests.of) if one.chain[0] in names]
    return Digests([digests.digests[number] for number in some], [digests.of[number] for number in some])


def _known(digests: Digests) -> _Known:
    return _Known(digests.digests, digests.of.__getitem__)


def _halves(digests: _Known) -> _Known:
    """The halves of MurmurHash3 among digests."""
    numbers = [number for number in range(len(digests.items)) if digests.of(number).chain[0] == MURMUR]
    items = [half for number in numbers for half in (digests.items[number][:HALF], digests.items[number][HALF:])]
    return _Known(items, lambda half: digests.of(numbers[half // 2]))


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


def _table(functions: Sequence[Hash], messages: Sequence[bytes], usual: int) -> _Table:
    keys = [(one.name, some) for one in functions for some in _keys(one, messages, usual)]
    rows = np.concatenate([some for _, some in keys])
    return _Table(rows, np.sort(rows), [name for name, _ in keys])


def _keys(function: Hash, messages: Sequence[bytes], usual: int) -> list[npt.NDArray[np.uint64]]:
    """
    What the digests of messages are found by: their first bytes, those of MurmurHash3 as `keys_of` says.

    A slow hash is only made of usual messages; in place of the others the first stands again.
    """
    some = messages[:usual] if function.is_slow else messages
    digests = np.frombuffer(function.of_each(some), np.uint8).reshape(len(some), function.size)
    if function.name == MURMUR:
        halves = digests.view(np.uint64)
        return [*halves.T, *halves.byteswap().T]
    made = np.ascontiguousarray(digests[:, :HALF]).view(np.uint64).ravel()
    return [np.append(made, np.repeat(made[:1], len(messages) - len(some)))]


def _of_row(row: int, names: Sequence[str], messages: _Known) -> Hashed:
    name, message = divmod(row, len(messages.items))
    inner = messages.of(message)
    return Hashed(inner.value, (names[name], *inner.chain))
