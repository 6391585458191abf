"""Phone numbers as they are dialled."""

import pytest
from tests.unit.leaks.spelling.notation import wrong

from maskproof.leaks.spelling.phones import phones_of

HOME = "06 12 34 56 78"
NUMBERS = {
    "from home to abroad": ("030 23185512", ("+49 30 23185512", "+49 (0)30 23185512", "00493023185512"), ("030 23185513", "930 23185512")),
    "from abroad to home": ("+44 20 7946 0958", ("020 7946 0958", "0044 20 79460958", "020 7946 0958 ext. 12"), ("020 7946 0959",)),
    "every country": (HOME, ("+33 6 12 34 56 78", "+31612345678"), ("+33 6 12 34 56 79", "+1 612345678")),
    "a prefix that is no zero": ("+7 912 345-67-89", ("8 (912) 345-67-89", "89123456789"), ("8 (912) 345-67-88",)),
    "an extension": ("+1 212 555 0123 ext. 45", ("212-555-0123", "+12125550123"), ("212-555-0124",)),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_found_as_it_is_dialled_elsewhere(name: str) -> None:
    """National and international forms are found, and a neighbour's number is not."""
    assert wrong("phone", *NUMBERS[name]) == []


def test_a_region_narrows_where_a_national_number_is_read() -> None:
    """With a region, the number of another country is somebody else's, in any groups."""
    held = ("+33612345678", "+33 6 12 34 56 78", "06 12 34 56 78")
    others = ("+31612345678", "+31 6 12345678", "+31 (0)6 12345678")
    assert wrong("phone", HOME, held, others, ("FR",)) == []


def test_a_number_without_a_country_is_tried_in_every_one() -> None:
    """It has a code for each country in which it is valid; one with its own code has that one."""
    assert {"33", "31"} <= {phone.code for phone in phones_of(HOME)}
    assert [phone.code for phone in phones_of("+33 6 12 34 56 78")] == ["33"]
    assert phones_of("no number") == ()
