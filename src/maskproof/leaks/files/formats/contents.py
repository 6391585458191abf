"""What is read from a file or a body: texts, images, recordings, and what could not be read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from maskproof.leaks.budget import Budget
from maskproof.leaks.texts import Text
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.recordings import Recording, Undecoded

# In bytes. So much is collected before it is scanned and released; names of fields count, and what Python takes.
AT_ONCE = 1 << 24
OF_EACH = 256
# Between two members of an archive: they share nothing that would be searched together.
BETWEEN_MEMBERS = 1 << 23
# Most bodies within bodies: of archives, mails, requests, HAR files.
DEEPEST = 24
# Longer names of fields are cut, and of deeper paths the beginning and the last name are shown: names come from the
# data, and a path stands at each text.
LONGEST_NAME, LONGEST_PATH = 128, 512
LEFT_OUT = ".…"


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
        last = str(name)[:LONGEST_NAME]
        around = self.field
        if len(around) > LONGEST_PATH:
            around = around.partition(LEFT_OUT)[0][: LONGEST_PATH - LONGEST_NAME] + LEFT_OUT
        return Location(self.source, self.message, f"{around}.{last}" if around else last, self.is_received)


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
        budget: What the file may unpack to and take.
        salvage: Whether to list what is broken instead of raising.
        scan: Scans texts that were read, so that a large file is not held as a whole; none to collect all of them.
        texts: Texts, with the names of their fields.
        images: Images.
        parts: Recordings and uploads.
        unscanned: Lines about what could not be read.
        depth: Number of archives around what is being read.
        nesting: Number of bodies around what is being read.
        reading: The file or member that was begun last.

    """

    budget: Budget
    salvage: bool = False
    scan: Callable[[Sequence[Text]], None] | None = None
    texts: list[Text] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    parts: list[Recording | Undecoded] = field(default_factory=list)
    unscanned: list[str] = field(default_factory=list)
    depth: int = 0
    nesting: int = 0
    reading: str = ""
    _size: int = 0

    def add_text(self, location: Location, text: str | bytes, offset: int = 0) -> None:
        """
        Add a text, unless it is empty.

        Args:
            location: Its file, part and path.
            text: The text, or bytes of unknown encoding.
            offset: Its byte in the file.

        Raises:
            OverBudget: Reading the file has taken too long.

        """
        self.budget.check()
        if text:
            self.texts.append(Text(location.source, location.message, location.field, text, offset=offset))
            self._size += len(text) + len(location.field) + OF_EACH
            self.hand_on(AT_ONCE)

    def hand_on(self, most: int) -> None:
        """Have the texts scanned, and release them, if they are more than so many bytes."""
        if self._size > most and self.scan:
            self.scan(self.texts)
            self.texts, self._size = [], 0

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
