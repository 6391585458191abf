"""Reads files and bodies as texts with the names of their fields; content decides the format, then the type."""

from maskproof.leaks.files.formats.bodies import read_body
from maskproof.leaks.files.formats.contents import Contents, Image, Location

__all__ = ["Contents", "Image", "Location", "read_body"]
