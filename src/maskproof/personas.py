"""
Personas: the PII of one recorded session, made by our own Faker providers.

Faker's own SSNs, phone numbers and cards can be issued ones. Ours cannot: SSN areas 900 to 999 with
groups below 50 were never issued, line numbers 555-0100 to 555-0199 are reserved for fiction,
`example.com` and its sisters are reserved by RFC 2606, and 4242 42 is a card issuer number of test
systems only. IP addresses are those of documentation (RFC 3849), devices have
addresses that no maker gives (IEEE 802), health numbers are of the range that the NHS keeps for tests, and the rest is
of ranges that nobody issues. Names are made of syllables, so that each is a canary: it occurs nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from faker import Faker
from faker.providers import BaseProvider
from stdnum import iban, luhn
from stdnum.gb import nhs

from maskproof.national_ids import NATIONAL_IDS
from maskproof.secrets import Secret

TYPED_KINDS: Mapping[str, str] = {
    "first_name": "name",
    "last_name": "name",
    "full_name": "name",
    "username": "name",
    "email": "email",
    "phone": "phone",
    "ssn": "ssn",
    "date_of_birth": "date_of_birth",
    "street": "address",
    "city": "address",
    "zip": "address",
    "card_number": "payment",
    "card_expiry": "payment",
    "card_cvc": "payment",
    "password": "password",
    "one_time_code": "password",
    "free_text": "free_text",
}
# Kinds of identifiers, each in the category that rules and findings name; a persona has the number of each country.
IDENTIFIER_KINDS: Mapping[str, str] = {
    **{f"national_id_{country}": "national_id" for country in NATIONAL_IDS},
    "iban": "bank_account",
    "passport": "passport",
    "driving_licence": "driving_licence",
    "vehicle_plate": "vehicle_plate",
    "tax_id": "tax_id",
    "health_id": "health_id",
    "ip_address": "ip_address",
    "device_id": "device_id",
    "mac_address": "device_id",
}
# Names in other scripts, each of six letters or more, and a code of letters and digits for boxes of one character.
OTHER_KINDS: Mapping[str, str] = {
    "name_chinese": "name",
    "name_arabic": "name",
    "name_cyrillic": "name",
    "recovery_code": "password",
}
CATEGORY_OF_KIND: Mapping[str, str] = {**TYPED_KINDS, **IDENTIFIER_KINDS, **OTHER_KINDS}
CATEGORIES = tuple(dict.fromkeys(CATEGORY_OF_KIND.values()))

_ONSETS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "qu",
    "r",
    "s",
    "t",
    "v",
    "z",
)
_VOWELS = ("a", "e", "i", "o", "u", "au", "ei", "ou")
_CODAS = ("", "l", "n", "r", "s", "x", "rn", "ld")
# Characters that write foreign names in Chinese, and syllables of the other two scripts.
_CHINESE = "阿艾巴贝茨德顿尔菲格哈赫霍基卡克拉莱里洛马米纳尼诺帕佩奇萨塞斯塔特瓦维沃西亚伊扎"
_ARABIC = ("بتجحدرزسشصطعفقكلمنه", "اوي")
_CYRILLIC = ("бвгджзклмнпрстфхчш", "аеиоуя")
_STREETS = ("Avenue", "Street", "Lane", "Road", "Terrace")
_DOMAINS = ("example.com", "example.org", "example.net")
_PASSWORD_SIGNS = "!#%+*?"  # noqa: S105 - an alphabet


class CanaryProvider(BaseProvider):
    """A Faker provider of values that belong to nobody and occur nowhere else."""

    def canary_word(self, syllables: int = 3) -> str:
        """A pronounceable word in lower case, 6 to 15 letters."""
        word = ""
        while len(word) < 7:  # noqa: PLR2004 - one letter more than a short value may have
            word = "".join(
                self.random_element(_ONSETS) + self.random_element(_VOWELS) for _ in range(syllables)
            ) + self.random_element(_CODAS)
        return word

    def script_word(self, consonants: str, vowels: str) -> str:
        """
        A word of three syllables, a consonant and a vowel each.

        Args:
            consonants: Letters that a syllable begins with.
            vowels: Letters that it ends with.

        """
        return "".join(self.random_element(consonants) + self.random_element(vowels) for _ in range(3))

    def chinese_name(self) -> str:
        """A foreign name as it is written in Chinese: three characters and four."""
        given, family = ("".join(self.random_element(_CHINESE) for _ in range(length)) for length in (3, 4))
        return f"{given}·{family}"

    def never_issued_ssn(self) -> str:
        """An SSN of an area that was never issued, as `9xx-xx-xxxx`; not an ITIN either."""
        return f"{self.random_int(900, 999)}-{self.random_int(10, 49)}-{self.random_int(1000, 9999)}"

    def fictional_phone(self) -> str:
        """A North American number of the range reserved for fiction, as `xxx-555-01xx`."""
        return f"{self.random_int(201, 989)}-555-01{self.random_int(0, 99):02d}"

    def unassigned_iban(self) -> str:
        """A German IBAN of a bank number that no bank has, with right check digits."""
        account = f"99999999{self.random_int(1_000_000_000, 9_999_999_999)}"
        return f"DE{iban.calc_check_digits(f'DE00{account}')}{account}"

    def test_health_number(self) -> str:
        """A number of the NHS from 999 on, which are for tests, 10 digits."""
        while True:  # every eleventh has no check digit
            payload = f"999{self.random_int(0, 999_999):06d}"
            for digit in range(10):
                if nhs.is_valid(number := f"{payload}{digit}"):
                    return number

    def documentation_address(self) -> str:
        """An IPv6 address of the range that documentation uses."""
        groups = (f"{self.random_int(4096, 65535):x}" for _ in range(2))
        return f"2001:db8:{':'.join(groups)}::{self.random_int(16, 255):x}"

    def test_imei(self) -> str:
        """The number of a device for tests: its type is allocated by nobody, and its check digit is right."""
        payload = f"00101{self.random_int(0, 999_999_999):09d}"
        return payload + str(luhn.calc_check_digit(payload))

    def test_card(self) -> str:
        """A card number of a test issuer that passes Luhn, 16 digits."""
        payload = "424242" + f"{self.random_int(0, 999_999_999):09d}"
        return payload + str(luhn.calc_check_digit(payload))


@dataclass(frozen=True, slots=True)
class Persona:
    """One set of values, by kind; `name` is its name in form fixtures (`user`, `other1`, ...)."""

    name: str
    values: Mapping[str, Secret]

    def __getitem__(self, kind: str) -> Secret:
        """The value of a kind, e.g. `email`."""
        return self.values[kind]


def make_persona(seed: str, name: str = "user") -> Persona:
    """
    Make the persona of one session.

    Args:
        seed: From run and session, never from a worker; the same seed gives the same persona.
        name: First part of its value ids.

    Returns:
        A value of every kind in `CATEGORY_OF_KIND`.

    """
    fake = Faker("en_US", providers=None)
    fake.add_provider(CanaryProvider)
    fake.seed_instance(f"{seed}/{name}")
    values = _plain_values(fake)
    fake.seed_instance(f"{seed}/{name}/identifiers")
    values |= _identifiers(fake)
    fake.seed_instance(f"{seed}/{name}/others")
    return Persona(name, dict(_secrets(name, {**values, **_others(fake)})))


def _plain_values(fake: Faker) -> dict[str, str]:
    first, last = fake.canary_word(2).capitalize(), fake.canary_word(3).capitalize()
    sign = fake.random_element(_PASSWORD_SIGNS)
    return {
        "first_name": first,
        "last_name": last,
        "full_name": f"{first} {last}",
        "username": f"{fake.canary_word()}{fake.random_int(10, 99)}",
        "email": f"{first}.{last}{fake.random_int(100, 999)}@{fake.random_element(_DOMAINS)}".lower(),
        "phone": fake.fictional_phone(),
        "ssn": fake.never_issued_ssn(),
        "date_of_birth": fake.date_between(date(1950, 1, 1), date(2004, 12, 31)).isoformat(),
        "street": f"{fake.random_int(1000, 9999)} {fake.canary_word().capitalize()} {fake.random_element(_STREETS)}",
        "city": f"{fake.canary_word().capitalize()}ton",
        "zip": f"{fake.random_int(10000, 99999)}",
        "card_number": fake.test_card(),
        "card_expiry": f"{fake.random_int(1, 12):02d}/{fake.random_int(31, 39)}",
        "card_cvc": f"{fake.random_int(100, 999)}",
        "password": f"{fake.canary_word().capitalize()}{sign}{fake.random_int(10000, 99999)}",
        "one_time_code": f"{fake.random_int(10000, 99999)}",
        "free_text": f"Please call {first} about the {fake.canary_word()} report, it is {fake.canary_word()}.",
    }


def _identifiers(fake: Faker) -> dict[str, str]:
    return {
        **{f"national_id_{country}": known.make(fake) for country, known in NATIONAL_IDS.items()},
        "iban": fake.unassigned_iban(),
        "passport": f"QQ{fake.random_int(1_000_000, 9_999_999)}",
        "driving_licence": f"QQ{fake.random_int(10_000_000, 99_999_999)}QQ",
        "vehicle_plate": f"QI{fake.random_int(10, 99)} {fake.lexify('???', letters='BCDFGHJKLMNPRSTVWX')}",
        "tax_id": f"00{fake.random_int(100_000_000, 999_999_999)}",
        "health_id": fake.test_health_number(),
        "ip_address": fake.documentation_address(),
        "device_id": fake.test_imei(),
        "mac_address": ":".join(["02", *(f"{fake.random_int(0, 255):02X}" for _ in range(5))]),
    }


def _others(fake: Faker) -> dict[str, str]:
    return {
        "name_chinese": fake.chinese_name(),
        "name_arabic": f"{fake.script_word(*_ARABIC)} {fake.script_word(*_ARABIC)}",
        "name_cyrillic": f"{fake.script_word(*_CYRILLIC).capitalize()} {fake.script_word(*_CYRILLIC).capitalize()}",
        "recovery_code": fake.bothify("?#??#?", letters="BCDFGHJKLMNPRSTVWX"),
    }


def _secrets(name: str, values: Mapping[str, str]) -> Iterable[tuple[str, Secret]]:
    counts: dict[str, int] = {}
    for kind, value in values.items():
        category = CATEGORY_OF_KIND[kind]
        counts[category] = counts.get(category, 0) + 1
        yield kind, Secret(value, category=category, value_id=f"{name}.{kind}", number=counts[category])
