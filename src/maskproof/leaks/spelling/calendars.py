"""Days in the calendars that browsers use by default in some countries: Buddhist, Persian, Minguo, Japanese eras."""

from datetime import date

BUDDHIST = 543
# First day, the year before the first one, and names of the eras of Japan and of the calendar of Taiwan.
ERAS = (
    (date(2019, 5, 1), 2018, ("令和", "R")),
    (date(1989, 1, 8), 1988, ("平成", "H")),
    (date(1926, 12, 25), 1925, ("昭和", "S")),
    (date(1912, 7, 30), 1911, ("大正", "T")),
)
MINGUO = (date(1912, 1, 1), 1911, ("民國", "民国"))
PERSIAN_MONTHS = (
    "فروردين", "ارديبهشت", "خرداد", "تير", "مرداد", "شهريور", "مهر", "ابان", "اذر", "دي", "بهمن", "اسفند",
)  # fmt: skip
# The Persian year begins at the equinox: 20 March in years of this remainder, else 21 March (valid 1925 to 2088).
NEW_YEAR = date(1925, 3, 21)
LONG_MONTHS, LONG, SHORT = 6, 31, 30
LEAP_REMAINDERS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})


def other_years(day: date) -> tuple[int, ...]:
    """The year of a day in calendars that share its day and month: the Buddhist one."""
    return (day.year + BUDDHIST,)


def eras_of(day: date) -> tuple[tuple[str, int], ...]:
    """Names of the eras of a day, each with the year in it."""
    eras = (next((era for era in ERAS if day >= era[0]), MINGUO), MINGUO)
    return tuple((name, day.year - before) for _, before, names in dict.fromkeys(eras) for name in names)


def persian_date(day: date) -> tuple[int, int, int]:
    """Year, month and day in the Persian calendar, by its cycle of 33 years."""
    year, rest = 1304, (day - NEW_YEAR).days
    while rest < 0:
        year -= 1
        rest += _days(year)
    while rest >= _days(year):
        rest -= _days(year)
        year += 1
    if rest < LONG_MONTHS * LONG:
        return year, rest // LONG + 1, rest % LONG + 1
    rest -= LONG_MONTHS * LONG
    return year, LONG_MONTHS + rest // SHORT + 1, rest % SHORT + 1


def _days(year: int) -> int:
    return 366 if year % 33 in LEAP_REMAINDERS else 365
