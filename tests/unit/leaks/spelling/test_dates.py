"""Days as people and programs write them."""

import pytest
from tests.unit.leaks.spelling.notation import wrong

DAY = "1987-03-05"
# Texts that hold the day, and texts that hold another one, by the kind of notation.
NOTATIONS = {
    "months of other languages": (
        ("5. März 1987", "5 mars 1987", "5 de marzo de 1987", "5 марта 1987 г.", "1987. március 5.", "1987 m. kovo 5 d.",
         "ngày 5 tháng 3 năm 1987", "5. maaliskuuta 1987", "1987(e)ko martxoaren 5a", "5 במרץ 1987", "5 मार्च 1987"),
        ("5. Mai 1987", "5 de mayo de 1987", "25. März 1987", "6 mars 1987", "5 mars 19871", "5 smart 1987"),
    ),
    "English": (
        ("March 5th, 1987", "5th of March, 1987", "the 5th day of March 1987", "Mar 5, 87", "5-Mar-87", "05MAR1987"),
        ("15 March 1987", "March 1987", "4 March 1987", "5 people in March 1987", "5 apples, March 1987"),
    ),
    "numbers": (
        ("5.03.1987", "05.3.1987", "1987年3月05日", "1987년 3월 5일", "3/5/87", "05/03/87", "87-03-05", "87. 3. 5."),
        ("v5.3.87", "1987-03-04", "15.3.1987", "5.3.19870", "10.5.3.87", "541"),
    ),
    "other digits": (("٥/٣/١٩٨٧", "१९८७-०३-०५", "１９８７／０３／０５"), ("٦/٣/١٩٨٧",)),
    "other calendars": (
        ("5/3/2530", "5 มีนาคม พ.ศ. 2530", "5/3/30", "۱۳۶۵/۱۲/۱۴", "۱۴ اسفند ۱۳۶۵", "昭和62年3月5日", "S62.3.5", "民國76年3月5日"),
        ("5/3/2531", "۱۳۶۵/۱۲/۱۵", "昭和62年3月6日", "5/3/31"),
    ),
    "weeks and days of the year": (
        ("1987-W10-4", "1987W104", "1987-064", "19870305T000000Z"),
        ("1987-W10-3", "1987-065", "1987-0641", "1987-W11-4"),
    ),
    "local midnight": (
        ("1987-03-04T23:00:00.000Z", "1987-03-04T15:00:00Z", "19870304T183000Z", "Wed, 04 Mar 1987 23:00:00 GMT",
         "541897200", "541897200000", "1987-03-04 23:00:00"),
        ("1987-03-04", "1987-03-04T22:17:05Z", "1987-03-04T22:15:00Z", "1987-03-04T23:00:00-05:00", "541897201",
         "541893500", "1541897200"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTATIONS)
def test_a_day_is_found_in_each_notation_and_no_other_day_is(name: str) -> None:
    """Each notation of the day is found, and its near misses are not."""
    assert wrong("date_of_birth", DAY, *NOTATIONS[name]) == []


def test_a_month_that_two_languages_call_alike_is_that_of_the_more_frequent_one() -> None:
    """A name that a widely read language has for another month does not count."""
    assert (
        wrong("date_of_birth", "1987-08-05", ("5 août 1987", "5 sierpnia 1987"), ("5 sept 1987", "5 juli 1987")) == []
    )
