"""Texts of one depth of decoding, and where each came from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Layer:
    """
    Texts of one depth.

    Attributes:
        chunks: The texts.
        roots: For each the text (index) of depth 0 that it came from.
        chains: How it was encoded, outermost first.
        offsets: Where its encoding begins in the text of depth 0.
        plain: What it was decoded from, where a decoder leaves plain text as it is; else empty.
        is_open: Whether it may hold further encodings.
        is_likely: Whether plain text hardly looks like what it was decoded from, at any depth.

    """

    chunks: list[bytes] = field(default_factory=list)
    roots: list[int] = field(default_factory=list)
    chains: list[tuple[str, ...]] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    plain: list[bytes] = field(default_factory=list)
    is_open: list[bool] = field(default_factory=list)
    is_likely: list[bool] = field(default_factory=list)

    @classmethod
    def of(cls, chunks: Sequence[bytes], roots: Sequence[int], made: Collection[int] = ()) -> "Layer":
        """
        The texts of depth 0.

        Args:
            chunks: All texts.
            roots: Indexes of those that are searched.
            made: Indexes of those that are unlikely to hold a digest, as they were put together of others.

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
        """Add a text."""
        self.chunks.append(data)
        self.roots.append(root)
        self.chains.append(chain)
        self.offsets.append(offset)
        self.plain.append(plain)
        self.is_open.append(is_open)
        self.is_likely.append(is_likely)
