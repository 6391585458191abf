"""The values of personas."""

import unicodedata

from stdnum import luhn

from maskproof.personas import CATEGORIES, CATEGORY_OF_KIND, make_persona


def test_the_same_seed_gives_the_same_persona() -> None:
    """A run can be repeated with its seed."""
    assert make_persona("run/1").values == make_persona("run/1").values


def test_other_seeds_and_names_give_other_values() -> None:
    """No two sessions, and no two people of one session, share a long value."""
    personas = [make_persona(f"run/{number}", name) for number in range(50) for name in ("user", "other1")]
    values = [value.reveal() for persona in personas for value in persona.values.values() if not value.is_short]
    assert len(values) - len(set(values)) <= 2  # two people may be born on one day


def test_every_kind_has_a_value_of_its_category() -> None:
    """Every kind has a value, with its id and a known category."""
    persona = make_persona("run")
    assert persona.values.keys() == CATEGORY_OF_KIND.keys()
    for kind, secret in persona.values.items():
        assert secret.category in CATEGORIES
        assert secret.value_id == f"user.{kind}"


def test_values_belong_to_nobody() -> None:
    """Cards are of a test issuer and pass Luhn, SSNs of a never-issued area, phones of the fictional range."""
    for number in range(100):
        persona = make_persona(f"run/{number}")
        card, ssn = persona["card_number"].reveal(), persona["ssn"].reveal()
        assert card.startswith("424242")
        assert luhn.is_valid(card)
        assert ssn.startswith("9")
        assert int(ssn[4:6]) < 50
        assert "-555-01" in persona["phone"].reveal()
        assert persona["email"].reveal().rpartition("@")[2].startswith("example.")


def test_short_kinds_are_short_and_the_others_are_canaries() -> None:
    """The same kinds are too short to search for in every persona."""
    short = {"card_cvc", "card_expiry", "zip", "one_time_code"}
    for number in range(50):
        persona = make_persona(f"run/{number}")
        assert {kind for kind, secret in persona.values.items() if secret.is_short} == short


def test_names_of_other_scripts_are_written_in_them() -> None:
    """Each letter is of the script, and a name is long enough to be searched for."""
    scripts = {"name_chinese": "CJK", "name_arabic": "ARABIC", "name_cyrillic": "CYRILLIC"}
    persona = make_persona("run")
    for kind, script in scripts.items():
        letters = [letter for letter in persona[kind].reveal() if letter.isalpha()]
        assert all(unicodedata.name(letter).startswith(script) for letter in letters)
        assert not persona[kind].is_short
