"""
Names of other alphabets in Latin letters.

Cyrillic by ICAO Doc 9303 (passports), by ISO 9 without its marks, as English writes it (BGN/PCGN) and as German does;
Greek by ELOT 743.
"""

from collections.abc import Iterator, Mapping

from maskproof.leaks.spelling.folding import without_marks

_CYRILLIC = dict(
    zip(
        "абвгдезиклмнопрстуфы",
        ["a", "b", "v", "g", "d", "e", "z", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "y"],
        strict=True,
    )
) | {"ѓ": "g", "ґ": "g", "ў": "u", "ј": "j", "ќ": "k", "ѕ": "dz", "џ": "dz", "љ": "lj", "њ": "nj", "ђ": "dj", "ћ": "c"}
_ICAO = _CYRILLIC | {
    "ё": "e", "ж": "zh", "й": "i", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ь": "",
    "э": "e", "ю": "iu", "я": "ia", "є": "ie", "і": "i", "ї": "i",
}  # fmt: skip
_ENGLISH = _ICAO | {"ё": "yo", "й": "y", "ъ": "", "ю": "yu", "я": "ya", "є": "ye", "ї": "yi"}
_ISO = _CYRILLIC | {
    "ё": "e", "ж": "z", "й": "j", "х": "h", "ц": "c", "ч": "c", "ш": "s", "щ": "s", "ъ": "", "ь": "", "э": "e",
    "ю": "u", "я": "a", "є": "e", "і": "i", "ї": "i",
}  # fmt: skip
_SCHOLARLY = _ISO | {"щ": "sc", "ю": "ju", "я": "ja", "х": "ch", "є": "je", "ї": "ji"}
_GERMAN = _CYRILLIC | {
    "в": "w", "ё": "jo", "ж": "sch", "й": "j", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "schtsch",
    "ъ": "", "ь": "", "э": "e", "ю": "ju", "я": "ja", "є": "je", "і": "i", "ї": "ji",
}  # fmt: skip
_UKRAINIAN = _ICAO | {"г": "h", "и": "y", "й": "i", "ь": "", "є": "ie", "ї": "i"}
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_GREEK_PAIRS = {"ου": "ou", "αυ": "av", "ευ": "ev", "γγ": "ng", "γξ": "nx", "γχ": "nch", "μπ": "b", "ντ": "nt"}
TABLES: Mapping[str, Mapping[str, str]] = {
    "ICAO": _ICAO, "BGN": _ENGLISH, "ISO 9": _ISO, "scholarly": _SCHOLARLY, "German": _GERMAN,
    "Ukrainian": _UKRAINIAN,
}  # fmt: skip


def latin_spellings(text: str) -> Iterator[str]:
    """A text of Cyrillic or Greek letters in Latin ones, once for each table; nothing for other texts."""
    seen = {text}
    for table in TABLES.values():
        latin = _written(text, table)
        if latin not in seen and latin.isascii():
            seen.add(latin)
            yield latin
    plain = without_marks(text).lower()
    for pairs in ({}, _GREEK_PAIRS):
        greek = plain
        for pair, latin in pairs.items():
            greek = greek.replace(pair, latin)
        latin = "".join(_GREEK.get(letter, letter) for letter in greek)
        if latin not in seen and latin.isascii() and not plain.isascii():
            seen.add(latin)
            yield latin.title()


def _written(text: str, table: Mapping[str, str]) -> str:
    letters = (table.get(letter.lower(), letter) for letter in text)
    pairs = zip(letters, text, strict=True)
    return "".join(latin.capitalize() if latin != letter and letter.isupper() else latin for latin, letter in pairs)
