"""Invented values, and a search for them, shared by the tests of the detector."""

from functools import cache

from maskproof.leaks.search.searcher import ScanOptions, Searcher
from maskproof.leaks.spelling.values import Value
from maskproof.secrets import Secret

EMAIL = "Trelawick.Bonsor412@example.com"
NAME = "Gravid Quelmorn"
UMLAUT = "Zoë Müllerströhm"
CYRILLIC = "Вольдемарка Щукарёвская"
PHONE = "415-555-0134"
SSN = "912-34-7765"
CARD = "4242421234567892"
BIRTHDAY = "1984-03-09"
STREET = "4711 Hollerstein Avenue"
PASSWORD = "Tromblax!93847x"
NOTE = "Please call Gravid about the Brumblefitz report, it is urgent."
IBAN = "DE89370400440532013000"
PASSPORT = "XK4409217"


def value(value_id: str, category: str, text: str) -> Value:
    """One value to search for."""
    return Value(value_id, category, Secret(text, category=category, value_id=value_id))


VALUES = (
    value("email", "email", EMAIL),
    value("name", "name", NAME),
    value("umlaut", "name", UMLAUT),
    value("cyrillic", "name", CYRILLIC),
    value("phone", "phone", PHONE),
    value("ssn", "ssn", SSN),
    value("card", "payment", CARD),
    value("birthday", "date_of_birth", BIRTHDAY),
    value("street", "address", STREET),
    value("password", "password", PASSWORD),
    value("note", "free_text", NOTE),
    value("iban", "payment", IBAN),
    value("pass", "passport", PASSPORT),
)


@cache
def searcher(*salts: bytes) -> Searcher:
    """A search for all of them, built once."""
    return Searcher(VALUES, options=ScanOptions(salts=salts))


def found(data: str | bytes, *salts: bytes) -> set[str]:
    """Ids of the values that are found in data."""
    scanned = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return {match.value_id for match in searcher(*salts).scan_bytes(scanned)}
