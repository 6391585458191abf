"""What a recording shows: the stored document rebuilt as a page, and drawn without a script and without a network."""

from maskproof.replay.draw import Picture, Place, draw
from maskproof.replay.rebuild import rebuilt

__all__ = ["Picture", "Place", "draw", "rebuilt"]
