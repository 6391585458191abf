"""
Values that are too short for a plain search, and where they are found nevertheless.

Names in Chinese, Japanese and Korean have two to four characters and no blanks around them: what may stand beside them
is a table. Anything else that is short is found behind its label, in a field that names its category, or, if it has
two words, as it is written.
"""

import re
import unicodedata
from collections.abc import Iterator

from maskproof.leaks.spelling.common_words import COMMON_WORDS
from maskproof.leaks.spelling.east_asian import HAN, HANGUL, is_east_asian, is_enough
from maskproof.leaks.spelling.folding import fold
from maskproof.leaks.spelling.forms import Check, Spelling
from maskproof.leaks.spelling.labels import has_label
from maskproof.leaks.spelling.values import Value
from maskproof.secrets import normalised

# A vowel or last consonant that goes on with the syllable before it (Hangul in parts).
GOES_ON = re.compile(r"[\u1160-\u11ff]")
# Bytes of a label that count as part of what was found.
OF_LABEL = 8
# Bytes beside a name that are read.
BESIDE = 96

HONORIFICS = (
    "先生", "女士", "小姐", "太太", "同学", "同學", "老师", "老師", "教授", "博士", "医生", "醫生", "经理", "經理", "总", "總", "律师", "律師",
    "师傅", "阿姨", "叔叔", "様", "さま", "さん", "殿", "氏", "くん", "君", "ちゃん", "님", "씨", "선생", "고객", "회원", "교수", "사장", "부장",
    "과장", "대리", "팀장", "군", "양", "박사", "여사",
)  # fmt: skip
# What goes on behind a name without a blank: function words and particles.
BEHIND = {
    HAN: (
        "的", "是", "在", "已", "您", "你", "和", "與", "与", "及", "說", "说", "為", "为", "於", "于", "將", "将", "會", "会", "有", "等",
        "也", "都", "了", "向", "给", "給", "收", "敬", "因", "从", "從", "被", "所", "女", "男", "电", "電", "手", "身", "住",
    ),
    HANGUL: (
        "은", "는", "이", "가", "을", "를", "의", "에게", "께", "와", "과", "도", "만", "으로", "로", "입니다", "이다", "이고", "라고", "이라고",
        "이며", "에", "께서", "한테", "이라", "이에요", "예요", "이라는", "라는", "하고",
    ),
}  # fmt: skip
BEFORE: dict[re.Pattern[str], tuple[str, ...]] = {
    HAN: (
        "我", "叫", "是", "名", "给", "給", "向", "对", "對", "和", "与", "與", "由", "请", "請", "者", "人", "户", "戶", "称", "稱", "姓",
        "为", "為", "从", "從", "被", "把", "让", "讓", "寄", "致", "的", "客", "员", "員", "长", "長", "生", "您", "好",
    ),
    HANGUL: (),
}  # fmt: skip


def short_spellings(value: Value) -> Iterator[Spelling]:
    """Every form of a value that is too short for a plain search."""
    text = " ".join(value.secret.reveal().split())
    if is_east_asian(text) and len(text.replace(" ", "")) > 1:
        yield _east_asian(value, text)
        return
    words = text.split()
    if len(words) > 1 and not any(map(str.isdigit, text)) and not all(fold(word) in COMMON_WORDS for word in words):
        yield from _of_words(words)
    if len(normalised(text)) > 1:
        yield Spelling(text, "beside its label", pattern=_pattern(fold(text)), check=_behind_label(value.category))


def _pattern(folded: str) -> bytes:
    """The characters of a text, with anything but letters and digits between its words."""
    pieces = (b"".join(b"\\x%02x" % byte for byte in word.encode()) for word in re.findall(r"\w+", folded))
    return rb"[^0-9A-Za-z\x00]{1,3}".join(pieces)


def _east_asian(value: Value, text: str) -> Spelling:
    letters = unicodedata.normalize("NFC", text.replace(" ", ""))
    pieces = (b"".join(b"\\x%02x" % byte for byte in fold(letter).encode()) for letter in letters)
    check = _stands_alone(value.category, letters)
    return Spelling(letters, "short name", pattern=rb"(?: |\xe3\x80\x80|\xe3\x83\xbb)?".join(pieces), check=check)


def _stands_alone(category: str, letters: str) -> Check:
    """Whether a name stands by itself; one that may be a word needs a label before it or an honorific behind it."""
    script = HANGUL if HANGUL.match(letters) else HAN
    is_whole = is_enough(letters)

    def check(data: bytes, start: int, end: int) -> tuple[int, int] | None:
        before, behind = _beside(data, start, end)
        is_free_before = _is_free(before[-1:], script) or before.endswith(tuple(BEFORE[script]))
        has_honorific = behind.lstrip(" ").startswith(tuple(HONORIFICS))
        is_free_behind = not GOES_ON.match(behind) and (
            _is_free(behind[:1], script) or has_honorific or _has_particle(behind, script)
        )
        is_labelled = has_label(before, category)
        known = is_whole or has_honorific or is_labelled
        return (start, end) if known and (is_free_before or is_labelled) and is_free_behind else None

    return check


def _has_particle(behind: str, script: re.Pattern[str]) -> bool:
    """Whether a name goes on with a function word; in Korean that ends the word."""
    if script is HAN:
        return behind.startswith(tuple(BEHIND[HAN]))
    return any(behind.startswith(one) and _is_free(behind[len(one) : len(one) + 1], script) for one in BEHIND[HANGUL])


def _is_free(beside: str, script: re.Pattern[str]) -> bool:
    """Whether a character is no letter of a script; of Kana and Han each ends the other."""
    return script.match(beside) is None


def _of_words(words: list[str]) -> Iterator[Spelling]:
    """Two short words in their own case, or all in capitals; surname first with a comma."""
    plain = [fold(word) for word in words]
    orders = ([*plain], [*plain[-1:], *plain[:-1]])
    written = {" ".join(words), " ".join(words).upper(), f"{words[-1]}, {' '.join(words[:-1])}"}
    for order in orders:
        yield Spelling(" ".join(order), "short name", pattern=_pattern(" ".join(order)), check=_written_so(written))


def _written_so(written: set[str]) -> Check:
    known = {" ".join(re.findall(r"\w+|,", fold_case_kept(text))) for text in written}

    def check(data: bytes, start: int, end: int) -> tuple[int, int] | None:
        before, behind = _beside(data, start, end)
        if (before[-1:].isalnum()) or behind[:1].isalnum():
            return None
        text = fold_case_kept(data[start:end].decode("utf-8", "ignore"))
        return (start, end) if " ".join(re.findall(r"\w+|,", text)) in known else None

    return check


def fold_case_kept(text: str) -> str:
    """Text without diacritics, its case kept."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _behind_label(category: str) -> Check:
    def check(data: bytes, start: int, end: int) -> tuple[int, int] | None:
        before, behind = _beside(data, start, end)
        is_bounded = not before[-1:].isalnum() and not behind[:1].isalnum() and behind[:2] not in {"-1", ".1"}
        # With some of its label: where the value stands in clear and its surroundings are encoded, this is more.
        return (max(0, start - OF_LABEL), end) if is_bounded and has_label(before, category) else None

    return check


def _beside(data: bytes, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a place, in composed characters, up to a separator of texts."""
    before = data[max(0, start - BESIDE) : start].rpartition(b"\x00")[2].decode("utf-8", "ignore")
    behind = data[end : end + BESIDE].partition(b"\x00")[0].decode("utf-8", "ignore")
    goes_on = GOES_ON.match(behind)
    return unicodedata.normalize("NFC", before), behind if goes_on else unicodedata.normalize("NFC", behind)
