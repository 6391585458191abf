"""LZ-string."""

from hypothesis import given
from hypothesis import strategies as st
from lzstring import LZString

from maskproof.leaks.decoding import lz
from maskproof.leaks.text_heuristics import PART_LETTERS

# `compressToBase64` and `compressToUint8Array` of lz-string 1.5.0 under Node.js.
BASE64 = "BYUwNmD2AEDukCcwBMg="


def test_what_javascript_wrote_is_read() -> None:
    """The original's output is undone."""
    assert lz.from_base64(BASE64) == "hello world"


@given(
    st.text(st.characters(codec="utf-8", max_codepoint=0xD7FF, exclude_categories=["Cc", "Cs"]), min_size=PART_LETTERS)
)
def test_lz_property_every_flavour_comes_back(text: str) -> None:
    """What another library compressed in any flavour is undone."""
    assert lz.from_base64(LZString.compressToBase64(text)) == text
    assert lz.from_uri(LZString.compressToEncodedURIComponent(text)) == text
    assert lz.from_utf16(LZString.compressToUTF16(text)) == text
    units = LZString.compress(text)
    assert lz.from_units(units) == text
    assert lz.from_bytes(b"".join(ord(one).to_bytes(2, "big") for one in units)) == text


def test_what_is_too_short_for_a_value_is_left() -> None:
    """Bytes that are none of it give such texts by chance."""
    assert lz.from_base64(LZString.compressToBase64("four")) == ""
    assert lz.from_base64(LZString.compressToBase64("fiveX")) == "fiveX"


@given(st.binary(max_size=200))
def test_lz_property_noise_is_no_error(data: bytes) -> None:
    """Anything can be tried."""
    assert isinstance(lz.from_bytes(data), str)
    assert isinstance(lz.from_utf16(data.decode("latin-1")), str)


def test_other_text_is_none() -> None:
    """A word in an alphabet of LZ-string is no stream."""
    assert lz.from_base64("Participant") == ""
