"""MD2 and MD4 of many messages."""

import os

import pytest
from Crypto.Hash import MD2, MD4

from maskproof.leaks.digests.md import MANY, md2, md2_of_each, md4, md4_of_each


@pytest.mark.parametrize("count", [5, MANY, MANY + 1], ids=["few", "many", "an odd number"])
@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 32, 55, 56, 63, 64, 65, 128])
def test_digests_are_those_of_one_message_at_a_time(size: int, count: int) -> None:
    """All at once gives what the library gives for each, at every length of padding."""
    messages = [os.urandom(size) for _ in range(count)]
    assert md2_of_each(messages) == b"".join(MD2.new(one).digest() for one in messages)  # noqa: S303 - looked for
    assert md4_of_each(messages) == b"".join(MD4.new(one).digest() for one in messages)  # noqa: S303 - looked for


@pytest.mark.parametrize("count", [200, 20 * MANY])
def test_messages_of_several_lengths_keep_their_order(count: int) -> None:
    """Those of as many blocks are hashed together, and each digest stands where its message stood."""
    messages = [b"%d" % (number * 7919) * (number % 7) for number in range(count)]
    assert md2_of_each(messages) == b"".join(map(md2, messages))
    assert md4_of_each(messages) == b"".join(map(md4, messages))


def test_no_messages_have_no_digests() -> None:
    """A persona may have nothing that is hashed again."""
    assert md2_of_each([]) == md4_of_each([]) == b""
