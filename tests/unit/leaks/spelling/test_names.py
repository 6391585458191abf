"""Names of several words."""

import pytest
from tests.unit.leaks.spelling.notation import wrong

from maskproof.leaks.spelling.names import parts_of

# A name, texts that hold it, and texts that do not say whose they are.
NAMES = {
    "two surnames": (
        "Noralba Iris Peza Gil",
        ("Noralba Peza", "Noralba Peza Gil", "Sra. Peza Gil", "N. I. Peza Gil", "Peza Gil, Noralba Iris", "PEZA GIL, N."),
        ("Peza", "Noralba", "Iris Gil Jr.", "Noralba Iris", "Gil", "Iris Peza", "N. Gil"),
    ),
    "a suffix": (
        "Brauzin T. Feldoquar Jr.",
        ("Dear Brauzin Feldoquar", "Feldoquar, Brauzin T.", "Mr Feldoquar", "Dr. B. T. Feldoquar"),
        ("Brauzin", "Brauzin T.", "Jr."),
    ),
    "a suffix behind a comma": ("Feldoquar, Brauzin, PhD", ("Brauzin Feldoquar", "Dr Feldoquar"), ("PhD", "Brauzin")),
    "a title": ("Prof. Dr. Quenby Thornwick", ("Thornwick, Quenby", "Quenby Thornwick"), ("Prof. Dr. Quenby", "Quenby")),
    "an ordinary word": ("Mary Ann Smith", ("Mary Smith", "Smith, Mary", "Mary A. Smith"), ("Smith", "Mary Ann")),
    "a hyphen": ("Anna-Lena Müller-Quelmig", ("Quelmig, Anna-Lena", "Mueller-Quelmig"), ("Anna-Lena",)),
    "a particle": (
        "Jurriaan van der Quelmorst",
        ("van der Quelmorst, Jurriaan", "Quelmorst, Jurriaan van der", "Jurriaan Quelmorst", "J. van der Quelmorst"),
        ("Jurriaan", "van der"),
    ),
    "Cyrillic": (
        "Вольдемар Щукарёвский",
        ("Voldemar Shchukarevskii", "Shchukaryovskiy, Voldemar", "Woldemar Schtschukarjowskij", "Щукаревский В."),
        ("Voldemar", "Вольдемар"),
    ),
    "Greek": ("Γεώργιος Παπαδοκάρης", ("Georgios Papadokaris", "ΠΑΠΑΔΟΚΑΡΗΣ Γεωργιος"), ("Georgios",)),
    "Arabic letters and their variants": ("محمود القحطانية", ("محمود القحطانيه", "مـحـمـود القـحـطانية"), ("محمود",)),
    "Persian letters": ("کیومرث یزدانپناهی", ("كيومرث يزدانپناهي", "یزدانپناهی، کیومرث"), ("کیومرث",)),
    "vowel signs": ("विश्वंभर त्रिपाठीकर", ("त्रिपाठीकर विश्वंभर",), ("विश्वंभर",)),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_in_its_usual_forms_and_a_part_that_says_nothing_is_not(name: str) -> None:
    """Each usual form is found; a given name alone and a short surname alone are not."""
    text, held, others = NAMES[name]
    assert wrong("name", text, held, others) == []


def test_a_frequent_given_name_in_the_middle_is_no_surname() -> None:
    """The middle word of three is a given name if it is a frequent one, else a surname."""
    middle, surname = (parts_of(["Quenby", word, "Thornwick"]) for word in ("Alice", "Peza"))
    assert middle is not None
    assert (middle.middle, middle.surnames) == (("Alice",), ("Thornwick",))
    assert surname is not None
    assert (surname.middle, surname.surnames) == ((), ("Peza", "Thornwick"))


def test_a_name_of_one_word_has_no_parts() -> None:
    """Of a title and one name nothing can be left out."""
    assert parts_of(["Quenby"]) is None
