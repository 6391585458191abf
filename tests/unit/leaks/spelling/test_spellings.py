"""Spellings of values before they are hashed or encoded."""

import base64
import json
import quopri
import unicodedata
from urllib.parse import quote

import base58
import pytest
from tests.unit.leaks.known import BIRTHDAY, CARD, EMAIL, IBAN, NAME, PASSWORD, PHONE, SSN, UMLAUT, value

from maskproof.leaks.spelling.spellings import encoded_texts, further_encoded_texts, plain_spellings, spelled_texts

PLAIN = {
    "address": ("email", EMAIL, [EMAIL, EMAIL.lower(), "trelawickbonsor412examplecom"]),
    "phone": ("phone", PHONE, [PHONE, "4155550134", "+14155550134", "14155550134"]),
    "SSN": ("ssn", SSN, [SSN, "912347765"]),
    "card": ("payment", CARD, [CARD]),
    "password": ("password", f" {PASSWORD}", [f" {PASSWORD}", PASSWORD.lower(), "tromblax93847x"]),
    "one letter": ("other", "é", []),
}
HASHED = {
    "local part": ("email", EMAIL, b"trelawick.bonsor412"),
    "without a tag": ("email", EMAIL.replace("@", "+news@"), b"trelawick.bonsor412@example.com"),
    "as mail services read it": ("email", EMAIL.replace("@", "+news@"), b"trelawickbonsor412@example.com"),
    "a link": ("email", EMAIL, b"mailto:trelawick.bonsor412@example.com"),
    "dialled": ("phone", PHONE, b"0014155550134"),
    "phone as it is printed": ("phone", "+14155550134", b"(415) 555-0134"),
    "phone with dashes": ("phone", "+1 (415) 555-0134", b"415-555-0134"),
    "phone with country and dots": ("phone", "+1 (415) 555-0134", b"1.415.555.0134"),
    "phone as a link": ("phone", "+1 (415) 555-0134", b"tel:+1-415-555-0134"),
    "account in fours": ("payment", IBAN, b"DE89 3704 0044 0532 0130 00"),
    "in its own case without diacritics": ("name", UMLAUT, b"Zoe Mullerstrohm"),
    "card in fours": ("payment", CARD, b"4242-4212-3456-7892"),
    "day of the month first": ("date_of_birth", BIRTHDAY, b"09.03.1984"),
    "day without zeros": ("date_of_birth", BIRTHDAY, b"3/9/1984"),
    "time stamp": ("date_of_birth", BIRTHDAY, b"1984-03-09T00:00:00.000Z"),
    "first name first": ("name", "Quelmorn, Gravid", b"gravid quelmorn"),
    "SSN with dashes": ("ssn", SSN.replace("-", ""), SSN.encode()),
    "words alone": ("address", "Hollerstr\u00f6mer Allee 47b, 10119 Berlin", b"hollerstromer allee 47b 10119 berlin"),
    "words alone as they are": ("name", "Anne-Marie Quelmorn", b"Anne Marie Quelmorn"),
    "last name first": ("name", NAME, b"Quelmorn, Gravid"),
    "as a user name": ("name", NAME, b"gravid.quelmorn"),
    "in capitals": ("name", NAME, b"GRAVID QUELMORN"),
    "each word with a capital": ("name", NAME.lower(), b"Gravid Quelmorn"),
    "the first word with a capital": ("name", NAME, b"Gravid quelmorn"),
    "single blanks": ("name", NAME.replace(" ", "  "), b"Gravid Quelmorn"),
    "small letters without blanks": ("password", NAME, b"gravidquelmorn"),
    "without blanks": ("name", NAME, b"GravidQuelmorn"),
    "decomposed": ("name", UMLAUT, unicodedata.normalize("NFD", UMLAUT).encode()),
    "without diacritics": ("name", UMLAUT, b"zoe mullerstrohm"),
    "base64 of small letters": ("name", NAME, base64.b64encode(NAME.lower().encode())),
    "base64 as it is": ("name", UMLAUT, base64.b64encode(UMLAUT.encode())),
    "base64 without padding": ("name", UMLAUT, base64.b64encode(UMLAUT.encode()).rstrip(b"=")),
    "base64 for addresses": ("password", "???>>>~", base64.urlsafe_b64encode(b"???>>>~")),
    "base32": ("name", NAME, base64.b32encode(NAME.encode())),
    "base16": ("name", UMLAUT, UMLAUT.encode().hex().encode()),
    "base16 in capitals": ("name", UMLAUT, UMLAUT.encode().hex().upper().encode()),
    "percent-encoded": ("name", UMLAUT, quote(UMLAUT, safe="").encode()),
    "as a form is encoded": ("name", NAME, b"Gravid+Quelmorn"),
    "as JavaScript encodes a parameter": ("phone", "+1 (415) 555-0134", b"%2B1%20(415)%20555-0134"),
    "as JavaScript encodes an address": ("phone", "+1 (415) 555-0134", b"+1%20(415)%20555-0134"),
    "JSON of ASCII": ("name", UMLAUT, json.dumps(UMLAUT).encode()),
    "JSON of ASCII without quotation marks": ("name", UMLAUT, json.dumps(UMLAUT)[1:-1].encode()),
    "base58": ("name", NAME, base58.b58encode(NAME.encode())),
    "base85": ("name", NAME, base64.b85encode(NAME.encode())),
    "ascii85": ("name", NAME, base64.a85encode(NAME.encode())),
    "UTF-16": ("name", UMLAUT, UMLAUT.encode("utf-16-le")),
    "UTF-16 with the high byte first": ("name", UMLAUT, UMLAUT.encode("utf-16-be")),
    "JSON": ("password", 'say "quiet"', json.dumps('say "quiet"').encode()),
    "a line": ("password", PASSWORD, f"{PASSWORD}\n".encode()),
}
OTHERS = {
    "a country code of no phone": ("ssn", SSN, b"+1912347765"),
    "groups of twelve digits": ("other", CARD[:12], b"4242 4212 3456"),
    "groups of no card": ("ssn", SSN, b"9123 4776 5"),
    "a date of no day": ("payment", CARD, b"4242-42-12"),
    "a name turned round that is none": ("password", NAME, b"Quelmorn Gravid"),
    "a part alone": ("name", NAME, b"Quelmorn"),
    "a domain alone": ("email", EMAIL, b"example.com"),
}


