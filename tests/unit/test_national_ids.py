"""National identity numbers."""

from faker import Faker

from maskproof.national_ids import NATIONAL_IDS


def test_there_are_numbers_of_many_countries() -> None:
    """Twenty at least, each by its country."""
    assert len(NATIONAL_IDS) >= 20
    assert all(country == known.country for country, known in NATIONAL_IDS.items())


# Their last digits check nothing: in Iceland it is the century.
WITHOUT_CHECK = frozenset({"cu", "dk", "is"})


def test_every_number_passes_its_check_and_not_with_another_last_character() -> None:
    """A number is valid, and a change of its last character makes it invalid."""
    fake = Faker("en_US")
    fake.seed_instance("ids")
    for country, known in NATIONAL_IDS.items():
        number = known.make(fake)
        assert known.is_valid(number)
        others = [number[:-1] + other for other in known.alphabet if other != number[-1]]
        assert country in WITHOUT_CHECK or not any(map(known.is_valid, others))
