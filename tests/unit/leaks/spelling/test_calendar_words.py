"""The words of dates, from CLDR."""

from maskproof.leaks.spelling.calendar_words import calendar_words


def test_every_month_has_its_names_in_many_languages() -> None:
    """Months have hundreds of names, folded; a number alone is none."""
    months = calendar_words().months
    assert len(months) == 12
    assert all(len(names) > 200 for names in months)
    assert {"marzo", "marz", "mars", "марта", "thang 3"} <= months[2]
    assert not any(name.isdigit() for names in months for name in names)


def test_a_name_of_two_months_is_that_of_a_widely_read_language() -> None:
    """The Polish name of November is not Croatian October."""
    months = calendar_words().months
    assert "listopad" in months[10]
    assert "listopad" not in months[9]


def test_words_between_the_parts_are_known() -> None:
    """Prepositions and signs for year and day."""
    assert {"de", "г", "年", "nam", "of"} <= calendar_words().between
