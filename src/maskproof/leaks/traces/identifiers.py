"""
Numbers that a label calls by the name of another kind, and that are valid as that kind.

Grouped as a phone number is, a health service's number looks like one. python-stdnum knows its check digits.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from stdnum import imei, isbn
from stdnum.au import abn, tfn
from stdnum.br import cnpj, cpf
from stdnum.ca import sin
from stdnum.de import idnr
from stdnum.es import dni
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs, utr
from stdnum.in_ import aadhaar
from stdnum.it import iva
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pl import nip, pesel, regon
from stdnum.se import personnummer


class Identifier(NamedTuple):
    """One kind of number: the words that call it so, as the alternatives of a pattern, and its check."""

    words: str
    is_valid: Callable[[str], bool]


IDENTIFIERS = (
    Identifier("nhs|health(?:[ _-]?(?:service|care|card))?", nhs.is_valid),
    Identifier("utr|unique taxpayer", utr.is_valid),
    Identifier("sin|social insurance|nas", sin.is_valid),
    Identifier("tfn|tax file", tfn.is_valid),
    Identifier("abn", abn.is_valid),
    Identifier("cpf", cpf.is_valid),
    Identifier("cnpj", cnpj.is_valid),
    Identifier("aadhaar|uidai|uid", aadhaar.is_valid),
    Identifier("bsn|burgerservice|sofi", bsn.is_valid),
    Identifier("idnr|steuer[ _-]?id|steuerliche id\\w*|steuer", idnr.is_valid),
    Identifier("dni|nif", dni.is_valid),
    Identifier("hetu|henkil\\S{0,3}tunnus", hetu.is_valid),
    Identifier("nir|insee|s\\S{1,3}curit\\S{1,3} sociale", nir.is_valid),
    Identifier("iva|partita", iva.is_valid),
    Identifier("f\\S{1,3}dselsnummer|fnr", fodselsnummer.is_valid),
    Identifier("pesel", pesel.is_valid),
    Identifier("nip", nip.is_valid),
    Identifier("regon", regon.is_valid),
    Identifier("personnummer|pnr", personnummer.is_valid),
    Identifier("isbn", isbn.is_valid),
    Identifier("imei", imei.is_valid),
)
# The label ends right before the number, or with a word for a number between.
LABEL_END = r"[ _-]?(?:no|nr|num|number|nummer|numero|id|code)?(?: is)?[\s\"'.:=#>_()-]{0,6}$"
# Most numbers have no such label, so one search for all of them comes first.
ANY_LABEL = re.compile(rf"(?<![a-z])(?:{'|'.join(kind.words for kind in IDENTIFIERS)}){LABEL_END}", re.IGNORECASE)
LABELS = tuple(
    (re.compile(rf"(?<![a-z])(?:{kind.words}){LABEL_END}", re.IGNORECASE), kind.is_valid) for kind in IDENTIFIERS
)


def is_another_number(text: str, before: str) -> bool:
    """
    Whether a label calls a number by the name of another kind, and the number is valid as that kind.

    Args:
        text: The number as it is written.
        before: The text before it.

    """
    if ANY_LABEL.search(before) is None:
        return False
    return any(label.search(before) and is_valid(text.strip()) for label, is_valid in LABELS)
