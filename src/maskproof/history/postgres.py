"""Writes a run to PostgreSQL: brings the schema up to date, and adds the run once."""

from dataclasses import astuple, fields
from importlib.resources import files

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from maskproof.errors import ConfigurationError, Inconclusive, MaskproofError
from maskproof.history.rows import FindingRow, History, RunRow

RUNS, FINDINGS = "maskproof_run", "maskproof_finding"
CONNECT_TIMEOUT_S = 10
LOCK = 0x6D61736B  # an own number, so that two exports at once migrate one after the other
EXPECTED = "Expected: postgresql://USER@HOST:PORT/DATABASE. In a password, @ is written as %40, / as %2F and % as %25."
VERSIONS = "CREATE TABLE IF NOT EXISTS maskproof_schema (version integer PRIMARY KEY, applied_at timestamptz NOT NULL)"


def migrations() -> tuple[tuple[int, str], ...]:
    """Number and SQL of each step of the schema, in order."""
    folder = files("maskproof.history").joinpath("migrations")
    found = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    return tuple((int(name.partition("_")[0]), folder.joinpath(name).read_text(encoding="utf-8")) for name in found)


def write_postgres(address: str, history: History) -> bool:
    """
    Add a run to a database; one that is there already is left as it is.

    Args:
        address: A connection URI of libpq; what it leaves out is taken from libpq's environment variables.
        history: The run.

    Returns:
        Whether it was added.

    Raises:
        ConfigurationError: The address is none, the role may not write, or the schema is newer than this version.
        Inconclusive: The server cannot be reached.

    """
    _check_address(address)
    try:
        with psycopg.connect(address, connect_timeout=CONNECT_TIMEOUT_S) as connection:
            migrate(connection)
            return write(connection, history)
    except psycopg.OperationalError as error:
        raise Inconclusive(
            f"--to: PostgreSQL cannot be reached: {first_line(error)}.",
            hint="Look at host, port, database, user and password; PGHOST, PGPASSWORD and the others hold too.",
        ) from None
    except psycopg.Error as error:
        raise _wrong(error) from None


def _check_address(address: str) -> None:
    """
    Refuse an address that libpq takes apart within its password: its own message would show a part of that.

    Raises:
        ConfigurationError: It is no URI, or its host or port cannot be one.

    """
    try:
        parts = conninfo_to_dict(address)
    except psycopg.ProgrammingError:
        parts = {}
    ports = str(parts.get("port", "")).replace(",", "")
    if not parts or "@" in f"{parts.get('host')}{parts.get('dbname')}" or not (ports or "0").isdecimal():
        raise ConfigurationError("--to: not an address of PostgreSQL.", hint=EXPECTED)


def _wrong(error: psycopg.Error) -> MaskproofError:
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return ConfigurationError(
            f"--to: the role may not write: {first_line(error)}.", hint="Give it the database, or the schema public."
        )
    return ConfigurationError(f"--to: PostgreSQL refuses: {first_line(error)}.", hint=EXPECTED)


def first_line(error: psycopg.Error) -> str:
    """What the server or libpq says, in one line; of an address that was checked, neither repeats the password."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def migrate(connection: "psycopg.Connection[tuple[object, ...]]") -> int:
    """
    Bring the schema up to date, in the connection's transaction.

    Returns:
        Its version.

    Raises:
        ConfigurationError: It is newer than this version of Maskproof.

    """
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
    connection.execute(VERSIONS)
    row = connection.execute("SELECT coalesce(max(version), 0) FROM maskproof_schema").fetchone()
    current, steps = int(str(row[0])) if row else 0, migrations()
    newest = steps[-1][0]
    if current > newest:
        raise ConfigurationError(
            f"--to: the schema has version {current}, and this Maskproof knows {newest}.",
            hint="Install a newer Maskproof.",
        )
    for number, statements in steps:
        if number > current:
            connection.execute(statements.encode())
            connection.execute("INSERT INTO maskproof_schema VALUES (%s, now())", (number,))
    return newest


def write(connection: "psycopg.Connection[tuple[object, ...]]", history: History) -> bool:
    """
    Add a run in the connection's transaction; one that is there already is left as it is.

    Args:
        connection: Its schema is up to date.
        history: The run.

    Returns:
        Whether it was added.

    """
    added = connection.execute(_insert(RUNS, RunRow), astuple(history.run)).rowcount == 1
    if added and history.findings:
        with connection.cursor() as cursor:
            cursor.executemany(_insert(FINDINGS, FindingRow), [astuple(finding) for finding in history.findings])
    return added


def _insert(table: str, row: type[RunRow] | type[FindingRow]) -> sql.Composed:
    names = [field.name for field in fields(row)]
    return sql.SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(", ").join(sql.Placeholder() * len(names)),
    )
