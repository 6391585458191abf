"""The SQL of the deployment's jobs, on a real PostgreSQL, as an administrator who is no superuser."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql
from tests.unit.history.samples import reports

from maskproof.machine.postgres import MODULE, PROGRAMS, SUPERUSER, Postgres
from maskproof.panels.openreplay import TABLES
from maskproof.panels.umami import V3_TABLES

JOBS = Path(__file__).parents[2] / "deploy/images/jobs"
NIGHTLY = Path(__file__).parents[2] / "deploy/images/nightly/nightly.sh"
RIGHTS = Path(__file__).parents[2] / "dashboards/rights"
PASSWORDS = {name: f"{name}-of-this-test" for name in ("umami", "openreplay", "grafana", "maskproof")}
LIMIT = 2
DROP = "DROP TABLE IF EXISTS website, session, website_event, projects, sessions CASCADE"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A server on which the job has run twice, as on a second deployment."""
    server = Postgres(tmp_path_factory.mktemp("database"))
    server.start()
    with psycopg.connect(server.dsn(SUPERUSER), autocommit=True) as connection:
        connection.execute("CREATE ROLE administrator LOGIN CREATEROLE CREATEDB PASSWORD 'administrator'")
    try:
        for _ in range(2):
            run_job(server)
        yield server
    finally:
        server.stop()


def run_job(server: Postgres) -> None:
    """What `database.sh` runs, without TLS."""
    variables = [part for name, value in PASSWORDS.items() for part in ("-v", f"{name}={value}")]
    variables += ["-v", f"umami_connections={LIMIT}", "-v", "ON_ERROR_STOP=1"]
    as_administrator = {"PGPASSWORD": "administrator", "PGUSER": "administrator", "PGDATABASE": "postgres"}
    done = run(server, ["psql", "-q", "-X", *variables, "-f", str(JOBS / "database.sql")], **as_administrator)
    assert done.returncode == 0, done.stderr


