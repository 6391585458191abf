"""What is read from a file or a body: texts, images, recordings, and what could not be read."""

from collections.abc import Callable
from dataclasses import dataclass, field

from maskproof.leaks.texts import Text
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.recordings import Recording, Undecoded


@dataclass(frozen=True, slots=True)
class Location:
    """
    Where something stands: the file, the part of it (request, response, ...), and the path of names within that part.

    `is_received` marks data that came from a server: an image that the page got is no leak.
    """

    source: str
    message: str = ""
    field: str = ""
    is_received: bool = False

    def at(self, name: object) -> "Location":
        """The location one step further in."""
        return Location(
            self.source, self.message, f"{self.field}.{name}" if self.field else str(name), self.is_received
        )


@dataclass(frozen=True, slots=True)
class Image:
    """An image, whose pixels are not searched; `time_ms` is the time of a canvas frame, else 0."""

    source: str
    field: str
    kind: str
    data: bytes
    time_ms: int = 0


@dataclass(slots=True)
class Contents:
    """
    Collects what is read from a file.

    Attributes:
        limit: The most bytes that anything in the file may unpack to.
        salvage: Whether to list what is broken instead of raising.
        texts: Texts, with the names of their fields.
        images: Images.
        parts: Recordings and uploads.
        unscanned: Lines about what could not be read.
        depth: Number of archives around what is being read.

    """

    limit: int
    salvage: bool = False
    texts: list[Text] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    parts: list[Recording | Undecoded] = field(default_factory=list)
    unscanned: list[str] = field(default_factory=list)
    depth: int = 0

    def add_text(self, location: Location, text: str | bytes, offset: int = 0) -> None:
        """
        Add a text, unless it is empty.

        Args:
            location: Its file, part and path.
            text: The text, or bytes of unknown encoding.
            offset: Its byte in the file.

        """
        if text:
            self.texts.append(Text(location.source, location.message, location.field, text, offset=offset))

    def add_image(self, location: Location, kind: str, data: bytes, time_ms: int = 0) -> None:
        """
        Add an image; one that the page sent is listed as unscanned, since its pixels are not searched.

        Args:
            location: Its file, part and path.
            kind: Its format, e.g. `png`.
            data: Its bytes.
            time_ms: Time of a canvas frame.

        """
        self.images.append(Image(location.source, location.field, kind, data, time_ms))
        if not location.is_received:
            where = f"{location.source} {location.field}".strip()
            self.unscanned.append(f"{where}: an image ({kind}, {len(data)} bytes); pixels are not searched")

    def add_fault(self, error: DecodeError) -> None:
        """
        List what is broken.

        Raises:
            DecodeError: The same error, if salvage is off.

        """
        if not self.salvage:
            raise error
        self.unscanned.append(error.message)


# Adds what a body holds, given its declared type and its location: every format may hold every other.
ReadBody = Callable[[bytes, str, Location, Contents], None]
