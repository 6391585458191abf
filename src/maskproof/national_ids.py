"""
National identity numbers that are formally valid and belong to nobody, by country.

python-stdnum decides what is valid. Nobody has these: they are of people who are not born yet or were born before 1870,
of places that do not exist, or above every number that was issued.
"""

import importlib
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from faker import Faker

# People with these years of birth are not born yet.
UNBORN = (91, 99)
HETU_CHECKS = string.digits + "ABCDEFHJKLMNPRSTUVWXY"


@dataclass(frozen=True, slots=True)
class NationalId:
    """
    The number of one country.

    Attributes:
        country: ISO 3166, in small letters.
        module: The module of python-stdnum that validates it.
        name: What it is called there.
        payload: Makes all of it but the characters that check it.
        checks: How many characters check it.
        alphabet: What those are made of.

    """

    country: str
    module: str
    name: str
    payload: Callable[[Faker], str]
    checks: int = 1
    alphabet: str = string.digits

    def is_valid(self, number: str) -> bool:
        """Whether a number has the form and the check digits of this one."""
        return bool(_module(self.module).is_valid(number))

    def make(self, fake: Faker) -> str:
        """A number that is valid and belongs to nobody."""
        while True:  # some payloads have no check digit
            payload = self.payload(fake)
            for check in product(self.alphabet, repeat=self.checks):
                number = payload + "".join(check)
                if self.is_valid(number):
                    return number


@cache
def _module(name: str) -> Any:  # noqa: ANN401 - a module of python-stdnum
    return importlib.import_module(f"stdnum.{name}")


def _digits(fake: Faker, count: int) -> str:
    return "".join(str(fake.random_int(0, 9)) for _ in range(count))


def _year(fake: Faker) -> str:
    return str(fake.random_int(*UNBORN))


def _day(fake: Faker, months: int = 0) -> str:
    """Year, month and day of somebody who is not born yet, with `months` added to the month."""
    return f"{_year(fake)}{fake.random_int(1, 12) + months:02}{fake.random_int(1, 28):02}"


def _reversed_day(fake: Faker) -> str:
    return f"{fake.random_int(1, 28):02}{fake.random_int(1, 12):02}{_year(fake)}"


def _letters(fake: Faker, count: int) -> str:
    return "".join(fake.random_element("BCDFGHJKLMNPRST") for _ in range(count))


# Czech and Slovak numbers hold years to 2053: those of people who are born from 2040 on.
def _czech_day(fake: Faker) -> str:
    return f"{fake.random_int(40, 53)}{fake.random_int(51, 62)}{fake.random_int(1, 28):02}"


def _emso(fake: Faker) -> str:
    return f"{fake.random_int(1, 28):02}{fake.random_int(1, 12):02}0{_year(fake)}50{_digits(fake, 3)}"


def _curp(fake: Faker) -> str:
    return f"{_letters(fake, 1)}A{_letters(fake, 2)}{_day(fake)}HDF{_letters(fake, 3)}A"


# Of these centuries of birth nobody is alive.
def _danish(fake: Faker) -> str:
    return f"{_reversed_month(fake)}{fake.random_int(58, 69)}{fake.random_int(5, 8)}{_digits(fake, 2)}"


def _norwegian(fake: Faker) -> str:
    return f"{_reversed_month(fake)}{fake.random_int(54, 69)}{fake.random_int(500, 749)}"


def _reversed_month(fake: Faker) -> str:
    return f"{fake.random_int(1, 28):02}{fake.random_int(1, 12):02}"


def _codice_fiscale(fake: Faker) -> str:
    """Of a town that does not exist."""
    month = fake.random_element("ABCDEHLMPRST")
    return f"{_letters(fake, 6)}{_year(fake)}{month}{fake.random_int(1, 28):02}Z999"


def _chinese(fake: Faker) -> str:
    return f"11010520{_day(fake)}{_digits(fake, 3)}"


def _cuban(fake: Faker) -> str:
    return f"{_day(fake)}{fake.random_int(6, 8)}{_digits(fake, 3)}"


def _finnish(fake: Faker) -> str:
    return f"{_reversed_day(fake)}A{fake.random_int(100, 899)}"


def _french(fake: Faker) -> str:
    """Of a place that does not exist."""
    return f"2{_year(fake)}{fake.random_int(1, 12):02}99999{_digits(fake, 3)}"


def _korean(fake: Faker) -> str:
    return f"{_day(fake)}4{fake.random_int(10, 95):02}{_digits(fake, 3)}"


_IDS = (
    NationalId("bg", "bg.egn", "EGN", lambda fake: f"{_day(fake, 40)}{_digits(fake, 3)}"),
    NationalId("cn", "cn.ric", "Resident identity", _chinese, 1, "0123456789X"),
    NationalId("cu", "cu.ni", "Carnet de identidad", _cuban),
    NationalId("cz", "cz.rc", "Rodné číslo", lambda fake: f"{_czech_day(fake)}{_digits(fake, 3)}"),
    NationalId("dk", "dk.cpr", "CPR-nummer", _danish),
    NationalId("ee", "ee.ik", "Isikukood", lambda fake: f"6{_day(fake)}{_digits(fake, 3)}"),
    NationalId("es", "es.dni", "DNI", lambda fake: f"99{_digits(fake, 6)}", 1, string.ascii_uppercase),
    NationalId("fi", "fi.hetu", "Henkilötunnus", _finnish, 1, HETU_CHECKS),
    NationalId("fr", "fr.nir", "NIR", _french, 2),
    NationalId("is", "is_.kennitala", "Kennitala", lambda fake: f"{_reversed_day(fake)}{fake.random_int(20, 99)}", 2),
    NationalId("it", "it.codicefiscale", "Codice fiscale", _codice_fiscale, 1, string.ascii_uppercase),
    NationalId("kr", "kr.rrn", "Resident registration", _korean),
    NationalId("lt", "lt.asmens", "Asmens kodas", lambda fake: f"6{_day(fake)}{_digits(fake, 3)}"),
    NationalId("mx", "mx.curp", "CURP", _curp),
    NationalId("no", "no.fodselsnummer", "Fødselsnummer", _norwegian, 2),
    NationalId("pl", "pl.pesel", "PESEL", lambda fake: f"{_day(fake, 20)}{_digits(fake, 4)}"),
    NationalId("pt", "pt.cc", "Cartão de cidadão", lambda fake: f"99{_digits(fake, 7)}ZZ"),
    NationalId("ro", "ro.cnp", "CNP", lambda fake: f"6{_day(fake)}{fake.random_int(1, 46):02}{_digits(fake, 3)}"),
    NationalId("se", "se.personnummer", "Personnummer", lambda fake: f"20{_day(fake)}{_digits(fake, 3)}"),
    NationalId("si", "si.emso", "EMŠO", _emso),
    NationalId("sk", "sk.rc", "Rodné číslo", lambda fake: f"{_czech_day(fake)}{_digits(fake, 3)}"),
)  # fmt: skip
NATIONAL_IDS: Mapping[str, NationalId] = {one.country: one for one in _IDS}
