"""
zlib with a window of less than 32 kB, for devices and old libraries that save memory.

Its first two bytes (RFC 1950, 2.2) say the window and the level. Browsers and servers write 0x78; the seven other
windows begin with bytes that are letters or control characters, and stand in other data more often.
"""

import re

from maskproof.leaks.decoding.coding_signs import SIGNS, Hint
from maskproof.leaks.decoding.packed import ZLIB

# The second byte makes the two a multiple of 31 and holds the level, so there are four for each window. These bytes are
# no text, or not often.
_FIRST = (
    rb"\x68[\x05\x81\xde]|\x58[\x85\xc3]|\x48[\x89\xc7]|\x38[\x11\x8d\xcb]|\x28[\x15\x91\xcf]"
    rb"|\x18[\x19\x95\xd3]|\x08[\x1d\x99\xd7]"
)
# The others are letters, and only count before what text has not: a control character or a high byte within three.
_LETTERS = rb"(?:hC|XG|X\t|HK|H\r|8O|\(S|\x18W|\x08\[)(?=.{0,2}[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xff])"
EVERY_ZLIB = re.compile(ZLIB.pattern + b"|" + _FIRST + b"|" + _LETTERS, re.DOTALL)
# As a sign, with NUL left out, since it stands between texts.
_SIGN_OF_LETTERS = rb"[hX8H(][CG\tK\rOS].{0,2}[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\xff]"
SIGN = SIGNS[Hint.PACKED] + rb"|\x18W|\x08\[|" + _FIRST + b"|" + _SIGN_OF_LETTERS
