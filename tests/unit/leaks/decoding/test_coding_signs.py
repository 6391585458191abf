"""Signs of codings: encoded text shows them, plain text does not."""

import pytest

from maskproof.leaks.decoding.coding_signs import Hint, hints_in


@pytest.mark.parametrize("token", [b"lH_GUWFrfpem4_WDqvO-cQ", b"qWe_bcdEF-ghIjkl", b"x1yzabcd"])
def test_a_token_of_changing_case_is_odd(token: bytes) -> None:
    """Changes between digits, case and the signs of URL-safe base64 are a sign."""
    assert Hint.ODD in hints_in(token)


@pytest.mark.parametrize("text", [b"an ordinary sentence", b"camelCaseName", b"CONSTANT_NAME", b"snake_case-name"])
def test_plain_text_shows_no_sign(text: bytes) -> None:
    """Words and names in programs show no sign, so only the plain search reads them."""
    assert hints_in(text) == {}


def test_utf16_is_a_sign_where_texts_have_nuls() -> None:
    """The sign of UTF-16 is only looked for where texts have NUL bytes of their own."""
    assert Hint.UTF16 in hints_in("abcdef".encode("utf-16-le"))
    assert hints_in("abcdef".encode("utf-16-le"), has_nuls=False) == {}
