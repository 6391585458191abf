"""The throw-away PostgreSQL: who gets in."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from maskproof.machine.postgres import Postgres


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Postgres]:
    """A running server."""
    server = Postgres(tmp_path)
    server.start()
    yield server
    server.stop()


def test_only_its_own_password_gets_in(server: Postgres) -> None:
    """Every user of the machine shares its loopback, so nobody is trusted there."""
    dsn = urlsplit(server.dsn("postgres"))
    assert dsn.password
    assert server.version().startswith("18")
    for password in ("", "postgres", dsn.password[::-1]):
        wrong = dsn._replace(netloc=f"postgres:{password}@{dsn.hostname}:{dsn.port}").geturl()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(wrong, connect_timeout=2)


def test_each_server_has_another_password(server: Postgres, tmp_path: Path) -> None:
    """The cached cluster that both are copied from holds none of them."""
    other = Postgres(tmp_path / "other")
    other.start()
    try:
        assert urlsplit(other.dsn("a")).password != urlsplit(server.dsn("a")).password
    finally:
        other.stop()


def test_the_password_is_in_no_log(server: Postgres) -> None:
    """Neither when it is set nor when it is used."""
    password = urlsplit(server.dsn("postgres")).password
    assert password
    assert password not in server.log_path.read_text(encoding="utf-8")
