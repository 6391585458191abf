"""Words of names that say nothing about who it is: titles, suffixes, particles, frequent given names."""

from importlib.resources import files

TITLES = frozenset(
    {
        "arch", "avv", "bay", "capt", "captain", "col", "d", "dame", "datuk", "dhr", "dipl", "dna", "don", "dona",
        "dott", "dottssa", "dr", "drs", "father", "fr", "frau", "frk", "fru", "gen", "haji", "hanim", "herr", "hj",
        "hon", "hr", "ing", "ir", "judge", "kum", "lady", "lord", "lt", "m", "madame", "mademoiselle", "mag",
        "maitre", "maj", "me", "mevr", "miss", "mlle", "mme", "monsieur", "mr", "mrs", "ms", "mw", "mx", "pan",
        "pani", "prof", "professor", "rev", "reverend", "senor", "senora", "senorita", "ser", "sgt", "shri", "sig",
        "signor", "signora", "signorina", "sigra", "sir", "sister", "smt", "sr", "sra", "sri", "srta", "tan",
    }
)  # fmt: skip
SUFFIXES = frozenset(
    {
        "ba", "bsc", "cbe", "cpa", "dds", "do", "dphil", "dvm", "esq", "esquire", "filho", "fils", "ii", "iii", "ing",
        "iv", "jd", "jnr", "jr", "junior", "kc", "llm", "ma", "mba", "mbe", "md", "msc", "neto", "obe", "pere", "phd",
        "qc", "rn", "senior", "snr", "sobrinho", "sr", "v", "vi",
    }
)  # fmt: skip
PARTICLES = frozenset(
    {
        "'t", "abd", "abu", "af", "al", "av", "ben", "bin", "bint", "binti", "da", "das", "de", "dei", "del", "della",
        "delle", "dello", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "i", "ibn", "in", "la", "le",
        "les", "mac", "mc", "o", "op", "saint", "san", "santa", "santo", "st", "te", "ten", "ter", "ul", "van", "vom",
        "von", "y", "zu", "zum", "zur",
    }
)  # fmt: skip
# Given names that are frequent in some country: two words of a name, one of them from here, may both be given names.
GIVEN_NAMES = frozenset(files("maskproof.leaks.spelling").joinpath("given_names.txt").read_text("utf-8").split())
