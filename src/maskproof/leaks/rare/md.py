"""
MD2 (RFC 1319) and MD4 (RFC 1320), for values hashed by libraries of the nineties that nobody has replaced.

Tables of hashes of hashes hold tens of thousands of digests of each. One at a time these two hashes take ten times as
long as the others, so many messages are hashed at once.
"""

import functools
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from Crypto.Hash import MD2, MD4

from maskproof.leaks.digests.hashes import Hash

Words = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]

DIGEST = 16
# From about this many messages with the same number of blocks, hashing them together is faster.
MANY = 1000
# This many messages at a time stay in the processor's cache: 16384 states of 48 bytes are 768 kB.
AT_ONCE = 1 << 14

# RFC 1319, appendix A.3: a permutation derived from the digits of pi.
PI = bytes.fromhex(
    "292e43c9a2d87c013d3654a1ecf0061362a705f3c0c7738c98932bd9bc4c82ca1e9b573cfdd4e01667426f188a17e512"
    "be4ec4d6da9ede49a0fbf58ebb2fee7aa968799115b2073f94c210890b225f21807f5d9a5a903227353ecce7bff79703"
    "ff1930b348a5b5d1d75e922aac56aac64fb838d296a47db676fc6be29c7404f1459d705964718720865bcf65e62da802"
    "1b6025adaeb0b9f61c46616934407e0f5547a323dd51af3ac35cf9cebac5ea262c530d6e85288409d3dfcdf441814d52"
    "6adc37c86cc1abfa24e17b080cbdb14a7888958be363e86de9cbd5fe3b001d39f2efb70e6658d0e4a67772f8eb754b0a"
    "314450b48fed1f1adb998d339f118314"
)
SUBSTITUTED = np.frombuffer(PI, np.uint8)
# The same for two bytes at a time, in either order: that takes half as long.
PAIRS_SUBSTITUTED = ((SUBSTITUTED.astype(np.uint16) << 8)[:, np.newaxis] | SUBSTITUTED).ravel()
MD2_BLOCK, MD2_STATE, MD2_ROUNDS = 16, 48, 18

# RFC 1320: for each round the constant that is added, the order of words, and the rotations.
START = (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476)
ROUNDS = (
    (0x00000000, (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), (3, 7, 11, 19)),
    (0x5A827999, (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), (3, 5, 9, 13)),
    (0x6ED9EBA1, (0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15), (3, 9, 11, 15)),
)
MD4_BLOCK, LENGTH_FIELD = 64, 8


def md2(message: bytes) -> bytes:
    """The MD2 digest of a message."""
    return MD2.new(message).digest()  # noqa: S303 - looked for, not used


def md4(message: bytes) -> bytes:
    """The MD4 digest of a message."""
    return MD4.new(message).digest()  # noqa: S303 - looked for, not used


def md2_of_each(messages: Sequence[bytes]) -> bytes:
    """The MD2 digests of messages, concatenated."""
    return _of_each(messages, MD2_BLOCK, _md2_padding, md2, _md2)


def md4_of_each(messages: Sequence[bytes]) -> bytes:
    """The MD4 digests of messages, concatenated."""
    return _of_each(messages, MD4_BLOCK, _md4_padding, md4, _md4)


def _of_each(
    messages: Sequence[bytes],
    size: int,
    padding: Callable[[int], bytes],
    of_one: Callable[[bytes], bytes],
    together: Callable[[Bytes], Bytes],
) -> bytes:
    """
    Hash messages with the same number of blocks together, or one by one if they are few.

    Args:
        messages: What is hashed.
        size: Bytes of a block.
        padding: Padding of a message of some length.
        of_one: The digest of a message.
        together: Digests of many messages: takes an array of (messages, blocks, bytes), returns (messages, bytes).

    """
    padded = [message + padding(len(message)) for message in messages]
    lengths = np.fromiter(map(len, padded), np.int64, len(padded))
    digests = np.empty((len(messages), DIGEST), np.uint8)
    for length in np.unique(lengths):
        alike = np.nonzero(lengths == length)[0]
        for some in (alike[start : start + AT_ONCE] for start in range(0, len(alike), AT_ONCE)):
            if len(some) < MANY:
                each = b"".join(of_one(messages[number]) for number in some)
                digests[some] = np.frombuffer(each, np.uint8).reshape(-1, DIGEST)
            else:
                whole = np.frombuffer(b"".join([padded[number] for number in some]), np.uint8)
                digests[some] = together(whole.reshape(len(some), -1, size))
    return digests.tobytes()


