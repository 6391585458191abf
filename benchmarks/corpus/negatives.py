"""Texts in which nothing must be found: recordings of other people's journeys, and near misses of the corpus."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus.carriers import CARRIERS
from benchmarks.corpus.coders import Node, coders
from benchmarks.corpus.people import Person
from maskproof.leaks.budget import Budget
from maskproof.leaks.files.groups import files_under, grouped, read_item
from maskproof.leaks.texts import Text
from maskproof.openreplay.session import SessionView

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = ROOT / "tests" / "data"
# Left by runs of the suite; a fresh clone has none.
RECORDED = ROOT / "reports" / "run" / "sink"
LONGEST = 256 << 20
NEAR_KINDS = ("email", "phone", "ssn", "card_number", "date_of_birth", "password", "last_name", "username", "city")


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Texts that nearly hold a value, and the person and kind of that value."""

    person: Person
    kind: str
    texts: tuple[Text, ...]


def recordings() -> list[bytes]:
    """Every decoded text of all recordings, and every file of them as bytes; each only once."""
    chunks: dict[bytes, None] = {}
    folders = [folder for folder in (COMMITTED, RECORDED) if folder.is_dir()]
    for group in grouped(path for path in files_under(folders) if path.stat().st_size):
        item = read_item(group, salvage=True, budget=Budget(LONGEST))
        chunks.update((path.read_bytes(), None) for path in group)
        if item.parts:
            view = SessionView(item.parts)
            chunks.update((string.text.encode("utf-8", "surrogatepass"), None) for string in view.strings)
        for text in item.texts:
            data = text.text if isinstance(text.text, bytes) else text.text.encode("utf-8", "surrogatepass")
            chunks[data] = None
    return list(chunks)


def near_misses(everyone: Sequence[Person], seed: str) -> Iterator[NearMiss]:
    """
    Values with one letter or digit changed, in every carrier and many encodings, hashes of them, and longer numbers.

    Args:
        everyone: The people whose values are changed.
        seed: Seed of the random choices.

    """
    choose = random.Random(seed)  # noqa: S311 - reproducible choices, no secrets
    with Node() as node:
        every = [coder for coder in coders(node) if coder.needs in {"text", "bytes"}]
        for person in everyone:
            for kind, value in person.kinds:
                if kind not in NEAR_KINDS:
                    continue
                for number, near in enumerate(_near(value, choose)):
                    carrier = CARRIERS[number % len(CARRIERS)]
                    yield NearMiss(person, kind, (carrier.put(near.encode()),))
                    coder = choose.choice(every)
                    yield NearMiss(person, kind, (CARRIERS[1].put(coder.run(near.encode())),))
                    name = choose.choice(("md5", "sha1", "sha256", "sha3_512", "blake2b"))
                    digest = hashlib.new(name, near.lower().encode()).hexdigest()
                    yield NearMiss(person, kind, (carrier.put(digest.encode()),))


def _near(value: str, choose: random.Random) -> Iterator[str]:
    """Changed copies of a value: one character changed, and, for a number, one digit more or less."""
    first = value.find(" ") if value.startswith("+") else 0  # a phone number counts without its country code, too
    end = value.find("@") % 1000
    places = [place for place, letter in enumerate(value) if letter.isalnum() and first <= place < end]
    for place in choose.sample(places[1:], min(6, len(places) - 1)):
        old = value[place]
        others = "0123456789" if old.isdigit() else "bdfgkmnprst"
        new = choose.choice([letter for letter in others if letter != old.lower()])
        yield value[:place] + new + value[place + 1 :]
    digits = "".join(filter(str.isdigit, value))
    if len(digits) in {8, 9, 10} and sum(map(str.isalpha, value)) == 0:
        yield f"7{digits}"
        yield f"{digits}3"
        yield digits[:-1]
