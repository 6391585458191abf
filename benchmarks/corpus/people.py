"""The people of the corpus: seeded personas, and one whose values are not ASCII."""

from dataclasses import dataclass

from maskproof.leaks.spelling.values import Value, values_of
from maskproof.personas import TYPED_KINDS, make_persona
from maskproof.secrets import Secret

# Invented. The kinds are those of personas, so that spellings can be chosen by kind.
ELSEWHERE = (
    ("first_name", "name", "Žofíanka"),
    ("last_name", "name", "Quörbächle"),
    ("full_name", "name", "Žofíanka Quörbächle"),
    ("username", "name", "zofi_quorb77"),
    ("email", "email", "žofíanka.quörbächle@example.org"),
    ("phone", "phone", "+49 30 2318 5512"),
    ("ssn", "ssn", "934-21-7706"),
    ("date_of_birth", "date_of_birth", "1973-11-08"),
    ("street", "address", "8714 Größelbrink Straße"),
    ("city", "address", "Übelhöfchen"),
    ("card_number", "payment", "4242420918273642"),
    ("password", "password", "pä55wört!Grünzeug"),
    ("free_text", "free_text", "Bitte rufen Sie Žofíanka wegen der Gräupelmöhre an, es eilt."),
    ("other_name", "name", "Вольдемарка Щукарёвская"),
    ("other_city", "address", "東川町北三条西"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the values by kind, and as the detector takes them."""

    name: str
    kinds: tuple[tuple[str, str], ...]
    values: tuple[Value, ...]


def people(seed: str, count: int) -> list[Person]:
    """
    Seeded personas, and the one whose values are not ASCII.

    Args:
        seed: Seed of the personas.
        count: Number of seeded personas.

    """
    return [*(_seeded(f"{seed}/{number}", "user") for number in range(count)), _elsewhere()]


def absent(seed: str, count: int) -> list[Person]:
    """
    Personas that are in no recording.

    Args:
        seed: Seed of the personas.
        count: Number of personas.

    """
    return [_seeded(f"absent/{seed}/{number}", "absent") for number in range(count)]


def _seeded(seed: str, name: str) -> Person:
    persona = make_persona(seed, name)
    secrets = {kind: persona[kind] for kind in TYPED_KINDS}
    kinds = tuple((kind, secret.reveal()) for kind, secret in secrets.items() if not secret.is_short)
    return Person(name, kinds, values_of(secrets.values()))


def _elsewhere() -> Person:
    secrets = [Secret(value, category=category, value_id=f"user.{kind}") for kind, category, value in ELSEWHERE]
    return Person("user", tuple((kind, value) for kind, _, value in ELSEWHERE), values_of(secrets))