def _hashed(category: str, text: str) -> list[bytes]:
    hashed = value("one", category, text)
    return [*spelled_texts(hashed), *encoded_texts(hashed)]


@pytest.mark.parametrize("name", PLAIN)
def test_the_usual_spellings_are_few(name: str) -> None:
    """A value as it is, in small letters, its letters and digits; a phone with its codes; each once."""
    category, text, expected = PLAIN[name]
    assert plain_spellings(value("one", category, text)) == expected


@pytest.mark.parametrize("name", HASHED)
def test_a_value_is_hashed_in_a_spelling(name: str) -> None:
    """A value is hashed in the spellings of its kind, and encoded once before, each once."""
    category, text, expected = HASHED[name]
    assert _hashed(category, text).count(expected) == 1


@pytest.mark.parametrize("name", OTHERS)
def test_a_spelling_of_another_kind_is_none(name: str) -> None:
    """A value is not hashed in spellings of another kind, nor are parts that others share."""
    category, text, other = OTHERS[name]
    assert other not in _hashed(category, text)


FURTHER = {
    "groups of an account in base32": ("payment", IBAN, base64.b32encode(b"DE89 3704 0044 0532 0130 00")),
    "base32 in small letters": ("name", NAME, base64.b32encode(NAME.encode()).rstrip(b"=").lower()),
    "percent-encoded with small letters": ("name", UMLAUT, b"Zo%c3%ab%20M%c3%bcllerstr%c3%b6hm"),
    "escaped for JavaScript": ("name", UMLAUT, "".join(f"\\u{ord(letter):04x}" for letter in UMLAUT).encode()),
    "escaped for HTML": ("password", 'say "quiet"', b"say &quot;quiet&quot;"),
    "names of signs": ("email", EMAIL, EMAIL.replace("@", "&commat;").replace(".", "&period;").encode()),
    "quoted-printable": ("name", UMLAUT, quopri.encodestring(UMLAUT.encode())),
    "blanks around": ("ssn", SSN, f" {SSN} ".encode()),
}


@pytest.mark.parametrize("name", FURTHER)
def test_any_spelling_may_be_encoded_in_any_way(name: str) -> None:
    """Other spellings and encodings are added to the usual ones, and none is repeated."""
    category, text, expected = FURTHER[name]
    encoded = value("one", category, text)
    assert expected in further_encoded_texts(encoded)
    assert not set(further_encoded_texts(encoded)) & set(_hashed(category, text))
