"""Images and canvas frames are kept as images, and listed as unscanned if the page sent them."""

import struct

import pytest

from maskproof.leaks.budget import Budget
from maskproof.leaks.files.formats.bodies import read_body
from maskproof.leaks.files.formats.contents import Contents, Location
from maskproof.openreplay.primitives import DecodeError

WEBP = b"RIFF\x0a\x00\x00\x00WEBPVP8 "
FRAMES = b"".join(struct.pack("<QI", 1000 + number, len(WEBP)) + WEBP for number in range(3))


def read(data: bytes, *, salvage: bool = False, is_received: bool = False) -> Contents:
    """Read an image file."""
    contents = Contents(Budget(1 << 20), salvage=salvage)
    read_body(data, "", Location("x", is_received=is_received), contents)
    return contents


def test_each_frame_of_a_canvas_is_an_image() -> None:
    """A frame has its time and its bytes (1.7)."""
    images = read(FRAMES).images
    assert [(image.kind, image.time_ms, image.data) for image in images] == [("webp", 1000 + n, WEBP) for n in range(3)]


@pytest.mark.parametrize(
    ("data", "kind"),
    [(WEBP, "webp"), (b"\x89PNG\r\n\x1a\n...", "png"), (b"\xff\xd8\xff\xe0", "jpeg"), (b"GIF89a..", "gif")],
)
def test_images_are_recognised_by_content(data: bytes, kind: str) -> None:
    """The first bytes of an image decide, without name or type."""
    assert [image.kind for image in read(data).images] == [kind]


def test_an_image_that_was_sent_is_listed_as_unscanned() -> None:
    """Its pixels are not searched, so it does not count as scanned."""
    assert read(WEBP).unscanned == ["x: an image (webp, 16 bytes); pixels are not searched"]


def test_an_image_that_was_received_is_no_leak_of_the_page() -> None:
    """Images of a site are kept, and not listed as unscanned."""
    contents = read(WEBP, is_received=True)
    assert (len(contents.images), contents.unscanned) == (1, [])


def test_cut_frames_are_an_error() -> None:
    """A cut frame is an error; salvage keeps the frames before it."""
    with pytest.raises(DecodeError, match="byte 56: canvas frame 2 says 16 bytes, 15 are left"):
        read(FRAMES[:-1])
    assert len(read(FRAMES[:-1], salvage=True).images) == 2
