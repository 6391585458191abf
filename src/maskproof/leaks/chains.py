"""
Hashes of hashes: tables of one digest size each, built when the first digest of that size is met.

A row is eight bytes; which chain made it is told by its place, so that hundreds of thousands of chains take
some megabytes and a fraction of a second.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from maskproof.leaks.hashes import BY_SIZE, HALF, LISTED, MURMUR, Hash, keys_of
from maskproof.leaks.values import Value

# What texts in every spelling are hashed by twice and once more; those as they are mostly written, by all.
COMMON = tuple(one for one in LISTED if one.name in {"md5", "sha1", "sha256", "sha512"})
# How a digest is written before it is hashed again.
HEX: tuple[Callable[[bytes], bytes], ...] = (lambda digest: digest.hex().encode(),)
RAW_AND_HEX: tuple[Callable[[bytes], bytes], ...] = (*HEX, lambda digest: digest)
WRITTEN: tuple[Callable[[bytes], bytes], ...] = (
    *RAW_AND_HEX,
    lambda digest: digest.hex().upper().encode(),
    base64.b64encode,
)


@dataclass(frozen=True, slots=True)
class Hashed:
    """What a digest is of: the value and the chain of hashes, outermost first."""

    value: Value
    chain: tuple[str, ...]


class Digests(NamedTuple):
    """Digests, and what each is of."""

    digests: list[bytes]
    of: list[Hashed]


class _Table(NamedTuple):
    """Sorted keys, and the row that each is of."""

    keys: npt.NDArray[np.uint64]
    rows: npt.NDArray[np.int64]

    def find(self, digests: Sequence[bytes]) -> dict[bytes, int]:
        wanted = np.frombuffer(b"".join(digest[:HALF] for digest in digests), np.uint64)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        hits = np.nonzero(self.keys[places] == wanted)[0]
        return {digests[int(hit)]: int(self.rows[places[hit]]) for hit in hits}


@dataclass(slots=True)
class ChainTables:
    """
    Finds hashes of hashes.

    Args:
        first: Hashes of values, in every spelling: hashed once more, they are the second depth; those by common hashes
            are hashed twice more by such.
        plain: Hashes of values as they are mostly written: hashed twice more, the third.

    """

    first: Digests
    plain: Digests
    _tables: dict[int, tuple[_Table, Sequence[Hash], Digests]] = field(default_factory=dict)
    _inner: tuple[list[bytes], Digests] | None = None

    def find(self, digests: Sequence[bytes]) -> Mapping[bytes, Hashed]:
        """What digests of one size are of."""
        size = len(digests[0])
        if size not in self._tables:
            self._tables[size] = self._built(size)
        table, functions, inner = self._tables[size]
        return {digest: _hashed(row, functions, inner) for digest, row in table.find(digests).items()}

    @property
    def size(self) -> int:
        """How many chains of the second and third depth there are."""
        messages, _ = self._messages()
        return len(messages) * sum(len(functions) for size, functions in BY_SIZE.items() if size != HALF)

    def _built(self, size: int) -> tuple[_Table, Sequence[Hash], Digests]:
        messages, inner = self._messages()
        functions = BY_SIZE[size]
        keys = np.concatenate([_keys(function, messages) for function in functions])
        rows = np.concatenate([_rows(function, number, len(messages)) for number, function in enumerate(functions)])
        order = np.argsort(keys, kind="stable")
        return _Table(keys[order], rows[order]), functions, inner

    def _messages(self) -> tuple[list[bytes], Digests]:
        """Everything that is hashed a last time: hashes in every spelling, and hashes of hashes of plain ones."""
        if self._inner is None:
            messages, of = _written(self.first, RAW_AND_HEX)
            more, more_of = _written(self.plain, WRITTEN)
            count = len(self.plain.digests) * len(RAW_AND_HEX)
            deep, deep_of = _written(_hashed_again(more[:count], more_of[:count], LISTED), RAW_AND_HEX)
            common = _written(_of_common(self.first), HEX)
            also, also_of = _written(_hashed_again(*common, COMMON), HEX)
            every = dict(zip([*messages, *more, *deep, *also], [*of, *more_of, *deep_of, *also_of], strict=True))
            self._inner = list(every), Digests([], list(every.values()))
        return self._inner


def _written(digests: Digests, ways: Sequence[Callable[[bytes], bytes]]) -> tuple[list[bytes], list[Hashed]]:
    messages = [way(digest) for way in ways for digest in digests.digests]
    return messages, digests.of * len(ways)


def _of_common(digests: Digests) -> Digests:
    names = {one.name for one in COMMON}
    some = [number for number, one in enumerate(digests.of) if one.chain[0] in names]
    return Digests([digests.digests[number] for number in some], [digests.of[number] for number in some])


def _hashed_again(messages: Sequence[bytes], of: Sequence[Hashed], functions: Sequence[Hash]) -> Digests:
    digests: list[bytes] = []
    chains: list[Hashed] = []
    for function in functions:
        digests += function.of_each(messages)
        names = {one.chain: (function.name, *one.chain) for one in of}
        chains += [Hashed(one.value, names[one.chain]) for one in of]
    return Digests(digests, chains)


def _keys(function: Hash, messages: Sequence[bytes]) -> npt.NDArray[np.uint64]:
    """What the digests of messages are found by, message by message."""
    digests = function.of_each(messages)
    if function.name == MURMUR:
        return np.frombuffer(b"".join(key for digest in digests for key in keys_of(MURMUR, digest)), np.uint64)
    whole = np.frombuffer(b"".join(digests), np.uint8).reshape(len(digests), -1)
    return np.ascontiguousarray(whole[:, :HALF]).view(np.uint64).ravel()


def _rows(function: Hash, number: int, count: int) -> npt.NDArray[np.int64]:
    """The row of each key; digests of MurmurHash3 have four keys."""
    rows = np.arange(number * count, (number + 1) * count, dtype=np.int64)
    return np.repeat(rows, 4) if function.name == MURMUR else rows


def _hashed(row: int, functions: Sequence[Hash], inner: Digests) -> Hashed:
    function, message = divmod(row, len(inner.of))
    of = inner.of[message]
    return Hashed(of.value, (functions[function].name, *of.chain))
