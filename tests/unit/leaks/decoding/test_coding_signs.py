"""Signs of codings: shown by what may be encoded, and not by plain text."""

import pytest

from maskproof.leaks.decoding.coding_signs import Hint, hints_in


@pytest.mark.parametrize("token", [b"lH_GUWFrfpem4_WDqvO-cQ", b"qWe_bcdEF-ghIjkl", b"x1yzabcd"])
def test_a_token_of_changing_case_is_odd(token: bytes) -> None:
    """Digits, case and the signs of URL-safe base64 change as in no word."""
    assert Hint.ODD in hints_in(token)


@pytest.mark.parametrize("text", [b"an ordinary sentence", b"camelCaseName", b"CONSTANT_NAME", b"snake_case-name"])
def test_plain_text_shows_no_sign(text: bytes) -> None:
    """Words and names in programs are read once, by the plain search."""
    assert hints_in(text) == {}


def test_utf16_is_a_sign_where_texts_have_nuls() -> None:
    """Where they have none the sign is not looked for: the NULs are those between texts."""
    assert Hint.UTF16 in hints_in("abcdef".encode("utf-16-le"))
    assert hints_in("abcdef".encode("utf-16-le"), has_nuls=False) == {}
