"""
Pattern-based detection and the reading of masks: speed, recall on made-up PII, and false positives.

The examples are made by Faker and by the numbering rules themselves, not by the library that decides. Near misses are
texts that are frequent in pages and logs. The recorded sessions hold no PII except test values.
"""

import json
import random
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from faker import Faker

from benchmarks.figures import Figure
from maskproof.leaks.spelling.values import Value
from maskproof.leaks.traces.masks import find_traces
from maskproof.leaks.traces.second_net import SecondNet
from maskproof.secrets import Secret

DATA = Path(__file__).parent.parent / "tests/data/openreplay-wire"
MEGABYTES = 24
EACH = 400
SEED = 20261125
CHOOSE = random.Random(SEED)  # noqa: S311 - reproducible examples, no secrets
TEXTS = ('{{"value": "{}"}}', "<td>{}</td>", "The answer was {}, and no other.", "a={} b=2", "{}")


def figures() -> Iterator[Figure]:
    """Speed, recall and false positives."""
    net = SecondNet()
    for name, make, bar in (("text", _page, 20), ("numbers", _record, None), ("full_of_pii", _row, None)):
        data = _filled(make)
        yield Figure(f"second_net.{name}_mb_s", len(data) / 1e6 / _seconds(net, data), "MB/s", bar, "more")
        yield Figure(f"masks.{name}_mb_s", len(data) / 1e6 / _masks_seconds(data), "MB/s", bar, "more")
    fake = Faker(["en_US", "en_GB", "de_DE"])
    fake.seed_instance(SEED)
    for name, make_one in _examples(fake).items():
        found = sum(bool(net.find([text])) for text in _written(make_one))
        yield Figure(f"second_net.recall_{name}", found / EACH, "ratio", 0.95, "more")
    reported = sum(bool(net.find([text])) for make_one in NEAR_MISSES.values() for text in _written(make_one))
    yield Figure("second_net.near_misses_told", reported / (EACH * len(NEAR_MISSES)), "ratio", 0.001)
    recorded = [path.read_bytes() for path in sorted(DATA.rglob("*.bin"))]
    yield Figure("second_net.recorded_sessions_told", float(len(net.find(recorded))), "findings", 0)


def _seconds(net: SecondNet, data: bytes) -> float:
    started = time.perf_counter()
    net.find([data])
    return time.perf_counter() - started


def _masks_seconds(data: bytes) -> float:
    values = [Value("name", "name", Secret("Gravid Quelmorn", category="name", value_id="name"))]
    started = time.perf_counter()
    list(find_traces(data.splitlines(), values))
    return time.perf_counter() - started


