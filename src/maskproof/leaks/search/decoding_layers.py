"""The texts of one depth of decoding, and where each came from."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, fields

from maskproof.leaks.buffer import batches


@dataclass(frozen=True, slots=True)
class DecodingLayer:
    """
    The texts of one depth, as lists of equal length: one entry a text.

    Attributes:
        chunks: The texts.
        roots: Index of the text of depth 0 that each came from.
        chains: The encodings of each, outermost first.
        offsets: Byte in the text of depth 0 at which its encoding begins.
        plain: What each was decoded from, where the decoder copies plain text unchanged; else empty.
        is_open: Whether each may hold further encodings.
        is_likely: Whether each was decoded from something that plain text hardly ever looks like, at any depth.

    """

    chunks: list[bytes] = field(default_factory=list)
    roots: list[int] = field(default_factory=list)
    chains: list[tuple[str, ...]] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    plain: list[bytes] = field(default_factory=list)
    is_open: list[bool] = field(default_factory=list)
    is_likely: list[bool] = field(default_factory=list)

    @classmethod
    def of(cls, chunks: Sequence[bytes], roots: Sequence[int], made: Collection[int] = ()) -> "DecodingLayer":
        """
        The layer of depth 0.

        Args:
            chunks: All texts.
            roots: Indexes of the texts to search.
            made: Indexes of texts that were joined from others, and so are unlikely to hold a digest.

        """
        count = len(roots)
        likely = [root not in made for root in roots] if made else [True] * count
        texts = [chunks[root] for root in roots]
        return cls(texts, list(roots), [()] * count, [0] * count, [b""] * count, [True] * count, likely)

    def add(
        self,
        data: bytes,
        root: int,
        chain: tuple[str, ...],
        offset: int,
        *,
        plain: bytes = b"",
        is_open: bool = True,
        is_likely: bool = True,
    ) -> None:
        """
        Add a text.

        Args:
            data: The decoded bytes.
            root: Index of the text of depth 0 that it came from.
            chain: Its encodings, outermost first.
            offset: Byte in the text of depth 0 at which the encoding begins.
            plain: What it was decoded from, where the decoder copies plain text unchanged.
            is_open: Whether it may hold further encodings.
            is_likely: Whether it was decoded from something that plain text hardly ever looks like.

        """
        self.chunks.append(data)
        self.roots.append(root)
        self.chains.append(chain)
        self.offsets.append(offset)
        self.plain.append(plain)
        self.is_open.append(is_open)
        self.is_likely.append(is_likely)

    def parts(self) -> Iterator["DecodingLayer"]:
        """The layer in parts of a few megabytes, since searching takes several times the bytes of a part."""
        for indexes in batches(self.chunks, range(len(self.chunks))):
            first, last = indexes[0], indexes[-1] + 1
            yield DecodingLayer(*(getattr(self, name.name)[first:last] for name in fields(self)))