@functools.cache
def _md2_padding(length: int) -> bytes:
    missing = MD2_BLOCK - length % MD2_BLOCK
    return bytes([missing]) * missing


def _md2(messages: Bytes) -> Bytes:
    if len(messages) % 2:
        return _md2(np.concatenate([messages, messages[:1]]))[:-1]
    blocks = [messages[:, number].T.copy() for number in range(messages.shape[1])]
    state = np.zeros((MD2_STATE, len(messages)), np.uint8)
    for block in (*blocks, _md2_checksum(blocks)):
        _md2_mix(state, block)
    return state[:DIGEST].T


def _md2_checksum(blocks: Sequence[Bytes]) -> Bytes:
    checksum = np.zeros_like(blocks[0])
    last = np.zeros_like(checksum[0])
    for block in blocks:
        for place in range(MD2_BLOCK):
            checksum[place] ^= _substituted(block[place] ^ last)
            last = checksum[place]
    return checksum


def _substituted(values: Bytes) -> Bytes:
    """Substitute each byte; there is an even number of them."""
    return PAIRS_SUBSTITUTED.take(values.view(np.uint16)).view(np.uint8)


def _md2_mix(state: Bytes, block: Bytes) -> None:
    state[MD2_BLOCK : 2 * MD2_BLOCK] = block
    state[2 * MD2_BLOCK :] = block ^ state[:MD2_BLOCK]
    last = np.zeros_like(state[0])
    for number in range(MD2_ROUNDS):
        for place in range(MD2_STATE):
            state[place] ^= _substituted(last)
            last = state[place]
        last = last + np.uint8(number)


@functools.cache
def _md4_padding(length: int) -> bytes:
    return b"\x80" + bytes((-length - 1 - LENGTH_FIELD) % MD4_BLOCK) + (length * 8).to_bytes(LENGTH_FIELD, "little")


def _md4(messages: Bytes) -> Bytes:
    words = messages.view("<u4").astype(np.uint32)
    state = [np.full(len(messages), word, np.uint32) for word in START]
    for block in range(words.shape[1]):
        mixed = _md4_mixed(state, np.ascontiguousarray(words[:, block].T))
        state = [before + after for before, after in zip(state, mixed, strict=True)]
    return np.stack(state, axis=1).astype("<u4").view(np.uint8)


def _md4_mixed(state: Sequence[Words], words: Words) -> tuple[Words, Words, Words, Words]:
    a, b, c, d = state
    for number, (constant, order, rotations) in enumerate(ROUNDS):
        for step, word in enumerate(order):
            total = a + _md4_choice(number, b, c, d) + words[word] + np.uint32(constant)
            by = rotations[step % 4]
            a, b, c, d = d, (total << np.uint32(by)) | (total >> np.uint32(32 - by)), b, c
    return a, b, c, d


def _md4_choice(number: int, b: Words, c: Words, d: Words) -> Words:
    chosen: Words = (b & c) | (~b & d) if number == 0 else b ^ c ^ d
    return (b & c) | (b & d) | (c & d) if number == 1 else chosen


MD_HASHES = (
    Hash("md4", DIGEST, md4, md4_of_each, block=MD4_BLOCK),
    Hash("md2", DIGEST, md2, md2_of_each, is_slow=True, block=MD2_BLOCK),
)