def _filled(make: Callable[[], str]) -> bytes:
    block = "".join(make() for _ in range(4000)).encode()
    return block * (MEGABYTES * 1_000_000 // len(block) + 1)


def _written(make: Callable[[], str]) -> list[bytes]:
    return [CHOOSE.choice(TEXTS).format(make()).encode() for _ in range(EACH)]


def _word() -> str:
    return "".join(CHOOSE.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(CHOOSE.randint(2, 10)))


def _page() -> str:
    words = " ".join(_word() for _ in range(14))
    return f'<div class="row {_word()}" id="n{CHOOSE.randint(1, 9999)}"><span data-x="7">{words}</span></div>\n'


def _record() -> str:
    values = [CHOOSE.random() * 100 for _ in range(4)]
    return json.dumps({"id": CHOOSE.randint(1, 10**12), "at": _milliseconds(), "v": values, "u": _uuid()}) + "\n"


def _row() -> str:
    return f"{_word()}.{_word()}@{_word()}.org;{_card()};{_phone()};{_milliseconds()}\n"


def _examples(fake: Faker) -> dict[str, Callable[[], str]]:
    """Functions by kind of PII; each makes an example that is in no test range."""
    return {
        "email": lambda: f"{fake.user_name()}.{CHOOSE.randint(1, 999)}@{fake.domain_name()}",
        "card": _card,
        "ssn": lambda: (
            f"{CHOOSE.choice([*range(1, 666), *range(667, 900)]):03d}-{CHOOSE.randint(1, 99):02d}-"
            f"{CHOOSE.randint(1, 9999):04d}"
        ),
        "iban": lambda: fake.iban() if CHOOSE.random() < 0.5 else " ".join(_fours(fake.iban())),
        "phone": _phone,
    }


def _card() -> str:
    prefix, size = CHOOSE.choice([("45", 16), ("53", 16), ("2345", 16), ("37", 15), ("6011", 16), ("3540", 16)])
    body = prefix + "".join(CHOOSE.choice("0123456789") for _ in range(size - len(prefix) - 1))
    digits = [int(digit) for digit in reversed(body)]
    total = sum(digits[1::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[::2])
    number = body + str(-total % 10)
    if size == 16 and CHOOSE.random() < 0.5:
        return CHOOSE.choice(" -").join(_fours(number))
    return number


def _fours(text: str) -> list[str]:
    return [text[start : start + 4] for start in range(0, len(text), 4)]


def _phone() -> str:
    area = CHOOSE.choice(["212", "415", "312", "206", "617", "713", "303", "404", "503", "602"])
    exchange, line = CHOOSE.randint(220, 899), CHOOSE.randint(1000, 9999)
    form = CHOOSE.choice(["({}) {}-{}", "{}-{}-{}", "{}.{}.{}", "+1 {} {} {}", "+1{}{}{}", "1-{}-{}-{}"])
    return form.format(area, exchange, line)


def _milliseconds() -> int:
    return CHOOSE.randint(1_600_000_000_000, 1_900_000_000_000)


def _uuid() -> str:
    return str(uuid.UUID(int=CHOOSE.getrandbits(128), version=4))


NEAR_MISSES: dict[str, Callable[[], str]] = {
    "milliseconds": lambda: str(_milliseconds()),
    "microseconds": lambda: str(_milliseconds() * 1000 + CHOOSE.randint(0, 999)),
    "nanoseconds": lambda: str(_milliseconds() * 1_000_000 + CHOOSE.randint(0, 999_999)),
    "uuid": _uuid,
    "order": lambda: f"ORD-{CHOOSE.randint(10**15, 10**16 - 1)}",
    "part": lambda: f"PN {CHOOSE.randint(100, 999)}-{CHOOSE.randint(1000, 9999)}-{CHOOSE.randint(10, 99)}",
    "named order": lambda: f"order no. {CHOOSE.randint(4 * 10**15, 6 * 10**15)}",
    "version": lambda: ".".join(str(CHOOSE.randint(0, 30000)) for _ in range(4)),
    "package": lambda: f"{_word()}@{CHOOSE.randint(0, 30)}.{CHOOSE.randint(0, 30)}.{CHOOSE.randint(0, 30)}",
    "image": lambda: f"{_word()}@2x.png",
    "address": lambda: ".".join(str(CHOOSE.randint(0, 255)) for _ in range(4)),
    "coordinates": lambda: f"{CHOOSE.uniform(-90, 90):.6f}, {CHOOSE.uniform(-180, 180):.6f}",
    "date": lambda: f"20{CHOOSE.randint(10, 40)}-{CHOOSE.randint(1, 12):02d}-{CHOOSE.randint(1, 28):02d}",
    "session": lambda: str(CHOOSE.randint(2**60, 2**63)),
    "barcode": lambda: str(CHOOSE.randint(4 * 10**12, 5 * 10**12)),
    "hexadecimal": lambda: f"{CHOOSE.getrandbits(160):040x}",
    "path": lambda: "M" + " ".join(f"{CHOOSE.uniform(0, 500):.2f},{CHOOSE.uniform(0, 500):.2f}" for _ in range(6)),
    "colour": lambda: f"#{CHOOSE.getrandbits(24):06x}",
}
