"""MD2 and MD4 of many messages."""

import os

import pytest
from Crypto.Hash import MD2, MD4

from maskproof.leaks.md import md2_of_each, md4_of_each


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 32, 55, 56, 63, 64, 65, 128])
def test_digests_are_those_of_one_message_at_a_time(size: int) -> None:
    """All at once gives what the library gives for each, at every length of padding."""
    messages = [os.urandom(size) for _ in range(5)]
    assert md2_of_each(messages) == [MD2.new(one).digest() for one in messages]  # noqa: S303 - looked for
    assert md4_of_each(messages) == [MD4.new(one).digest() for one in messages]  # noqa: S303 - looked for
