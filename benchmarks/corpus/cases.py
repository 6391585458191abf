"""Makes the positives of the corpus from a seed: spellings, encodings and hashes up to depth 3, in carriers."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.corpus.carriers import CARRIERS, Carrier, payloads
from benchmarks.corpus.coders import Coder, Node, coders
from benchmarks.corpus.hashes import BEFORE, WRITTEN, Hash, before_by_kind, hashes
from benchmarks.corpus.people import Person
from benchmarks.corpus.spellings import spellings
from maskproof.leaks.texts import Text

# Only these kinds are encoded. A value of another kind may also be a part of one of these: another finding.
CODED_KINDS = ("email", "phone", "ssn", "card_number", "full_name", "street", "date_of_birth", "password", "last_name")
DEPTH = 3
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Case:
    """One positive: texts that hold a value, and its classes in the table of recall."""

    person: Person
    kind: str
    texts: tuple[Text, ...]
    classes: tuple[str, ...]
    about: str


def positives(everyone: Sequence[Person], seed: str, *, per_coder: int, mixes: int, chains: int) -> Iterator[Case]:
    """
    Every positive.

    Args:
        everyone: The people whose values are used.
        seed: Seed of the random choices.
        per_coder: Number of values for each single encoding and carrier.
        mixes: Number of nested encodings of depth 2, and again of depth 3.
        chains: Number of hashes of hashes of depth 2, and again of depth 3.

    """
    choose = random.Random(seed)  # noqa: S311 - reproducible choices, no secrets
    with Node() as node:
        every_coder, every_hash = coders(node), hashes(node)
        yield from _forms(everyone)
        for coder in every_coder:
            yield from _single(everyone, coder, choose, per_coder)
        for depth in (2, DEPTH):
            yield from _mixed(everyone, every_coder, depth, choose, mixes)
        yield from _hashed(everyone, every_hash, choose)
        for depth in (2, DEPTH):
            yield from _chained(everyone, every_hash, depth, choose, chains)


def _forms(everyone: Sequence[Person]) -> Iterator[Case]:
    wanted = [carrier for carrier in CARRIERS if carrier.name in {"message field", "sentence", "body", "binary"}]
    for person in everyone:
        for kind, value in person.kinds:
            for name, text in spellings(kind, value):
                for carrier in wanted:
                    yield _case(person, kind, carrier, text.encode(), (f"form: {name}",), name)


def _single(everyone: Sequence[Person], coder: Coder, choose: random.Random, count: int) -> Iterator[Case]:
    for carrier in _fitting(coder):
        made = 0
        while made < count:
            person, kind, value = _value(everyone, choose)
            about, payload = choose.choice(list(payloads(value).items()))
            if not _takes(coder, payload):
                continue
            made += 1
            yield _case(person, kind, carrier, coder.run(payload), (f"encoding: {coder.name}",), f"{about}")


def _mixed(
    everyone: Sequence[Person], every: Sequence[Coder], depth: int, choose: random.Random, count: int
) -> Iterator[Case]:
    made = 0
    while made < count:
        person, kind, value = _value(everyone, choose)
        about, data = choose.choice(list(payloads(value).items()))
        chain = [choose.choice(every) for _ in range(depth)]
        if not _is_chain(chain):
            continue
        for coder in chain:
            if not _takes(coder, data):
                break
            data = coder.run(data)
        else:
            made += 1
            names = tuple(coder.name for coder in reversed(chain))
            carrier = choose.choice(_fitting_chain(chain))
            yield _case(person, kind, carrier, data, (f"depth {depth}",), " < ".join((*names, about)))


def _hashed(everyone: Sequence[Person], every: dict[str, Hash], choose: random.Random) -> Iterator[Case]:
    wanted = [carrier for carrier in CARRIERS if carrier.name != "binary"]
    for name, function in every.items():
        for before, prepare in BEFORE.items():
            for written, write in WRITTEN.items():
                person, kind, value = _value(everyone, choose)
                data = write(function(prepare(value)))
                fitting = _whole(wanted) if written == "base85" else wanted
                yield _case(person, kind, choose.choice(fitting), data, (f"hash: {name}",), f"{written} of {before}")
        for person in everyone:
            for kind, value in person.kinds:
                for before, text in before_by_kind(kind, value).items():
                    carrier = choose.choice(wanted)
                    data = function(text).hex().encode()
                    yield _case(person, kind, carrier, data, (f"hash: {name}",), f"hex of {before}")


def _chained(
    everyone: Sequence[Person], every: dict[str, Hash], depth: int, choose: random.Random, count: int
) -> Iterator[Case]:
    wanted = [carrier for carrier in CARRIERS if carrier.name != "binary"]
    for _ in range(count):
        person, kind, value = _value(everyone, choose)
        names: list[str] = []
        data = choose.choice((value, value.lower())).encode()
        for step in range(depth):
            name = choose.choice([name for name in every if "half" not in name or step == depth - 1])
            names.insert(0, name)
            data = every[name](data)
            if step < depth - 1 and choose.random() < 0.8:
                data = data.hex().encode()
        data = choose.choice((bytes.hex(data).encode(), WRITTEN["base64"](data)))
        yield _case(person, kind, choose.choice(wanted), data, (f"hash depth {depth}",), " < ".join(names))


def _case(person: Person, kind: str, carrier: Carrier, data: bytes, classes: tuple[str, ...], about: str) -> Case:
    return Case(person, kind, (carrier.put(data),), (*classes, f"carrier: {carrier.name}"), f"{kind}: {about}")


def _value(everyone: Sequence[Person], choose: random.Random) -> tuple[Person, str, str]:
    person = choose.choice(everyone)
    is_last = person is everyone[-1]
    kind, value = choose.choice([(kind, value) for kind, value in person.kinds if kind in CODED_KINDS or is_last])
    return person, kind, value


def _fitting(coder: Coder) -> list[Carrier]:
    carriers = [carrier for carrier in CARRIERS if coder.gives in carrier.takes]
    return _whole(carriers) if coder.whole and coder.gives != "token" else carriers


def _whole(carriers: Sequence[Carrier]) -> list[Carrier]:
    return [carrier for carrier in carriers if carrier.is_whole]


def _fitting_chain(chain: Sequence[Coder]) -> list[Carrier]:
    """Carriers of a chain. If a coder of the chain works on whole bodies only, nothing may be around its output."""
    carriers = _fitting(chain[-1])
    is_body = any(coder.whole and coder.gives != "token" for coder in chain)
    return _whole(carriers) if is_body else carriers


def _is_chain(chain: Sequence[Coder]) -> bool:
    """Whether each coder of a chain takes the output of the coder before it: text encoders take no binary data."""
    return all(outer.needs == "bytes" or inner.gives != "binary" for inner, outer in pairwise(chain))


def _takes(coder: Coder, data: bytes) -> bool:
    if len(data) < SHORTEST:
        return False
    if coder.needs == "bytes":
        return True
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return NEEDS[coder.needs](text)


NEEDS: dict[str, Callable[[str], bool]] = {
    "text": lambda _text: True,
    "lower": lambda text: text.isascii() and text == text.lower(),
    "unescaped": lambda text: text.isprintable() and not set(text) & {'"', "\\"},
    "html": lambda text: not any("\x7f" <= letter <= "\x9f" for letter in text),
    "bmp": lambda text: all(letter < "\ud800" for letter in text),
}
