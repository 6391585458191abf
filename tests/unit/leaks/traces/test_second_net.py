"""Pattern-based detection: PII by pattern and checksum, and near misses that are no finding."""

from itertools import count

import pytest

from maskproof.leaks.budget import Budget, OverBudget
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.traces.second_net import SecondNet, is_readable
from maskproof.secrets import Secret

# By name, so that no test id holds a value. Each is of an issued range, and belongs to nobody that we know.
PII = {
    "email": ("pattern:email", "mail jane.doe42@gmail.com now"),
    "email in an address": ("pattern:email", "https://shop.io/?to=jane.doe42@gmail.com&x=1"),
    "card": ("pattern:card", '{"pan":"4539578763621486"}'),
    "card in fours": ("pattern:card", "4539 5787 6362 1486 123"),
    "card of 15 digits": ("pattern:card", "3714-496353-98456"),
    "card in a table": ("pattern:card", "17,4539578763621486,x"),
    "SSN": ("pattern:ssn", "it is 536-22-1234."),
    "SSN by its name": ("pattern:ssn", '"ssn":"536221234"'),
    "ITIN": ("pattern:ssn", "912-70-1234"),
    "IBAN": ("pattern:iban", "to NL02ABNA0123456789, please"),
    "IBAN in fours": ("pattern:iban", "NL02 ABNA 0123 4567 89 today"),
    "phone": ("pattern:phone", "(415) 867-5309"),
    "phone with dots": ("pattern:phone", "415.867.5309"),
    "phone in a list": ("pattern:phone", "10 415-867-5309"),
    "phone of another country": ("pattern:phone", "+49 30 901820"),
    "phone by its name": ("pattern:phone", '"phone":"4158675309"'),
    "phone that touches its name": ("pattern:phone", "téléphone415-867-5309"),
    "phone that touches a short name": ("pattern:phone", "tél415.867.5309"),
    "phone that touches a word of Spanish": ("pattern:phone", "teléfono(415) 867-5309"),
    "phone that touches a character": ("pattern:phone", "电话415-867-5309。"),
    "phone in full width": (
        "pattern:phone",
        "電話\uff14\uff11\uff15\uff0d\uff18\uff16\uff17\uff0d\uff15\uff13\uff10\uff19",
    ),
    "card in full width": ("pattern:card", "".join(chr(ord(digit) + 0xFEE0) for digit in "4539578763621486")),
    "card behind characters": ("pattern:card", "卡号4539 5787 6362 1486。"),
    "email in full width": ("pattern:email", "メール\uff1a\uff4aane.doe42\uff20gmail.com"),
    "email between characters": ("pattern:email", "联系jane.doe42@gmail.com。"),
    "phone behind a label that does not fit": ("pattern:phone", "NHS no. 415-867-5309"),
}
NEAR_MISSES = {
    "timestamp that passes Luhn": "1700000000000006",
    "order number that passes Luhn": "ORD-4539578763621486",
    "named order number": "order number: 4539578763621486",
    "order of JSON": '{"orderId":"4539578763621486"}',
    "part number": "part 536-22-1234",
    "part like a phone": "PN-415-867-5309",
    "UUID": "45395787-6362-4486-8123-4158675309ab",
    "version": "v10.0.19045.3803",
    "package": "react@18.2.0",
    "prerelease": "pkg@1.2.3-beta.rc",
    "image of double size": "logo@2x.png",
    "repository": "git@github.com:org/project.git",
    "credentials": "https://user:word@host.com/",
    "mailbox of an organisation": "support@company.com",
    "coordinates": "37.774929, -122.419416",
    "coordinates of ISO 6709": "+40.7128-074.0060/",
    "barcode": "4006381333931",
    "session id": "4120029343558664448",
    "longer number in fours": "4539-5787-6362-1486-1234",
    "hexadecimal": "a4539578763621486",
    "SSN of no area": "000-12-3456",
    "area code of nobody": "123-456-7890",
    "drawing": "M 415 867 5309 L 212 867 5309",
    "date and time": "2024-01-15T10:00:00+0200",
    "health service number": "NHS no. 943 476 5919",
    "health service number in JSON": '{"nhsNumber": "943 476 5919", "nhs_number": "943-476-5919"}',
    "tax number of another country": "NIP: 526-104-0828",
    "word that ends like a label, and a number that touches it": "motel415-867-5309x",
}
TEST_VALUES = {
    "email": "x@example.com",
    "mistyped": "x@example.co",
    "card": "4242424242424242",
    "SSN": "912-34-1234",
    "advertised SSN": "078-05-1120",
    "IBAN": "GB82 WEST 1234 5698 7654 32",
    "phone": "212-555-0123",
}


