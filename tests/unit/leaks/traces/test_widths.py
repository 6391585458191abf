"""Full-width text in ASCII width, and the way back to its bytes."""

import pytest

from maskproof.leaks.traces.widths import folded

WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in map(chr, range(0x21, 0x7F))}


@pytest.mark.parametrize("text", ["4242 4242", "ann@example.com", "(212) 555-0123"])
def test_full_width_is_folded(text: str) -> None:
    """Letters, digits and signs; the ideographic space is a space."""
    wide = text.translate(WIDE).replace(" ", "\u3000")
    made = folded(wide.encode())
    assert made is not None
    assert made.data == text.encode()


def test_a_part_is_found_again_in_the_original() -> None:
    """Also between letters of one, two and three bytes that stay."""
    text = "éa卡\uff14\uff12x"
    made = folded(text.encode())
    assert made is not None
    at = made.data.index(b"42")
    start, end = made.original(at, at + 2)
    assert text.encode()[start:end].decode() == "\uff14\uff12"
    start, end = made.original(made.data.index(b"x"), len(made.data))
    assert text.encode()[start:end] == b"x"


@pytest.mark.parametrize("data", [b"plain", "卡号 é".encode(), b"\xef\xbc\xff broken"])
def test_what_has_no_full_width_stays(data: bytes) -> None:
    """Nothing is copied for it."""
    assert folded(data) is None
