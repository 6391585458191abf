"""MD2 and MD4 of many messages."""

import os

import pytest
from Crypto.Hash import MD2, MD4

from maskproof.leaks.rare.md import MANY, MD_HASHES, md2, md2_of_each, md4, md4_of_each

# Of `abc`: RFC 1319 and 1320.
OF_ABC = {"md2": "da853b0d3f88d99b30283a69e6ded6bb", "md4": "a448017aaf21d8525fc10ae87aa6729d"}


def test_a_name_means_the_hash_of_that_name() -> None:
    """Digests are those in the definition of the hash."""
    assert {function.name: function.function(b"abc").hex() for function in MD_HASHES} == OF_ABC


@pytest.mark.parametrize("count", [5, MANY, MANY + 1], ids=["few", "many", "an odd number"])
@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 32, 55, 56, 63, 64, 65, 128])
def test_digests_are_those_of_one_message_at_a_time(size: int, count: int) -> None:
    """Hashing many messages together gives what the library gives for each, at every length of padding."""
    messages = [os.urandom(size) for _ in range(count)]
    assert md2_of_each(messages) == b"".join(MD2.new(message).digest() for message in messages)  # noqa: S303 - looked for
    assert md4_of_each(messages) == b"".join(MD4.new(message).digest() for message in messages)  # noqa: S303 - looked for


@pytest.mark.parametrize("count", [200, 20 * MANY])
def test_messages_of_several_lengths_keep_their_order(count: int) -> None:
    """Messages with the same number of blocks are hashed together; digests are in the order of the messages."""
    messages = [b"%d" % (number * 7919) * (number % 7) for number in range(count)]
    assert md2_of_each(messages) == b"".join(map(md2, messages))
    assert md4_of_each(messages) == b"".join(map(md4, messages))


def test_no_messages_have_no_digests() -> None:
    """No message gives no digest, as for a persona without values to hash again."""
    assert md2_of_each([]) == md4_of_each([]) == b""
