"""Which texts are words of Chinese, Japanese or Korean: they are short, and have no blanks around them."""

import re
import unicodedata

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3005]")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3040-\u30ff\u3005\uac00-\ud7a3]{1,5}")
# So many characters of a name stand beside each other by chance hardly ever.
ENOUGH = 3


def is_east_asian(text: str) -> bool:
    """Whether a text is a word of at most five characters in Chinese, Japanese or Korean."""
    return WORD.fullmatch("".join(unicodedata.normalize("NFC", text).split())) is not None


def is_enough(text: str) -> bool:
    """Whether a word of these languages is long enough, and not of Kana alone, which spell ordinary words, too."""
    letters = "".join(unicodedata.normalize("NFC", text).split())
    return is_east_asian(text) and len(letters) >= ENOUGH and bool(HAN.search(letters) or HANGUL.search(letters))
