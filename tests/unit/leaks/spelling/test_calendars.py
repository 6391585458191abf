"""Days in other calendars."""

from datetime import date

from maskproof.leaks.spelling.calendars import eras_of, other_years, persian_date


def test_persian_days_are_those_of_the_published_tables() -> None:
    """New year's days and a day at the end of a leap year."""
    assert persian_date(date(1987, 3, 21)) == (1366, 1, 1)
    assert persian_date(date(2000, 3, 20)) == (1379, 1, 1)
    assert persian_date(date(2021, 3, 20)) == (1399, 12, 30)
    assert persian_date(date(1925, 3, 20)) == (1303, 12, 29)


def test_an_era_begins_on_its_first_day() -> None:
    """The last day of an era still belongs to it."""
    assert ("平成", 31) in eras_of(date(2019, 4, 30))
    assert ("令和", 1) in eras_of(date(2019, 5, 1))
    assert ("民國", 108) in eras_of(date(2019, 5, 1))


def test_the_buddhist_year_is_543_ahead() -> None:
    """As in Thailand."""
    assert other_years(date(1987, 3, 5)) == (2530,)
