"""Values that are too short for a plain search."""

import pytest
from tests.unit.leaks.spelling.notation import wrong

# A category, a value, texts whose surroundings say what it is, and texts in which it is a word or a part of one.
VALUES = {
    "Chinese": ("name", "王晓芃", ("客户:王晓芃", "王晓芃先生", "我叫王晓芃", "王晓芃的电话", "王 晓芃", "<td>王晓芃</td>"),
                ("大王晓芃芃店", "王先生", "晓芃", "王晓芃芃")),
    "Chinese of two characters": ("name", "王芃", ("王芃女士", "姓名：王芃", "<label>姓名</label><span>王芃</span>"),
                                  ("王芃", "文王芃白", "王女士")),
    "Japanese": ("name", "高橋みなみ", ("高橋みなみ様", "氏名：高橋みなみ", "高橋　みなみ"), ("高橋", "みなみ")),
    "Kana alone": ("name", "さくら", ("さくらさん", "名前: さくら"), ("さくら", "さくらが咲く")),
    "Korean": ("name", "김민숙", ("김민숙 님", "고객 김민숙은", "이름: 김민숙", "김민숙에게"),
               ("현대김민숙산", "김민", "민숙", "김민숡", "김민숙이네집")),
    "Korean of two syllables": ("name", "이숙", ("이숙 님", "이름: 이숙"), ("이숙", "이순신", "이숡")),
    "two words": ("name", "Li Wu", ("Dear Li Wu,", "Wu, Li", "LI WU", '"name": "li wu"'),
                  ("li wu", "Li", "Ali Wu", "Li Wuhan")),
    "one word": ("name", "Ann", ("First name: Ann", '"firstName": "Ann"', '<input name="given_name" value="Ann">'),
                 ("Ann", "Dear Ann", "Anna", "filename: Ann", "First name: Anna")),
    "digits": ("payment", "731", ("cvc=731", '"cvv": "731"', "Security code: 731"), ("731", "cvc=7312", "order 731")),
    "an unknown category": ("seat", "12C", ("seat: 12C", '"seat": "12C"'), ("12C", "row: 12C")),
}  # fmt: skip


@pytest.mark.parametrize("name", VALUES)
def test_a_short_value_is_found_only_where_its_surroundings_say_so(name: str) -> None:
    """Beside its label or an honorific it is found; as a word, or within one, it is not."""
    category, text, held, others = VALUES[name]
    assert wrong(category, text, held, others) == []
