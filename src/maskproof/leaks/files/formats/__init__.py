"""What files and bodies hold, as texts that name the field they are of; told by content first, by type second."""

from maskproof.leaks.files.formats.bodies import read_body
from maskproof.leaks.files.formats.contents import Contents, Image, Place

__all__ = ["Contents", "Image", "Place", "read_body"]
