"""A server with Umami's own tables and the traffic of some journeys in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import time_ns
from uuid import uuid4

import psycopg

from maskproof.machine.postgres import Postgres
from maskproof.panels.check import Driven
from maskproof.panels.openreplay import Session
from maskproof.panels.traffic import EVENT, VIEW, Hit
from maskproof.panels.umami import Website, insert
from maskproof.umami.build import ensure_umami_build
from maskproof.umami.server import PGCRYPTO

ROOT = Path(__file__).parents[3]
MINUTE_MS = 60_000
FIRST_SESSION = 4122837836716048640


@dataclass(frozen=True, slots=True)
class Stage:
    """Where panels are run: the connection string, and what was driven."""

    address: str
    driven: Driven


def journeys(now_ms: int, buyers: int) -> tuple[Hit, ...]:
    """People who buy, one after the other, and one who only looks."""
    hits = []
    for number in range(1, buyers + 1):
        buyer, begun = str(uuid4()), now_ms - 12 * MINUTE_MS + number
        hits += [
            Hit(buyer, begun, VIEW, "/checkout"),
            Hit(buyer, begun + 2_000, EVENT, "/checkout", name="checkout"),
            Hit(buyer, begun + 5_000, VIEW, "/receipt", language="en-GB"),
        ]
    return (*hits, Hit(str(uuid4()), now_ms - 9 * MINUTE_MS, VIEW, "/search", "q=shoes"))


@contextmanager
def staged(folder: Path, buyers: int = 2) -> Iterator[Stage]:
    """
    A started server whose database holds the journeys.

    Args:
        folder: Where the server's log is kept.
        buyers: How many people buy.

    """
    server = Postgres(folder)
    server.start()
    try:
        server.create_database("umami")
        address = server.dsn("umami")
        website, now_ms = Website(str(uuid4()), "127.0.0.1"), time_ns() // 1_000_000
        hits = journeys(now_ms, buyers)
        with psycopg.connect(address) as connection:
            for migration in ensure_umami_build().migrations:
                connection.execute(migration.read_bytes().replace(PGCRYPTO, b""))
            connection.execute(
                "INSERT INTO website (website_id, name, domain) VALUES (%s, 'Maskproof', %s)",
                (website.id, website.domain),
            )
            insert(connection, website.id, hits, version=2)
        sessions = tuple(
            Session(FIRST_SESSION + number, hit.at_ms, "17.2.3", 5_000, 2) for number, hit in enumerate(hits[::3])
        )
        yield Stage(address, Driven(website, 1, hits, sessions))
    finally:
        server.stop()
