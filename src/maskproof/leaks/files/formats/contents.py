"""What is read out of a file or a body: texts, images, recordings, and what could not be read."""

from collections.abc import Callable
from dataclasses import dataclass, field

from maskproof.leaks.texts import Text
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.recordings import Recording, Undecoded


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where something stands: the file, what it is part of (request, response, ...), and the way to it.

    `is_received` marks what came from a server: what a page got is no leak of its own images.
    """

    source: str
    message: str = ""
    field: str = ""
    is_received: bool = False

    def at(self, name: object) -> "Place":
        """The place one step further in."""
        return Place(self.source, self.message, f"{self.field}.{name}" if self.field else str(name), self.is_received)


@dataclass(frozen=True, slots=True)
class Image:
    """An image: nobody can read its pixels as text. `time_ms` is that of a canvas frame, else 0."""

    source: str
    field: str
    kind: str
    data: bytes
    time_ms: int = 0


@dataclass(slots=True)
class Contents:
    """
    Grows while a file is read.

    Args:
        limit: The most bytes that anything in it may unpack to.
        salvage: List what is broken instead of raising.
        depth: How many archives what is read now is in.

    """

    limit: int
    salvage: bool = False
    texts: list[Text] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    parts: list[Recording | Undecoded] = field(default_factory=list)
    unscanned: list[str] = field(default_factory=list)
    depth: int = 0

    def add_text(self, place: Place, text: str | bytes, offset: int = 0) -> None:
        """Add a text; an empty one says nothing."""
        if text:
            self.texts.append(Text(place.source, place.message, place.field, text, offset=offset))

    def add_image(self, place: Place, kind: str, data: bytes, time_ms: int = 0) -> None:
        """Add an image; one that the page sent is listed as unscanned, for its pixels are not read."""
        self.images.append(Image(place.source, place.field, kind, data, time_ms))
        if not place.is_received:
            where = f"{place.source} {place.field}".strip()
            self.unscanned.append(f"{where}: an image ({kind}, {len(data)} bytes); pixels are not searched")

    def add_fault(self, error: DecodeError) -> None:
        """
        Note what is broken.

        Raises:
            DecodeError: Nothing is to be salvaged.

        """
        if not self.salvage:
            raise error
        self.unscanned.append(error.message)


# Adds what is in a body, of a declared type, that stands at a place: every format may hold every other.
ReadBody = Callable[[bytes, str, Place, Contents], None]
