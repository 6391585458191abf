"""All that is rare, put together: what a search decodes, and which hashes it looks for."""

from collections.abc import Sequence

from maskproof.leaks.decoding.coding_signs import SIGNS, Hint
from maskproof.leaks.decoding.extras import Extras
from maskproof.leaks.decoding.whole_token_codings import CODINGS85
from maskproof.leaks.digests.hash_chains import HashInputs, HashSearch, joined
from maskproof.leaks.digests.hashes import HASHES, MURMUR, Hash
from maskproof.leaks.rare import base85, lz_shapes, zlib_windows
from maskproof.leaks.rare.long_chains import third_hashes
from maskproof.leaks.rare.md import MD_HASHES
from maskproof.leaks.rare.murmur import HALVES, IN_MEMORY_ORDER, hashed_halves

WITH_RARE_CODINGS = Extras(
    signs={**SIGNS, **base85.SIGNS, Hint.PACKED: zlib_windows.SIGN},
    codings85=(*CODINGS85, *base85.RARE_CODINGS85),
    marked85=base85.adobe_guesses,
    zlib_magic=zlib_windows.EVERY_ZLIB,
    lz_of_body=lz_shapes.of_body,
    lz_of_fields=lz_shapes.of_fields,
    lz_in_utf16=lz_shapes.utf16_bodies,
    coded=base85.coded85,
)


def _further(first: HashInputs, plain: HashInputs, listed: Sequence[Hash]) -> tuple[HashInputs, HashInputs]:
    """Halves of MurmurHash3, and hashes of hashes."""
    usual_halves, halves = hashed_halves(first, plain)
    usual, others = third_hashes(first, plain, listed)
    return joined(usual_halves, usual), joined(halves, others)


_BY_HALVES = tuple(function._replace(keys=HALVES) if function.name == MURMUR else function for function in HASHES)
WITH_RARE_HASHES = HashSearch((*_BY_HALVES, *MD_HASHES, IN_MEMORY_ORDER), _further)