def run(
    server: Postgres, command: list[str], *, path: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    """
    Run a program of a job's image, beside psql.

    Args:
        server: The server that it reaches.
        command: The program and its arguments.
        path: A folder of further programs.
        environment: What the job is given.

    """
    spec = find_spec(MODULE)
    assert spec
    assert spec.origin
    psql = Path(spec.origin).parent / PROGRAMS / "bin"
    place = urlsplit(server.dsn("postgres"))
    where = {"PGHOST": str(place.hostname), "PGPORT": str(place.port), "RIGHTS": str(RIGHTS)}
    known = {**os.environ, **where, **environment, "PATH": f"{path}:{psql}:{os.environ['PATH']}"}
    return subprocess.run(command, env=known, capture_output=True, text=True, check=False, timeout=60)


def dsn(server: Postgres, user: str, database: str, password: str = "") -> str:
    """
    The address of a database for a user.

    Args:
        server: The server.
        user: Who connects.
        database: Where to.
        password: With what; the job's own by default.

    """
    port = urlsplit(server.dsn("postgres")).port
    secret = password or PASSWORDS["grafana" if user == "grafana_ro" else user]
    return f"postgresql://{user}:{secret}@127.0.0.1:{port}/{database}"


def test_umami_cannot_open_more_connections_than_its_limit(server: Postgres) -> None:
    """One more than allowed is refused, while another user still gets in."""
    held = [psycopg.connect(dsn(server, "umami", "umami")) for _ in range(LIMIT)]
    try:
        with pytest.raises(psycopg.OperationalError, match="too many connections for role"):
            psycopg.connect(dsn(server, "umami", "umami"))
        psycopg.connect(dsn(server, "openreplay", "openreplay")).close()
    finally:
        for connection in held:
            connection.close()


@pytest.mark.parametrize(
    ("user", "database"), [("umami", "openreplay"), ("openreplay", "umami"), ("maskproof", "umami")]
)
def test_no_product_reaches_the_other(server: Postgres, user: str, database: str) -> None:
    """A user connects to its own database alone."""
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(dsn(server, user, database))


def test_an_owner_makes_its_own_tables(server: Postgres) -> None:
    """Migrations run as the owner of the database."""
    with psycopg.connect(dsn(server, "openreplay", "openreplay"), autocommit=True) as connection:
        connection.execute("CREATE TABLE made (id int); DROP TABLE made")


def test_grafana_reads_what_it_is_given_and_writes_nothing(server: Postgres) -> None:
    """Tables that it was not given are refused, and what it was given cannot be changed."""
    with psycopg.connect(dsn(server, "openreplay", "openreplay"), autocommit=True) as owner:
        owner.execute("CREATE TABLE shown (id int); CREATE TABLE hidden (id int); INSERT INTO shown VALUES (1)")
        owner.execute("GRANT SELECT, INSERT ON shown TO grafana_ro")
    with psycopg.connect(dsn(server, "grafana_ro", "openreplay"), autocommit=True) as reader:
        assert reader.execute("SELECT count(*) FROM shown").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("SELECT * FROM hidden")
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            reader.execute("INSERT INTO shown VALUES (2)")


def test_lost_sessions_are_counted_once_and_others_never(server: Postgres) -> None:
    """A session counts in the hour after it could have ended; one with a duration, or still open, does not."""
    longest = 7_200_000
    ages = {"lost": longest + 1_800_000, "counted before": longest + 9_000_000, "still open": 60_000}
    statement = sql.SQL((JOBS / "count-lost-sessions.sql").read_text(encoding="utf-8"))
    with psycopg.connect(dsn(server, "openreplay", "openreplay")) as owner:
        owner.execute("CREATE TABLE projects (project_id int, max_session_duration int)")
        owner.execute("CREATE TABLE sessions (project_id int, start_ts bigint, duration int)")
        owner.execute("INSERT INTO projects VALUES (1, %s)", (longest,))
        insert = "INSERT INTO sessions VALUES (1, (extract(epoch FROM now()) * 1000)::bigint - %s, %s)"
        for age in ages.values():
            owner.execute(insert, (age, None))
            owner.execute(insert, (age, 1000))
        assert owner.execute(statement).fetchone() == (1,)


@pytest.fixture
def tables(server: Postgres) -> Iterator[None]:
    """The tables that panels read, all of them open to Grafana, as an earlier deployment left them."""
    made = (("umami", V3_TABLES), ("openreplay", TABLES))
    for name, statements in made:
        with psycopg.connect(dsn(server, name, name), autocommit=True) as owner:
            owner.execute(sql.SQL(DROP))
            owner.execute(sql.SQL(statements))
            owner.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO grafana_ro")
    yield
    for name, _ in made:
        with psycopg.connect(dsn(server, name, name), autocommit=True) as owner:
            owner.execute(sql.SQL(DROP))


@pytest.mark.usefixtures("tables")
@pytest.mark.parametrize(("major", "own"), [("3", "lcp"), ("2", "url_query")])
def test_grafana_reads_the_columns_of_its_panels_and_no_other(server: Postgres, major: str, own: str) -> None:
    """Both versions of Umami; what was granted before is taken away, and the job may run twice."""
    for _ in range(2):
        done = run(server, ["sh", str(JOBS / "grafana-rights.sh")], MASTER_PASSWORD="administrator", UMAMI_MAJOR=major)
        assert (done.returncode, done.stdout) == (0, "RIGHTS READY\n"), done.stderr
    for name, table, shown, hidden in (
        ("umami", "website_event", own, "page_title"),
        ("umami", "session", "language", "city"),
        ("openreplay", "sessions", "duration", "user_id"),
        ("openreplay", "projects", "name", "project_key"),
    ):
        query = sql.SQL("SELECT {} FROM {}")
        with psycopg.connect(dsn(server, "grafana_ro", name), autocommit=True) as reader:
            reader.execute(query.format(sql.Identifier(shown), sql.Identifier(table)))
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(query.format(sql.Identifier(hidden), sql.Identifier(table)))


def stand_in(folder: Path, lines: str) -> str:
    """A program `maskproof` in a folder of its own, so that no deployment is verified."""
    programs = folder / "programs"
    programs.mkdir()
    (programs / "maskproof").write_text(f"#!/bin/sh\n{lines}\n")
    (programs / "maskproof").chmod(0o755)
    return str(programs)


@pytest.mark.parametrize("status", [0, 1, 3])
def test_a_night_adds_its_run_and_ends_as_the_verification_did(server: Postgres, tmp_path: Path, status: int) -> None:
    """Grafana reads the run, green or red, and not the schema's own table."""
    export = f'exec "{sys.executable}" -m maskproof.cli "$@" --reports "{reports(tmp_path)}"'
    path = stand_in(tmp_path, f'[ "$1" = verify ] && exit {status}\n{export}')
    own = {"PGUSER": "maskproof", "PGDATABASE": "maskproof", "PGPASSWORD": PASSWORDS["maskproof"]}
    done = run(server, ["sh", str(NIGHTLY)], path=path, **own)
    assert done.returncode == status, done.stderr
    with psycopg.connect(dsn(server, "grafana_ro", "maskproof"), autocommit=True) as reader:
        assert reader.execute("SELECT count(*) > 0 FROM maskproof_run").fetchone() == (True,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("SELECT * FROM maskproof_schema")


def test_a_night_that_cannot_be_added_is_not_green(server: Postgres, tmp_path: Path) -> None:
    """A pass that nobody sees on the dashboard is none."""
    path = stand_in(tmp_path, '[ "$1" = verify ] || exit 3')
    assert run(server, ["sh", str(NIGHTLY)], path=path, PGDATABASE="maskproof").returncode == 3
