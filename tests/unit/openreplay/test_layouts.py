"""The layout of a stored file is told by its header or by what decodes."""

import pytest

from maskproof.openreplay.layouts import layout_of, probe_records
from maskproof.openreplay.primitives import DecodeError


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("v1", (1, 8, True)),
        ("v1 without indexes", (1, 8, False)),
        ("v2", (2, 8, False)),
        ("late second file of v2", (2, 0, False)),
        ("old", (0, 0, True)),
        ("old without indexes", (0, 0, False)),
    ],
)
def test_layouts_are_told_apart(layouts: dict[str, bytes], name: str, layout: tuple[int, int, bool]) -> None:
    """Version, start, and whether records begin with an index (4.2, 4.4)."""
    assert layout_of(layouts[name], "x") == layout


@pytest.mark.parametrize("last", [0x00, 0xFC])
def test_a_header_of_another_version_is_an_error(last: int) -> None:
    """A new version is named, never guessed."""
    head = b"\xff" * 7 + bytes([last])
    with pytest.raises(DecodeError, match=f"x, byte 0: file header {head.hex()} is of no known version"):
        layout_of(head + b"\x00", "x")


def test_an_index_that_falls_is_no_record(layouts: dict[str, bytes]) -> None:
    """Records follow one another."""
    data = layouts["old"]
    assert probe_records(data, 0, 4, has_indexes=True, after=8) == (0, 0)
    assert probe_records(data, 0, 4, has_indexes=True, after=7)[0] == 4
