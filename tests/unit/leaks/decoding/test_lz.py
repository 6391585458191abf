"""LZ-string in its alphabets of tokens."""

from hypothesis import given
from hypothesis import strategies as st
from lzstring import LZString

from maskproof.leaks.decoding import lz
from maskproof.leaks.text_heuristics import PART_LETTERS

# `compressToBase64` of lz-string 1.5.0 under Node.js.
BASE64 = "BYUwNmD2AEDukCcwBMg="


def test_what_javascript_wrote_is_read() -> None:
    """The output of the original is undone."""
    assert lz.from_base64(BASE64) == "hello world"


@given(
    st.text(st.characters(codec="utf-8", max_codepoint=0xD7FF, exclude_categories=["Cc", "Cs"]), min_size=PART_LETTERS)
)
def test_lz_property_both_alphabets_come_back(text: str) -> None:
    """What another library compressed in an alphabet of tokens is undone."""
    assert lz.from_base64(LZString.compressToBase64(text)) == text
    assert lz.from_uri(LZString.compressToEncodedURIComponent(text)) == text


def test_what_is_too_short_for_a_value_is_left() -> None:
    """Other bytes give texts of fewer than five letters by chance."""
    assert lz.from_base64(LZString.compressToBase64("four")) == ""
    assert lz.from_base64(LZString.compressToBase64("fiveX")) == "fiveX"


@given(st.text("ABCXYZabcxyz0129+/-$", max_size=200))
def test_lz_property_noise_is_no_error(token: str) -> None:
    """Anything in the alphabets can be tried."""
    assert isinstance(lz.from_base64(token), str)
    assert isinstance(lz.from_uri(token), str)


def test_other_text_is_none() -> None:
    """A word in an alphabet of LZ-string is no stream."""
    assert lz.from_base64("Participant") == ""
