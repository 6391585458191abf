"""The history of runs on a real PostgreSQL: its schema, its rights, and what Grafana's role may do."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from tests.unit.history.samples import reports

from maskproof.errors import ConfigurationError
from maskproof.history import History, read_history
from maskproof.history.postgres import migrate, migrations, write_postgres
from maskproof.machine.postgres import Postgres

RIGHTS = Path(__file__).parents[2] / "dashboards/rights"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A server."""
    server = Postgres(tmp_path_factory.mktemp("database"))
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def address(server: Postgres) -> str:
    """An empty database."""
    name = f"history_{uuid4().hex}"
    server.create_database(name)
    return server.dsn(name)


@pytest.fixture
def history(tmp_path: Path) -> History:
    """A run with two findings."""
    return read_history(reports(tmp_path))


def test_a_run_is_added_once(address: str, history: History) -> None:
    """A repeated export changes nothing; another run is added beside it."""
    other = replace(history, run=replace(history.run, run_id=uuid4()), findings=())
    assert [write_postgres(address, one) for one in (history, history, other)] == [True, False, True]
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT count(*), sum(leaks) FROM maskproof_run").fetchone() == (2, 2)
        assert connection.execute("SELECT count(*) FROM maskproof_finding").fetchone() == (2,)


def test_the_schema_is_versioned(address: str) -> None:
    """Each step is applied once, and one that is newer than this version is refused."""
    with psycopg.connect(address) as connection:
        assert [migrate(connection), migrate(connection)] == [len(migrations())] * 2
        connection.execute("INSERT INTO maskproof_schema VALUES (99, now())")
        with pytest.raises(ConfigurationError, match="the schema has version 99"):
            migrate(connection)


def test_a_role_that_may_not_write_is_named(address: str, history: History) -> None:
    """The error says what the role lacks; nothing is left half done."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE ROLE reader LOGIN PASSWORD 'reader'")
    reader = psycopg.conninfo.make_conninfo(address, user="reader", password="reader")
    with pytest.raises(ConfigurationError, match="the role may not write"):
        write_postgres(reader, history)


def test_grafanas_role_reads_the_history_and_nothing_else(address: str, history: History) -> None:
    """The rights of the file are enough for both tables, and for no other thing."""
    write_postgres(address, history)
    with psycopg.connect(address, autocommit=True) as connection:
        for name in ("role.sql", "maskproof.sql"):
            connection.execute((RIGHTS / name).read_bytes())
        connection.execute("ALTER ROLE grafana_ro PASSWORD 'grafana'")
    reader = psycopg.conninfo.make_conninfo(address, user="grafana_ro", password="grafana")
    with psycopg.connect(reader, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM maskproof_run").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM maskproof_finding").fetchone() == (2,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM maskproof_schema")
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.execute("DELETE FROM maskproof_run")
