"""Words that are names, or parts of addresses, and stand in ordinary texts too: they identify nobody."""

from importlib.resources import files

COMMON_WORDS = frozenset(files("maskproof.leaks.spelling").joinpath("common_words.txt").read_text("utf-8").split())
