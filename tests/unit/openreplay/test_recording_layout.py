"""The layout of a stored file is detected by its header or by what decodes."""

import pytest

from maskproof.openreplay.encode import encode_record, message
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.recording_layout import layout_of, probe_records


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
def test_layouts_are_distinguished(layouts: dict[str, bytes], name: str, layout: tuple[int, int, bool]) -> None:
    """Version, start, and presence of indexes are detected (4.2, 4.4)."""
    assert layout_of(layouts[name], "x") == layout


@pytest.mark.parametrize("last", [0x00, 0xFC])
def test_a_header_of_another_version_is_an_error(last: int) -> None:
    """The error names the unknown header."""
    head = b"\xff" * 7 + bytes([last])
    with pytest.raises(DecodeError, match=f"x, byte 0: file header {head.hex()} is of no known version"):
        layout_of(head + b"\x00", "x")


@pytest.mark.parametrize(
    ("indexes", "count"), [([7, 7, 8, 9], 4), ([7, 8, 6], 2), ([7, 8, 1 << 40], 2), ([1 << 48], 0)]
)
def test_indexes_neither_fall_nor_jump(indexes: list[int], count: int) -> None:
    """Indexes are distinguished from other bytes in this way."""
    data = b"".join(encode_record(index, *message("CreateDocument")) for index in indexes)
    assert probe_records(data, 0, 10, has_indexes=True) == (count, count * 9)