def _names(text: str, net: SecondNet | None = None) -> list[str]:
    return [match.name for match in (net or SecondNet()).find([text.encode()])]


@pytest.mark.parametrize("name", PII)
def test_a_text_that_looks_like_pii_is_reported(name: str) -> None:
    """Shape and checksum, or the numbering plan, make one match."""
    pattern, text = PII[name]
    assert _names(text) == [pattern]


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_near_misses_are_not_reported(name: str) -> None:
    """Near misses do not match, even if test ranges count."""
    assert _names(NEAR_MISSES[name]) == []
    assert _names(NEAR_MISSES[name], SecondNet(test_ranges=True)) == []


@pytest.mark.parametrize("name", TEST_VALUES)
def test_test_ranges_count_only_if_configured(name: str) -> None:
    """Values that belong to nobody are no PII by default."""
    assert _names(TEST_VALUES[name]) == []
    assert len(_names(TEST_VALUES[name], SecondNet(test_ranges=True))) == 1


@pytest.mark.parametrize("spaced", [False, True], ids=["as it is", "written in another way"])
def test_a_known_value_is_not_reported_again(spaced: bool) -> None:  # noqa: FBT001 - a parameter
    """The search for known values reports it."""
    number = "4539578763621486"
    value = Value("card", "payment", Secret(number, category="payment", value_id="card"))
    text = " ".join(number[start : start + 4] for start in range(0, 16, 4)) if spaced else number
    assert _names(text) == ["pattern:card"]
    assert _names(text, SecondNet([value])) == []


def test_national_numbers_of_configured_countries_are_recognised() -> None:
    """National numbers of other countries look like any number."""
    assert _names("030 901820") == []
    assert _names("030 901820", SecondNet(regions=("DE",))) == ["pattern:phone"]


def test_a_match_says_which_text_and_where() -> None:
    """A match has the index of its text, and offset and size in bytes."""
    (found,) = SecondNet().find([b"nothing", "ü jane.doe42@gmail.com".encode(), b"nothing"])
    assert (found.index, found.offset, found.size) == (1, 3, 20)


def test_the_matches_in_one_text_are_bounded() -> None:
    """The first addresses of a list of a thousand are enough."""
    text = "\n".join(f"jane{number}@gmail.com" for number in range(1000))
    assert len(_names(text)) == 200


def test_values_of_two_texts_never_join() -> None:
    """Digits at the end of one text and at the beginning of the next are not one number."""
    assert SecondNet().find([b"4539 5787", b"6362 1486"]) == []


@pytest.mark.parametrize(
    ("data", "encoding", "expected"),
    [
        (b"plain \x00 or not", (), True),
        (b"text", ("percent", "html"), True),
        (b"clean text", ("base64",), True),
        (b"not \x07 clean", ("base64",), False),
        (b"clean text", ("base58",), False),
        (b"clean text", ("base64", "base85"), False),
    ],
)
def test_the_output_of_guessed_encodings_is_read_only_if_it_is_clean_text(
    data: bytes,
    encoding: tuple[str, ...],
    expected: bool,  # noqa: FBT001 - a parameter
) -> None:
    """Any run of letters decodes to something, which may look like anything."""
    assert is_readable(data, encoding) is expected


def test_a_search_that_takes_too_long_ends() -> None:
    """Each number to judge takes time, and foreign text may be full of them."""
    budget = Budget(seconds=20, clock=map(float, count()).__next__)
    with pytest.raises(OverBudget):
        SecondNet().find([b"555-123-4567 " * 100], budget)
