"""Bytes that may be digests, with the places where they stand, until all of a layer are looked up at once."""

from typing import NamedTuple


class DigestPlace(NamedTuple):
    """Where a digest was found: index of the text of depth 0, encodings, offset."""

    root: int
    chain: tuple[str, ...]
    offset: int


class Digests:
    """Bytes that may be digests, with their places, and whether each is likely to be one."""

    def __init__(self) -> None:
        self.places: dict[bytes, list[DigestPlace]] = {}
        self.likely: dict[bytes, bool] = {}

    def add(self, digest: bytes, place: DigestPlace, *, is_likely: bool) -> None:
        """
        Add a place of a digest.

        Args:
            digest: Its bytes.
            place: Where it stands.
            is_likely: Whether the bytes are likely to be a digest at this place.

        """
        self.places.setdefault(digest, []).append(place)
        self.likely[digest] = self.likely.get(digest, False) or is_likely
