"""A server with Umami's own tables and the traffic of some journeys in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import time_ns
from uuid import uuid4

import psycopg
import pytest

from maskproof.machine.postgres import Postgres
from maskproof.panels.check import Driven
from maskproof.panels.openreplay import Session
from maskproof.panels.traffic import EVENT, VIEW, Hit
from maskproof.panels.umami import Website, insert
from maskproof.umami.build import ensure_umami_build
from maskproof.umami.server import PGCRYPTO

ROOT = Path(__file__).parents[3]
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Stage:
    """Where panels are run: the connection string, and what was driven."""

    address: str
    driven: Driven


def journeys(now_ms: int) -> tuple[Hit, ...]:
    """Two people who buy, and one who only looks."""
    buyers, looker = (str(uuid4()), str(uuid4())), str(uuid4())
    hits = []
    for number, buyer in enumerate(buyers, 1):
        begun = now_ms - (10 + number) * MINUTE_MS
        hits += [
            Hit(buyer, begun, VIEW, "/checkout"),
            Hit(buyer, begun + 2_000, EVENT, "/checkout", name="checkout"),
            Hit(buyer, begun + 5_000, VIEW, "/receipt", language="en-GB"),
        ]
    return (*hits, Hit(looker, now_ms - 9 * MINUTE_MS, VIEW, "/search", "q=shoes"))


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One for all tests: nothing that runs panels leaves anything behind."""
    server = Postgres(tmp_path_factory.mktemp("panels"))
    server.start()
    try:
        server.create_database("umami")
        address = server.dsn("umami")
        website, now_ms = Website(str(uuid4()), "127.0.0.1"), time_ns() // 1_000_000
        hits = journeys(now_ms)
        with psycopg.connect(address) as connection:
            for migration in ensure_umami_build().migrations:
                connection.execute(migration.read_bytes().replace(PGCRYPTO, b""))
            connection.execute(
                "INSERT INTO website (website_id, name, domain) VALUES (%s, 'Maskproof', %s)",
                (website.id, website.domain),
            )
            insert(connection, website.id, hits, version=2)
        sessions = tuple(
            Session(4122837836716048640 + number, hit.at_ms, "17.2.3", 5_000, 2) for number, hit in enumerate(hits[::3])
        )
        yield Stage(address, Driven(website, 1, hits, sessions))
    finally:
        server.stop()
