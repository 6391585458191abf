"""Folding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.leaks.spelling.folding import fold, folded_windows


def test_what_reads_alike_folds_alike() -> None:
    """Case, diacritics, width, invisible characters, dashes, blanks and digits fold away."""
    assert (
        fold("\uff2ba\u00adlu\u200bna \u0663\u2011\u24d7 Stra\u00dfe \u0141\u00d3d\u017a") == "kaluna 3-h strasse lodz"
    )


@given(st.text())
def test_fold_property_folding_twice_changes_nothing(text: str) -> None:
    """A folded text folds to itself."""
    assert fold(fold(text)) == fold(text)


@given(st.binary(max_size=300))
def test_windows_property_lie_in_the_data(data: bytes) -> None:
    """Windows lie within the data, with the start before the end."""
    assert all(0 <= start <= end <= len(data) for start, end, _ in folded_windows(data, 8))


def test_ascii_has_no_windows() -> None:
    """Plain ASCII is not searched again as folded text."""
    assert list(folded_windows(b"plain text", 8)) == []


@pytest.mark.parametrize("text", ["pä55wört", "Gräupel", "Ärzte am See", "André", "Zoë André"])
def test_windows_1252_amid_binary_data_is_folded_from_its_first_letter(text: str) -> None:
    """Windows-1252 is folded whole, with one, several or no letters of ASCII on either side of others."""
    data = b"\xfe\x01" + text.encode("cp1252") + b"\x00\x07\xff"
    assert fold(text).encode() in {folded.lower() for _, _, folded in folded_windows(data, 8)}


def test_few_letters_amid_binary_data_are_not_folded() -> None:
    """Fewer than five letters are not folded, since every form of a value has five."""
    assert list(folded_windows(b"\x01\xfe$%&!\xfc\x02", 8)) == []
    assert [text for _, _, text in folded_windows(b"\x01 M\xfcller$ \x02", 8)] == [b" Muller$ "]
