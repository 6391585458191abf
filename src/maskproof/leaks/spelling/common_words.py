"""Names and parts of addresses that are ordinary words, too: they identify nobody."""

from importlib.resources import files

COMMON_WORDS = frozenset(files("maskproof.leaks.spelling").joinpath("common_words.txt").read_text("utf-8").split())
