"""Makes the embedded Umami's database, starts its server on it, and stops it."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg

from maskproof.http import ApiClient, ApiError
from maskproof.machine.failures import SetupFailed, below, last_lines
from maskproof.machine.node import node
from maskproof.machine.postgres import Postgres
from maskproof.machine.process import start_process, stop_process
from maskproof.machine.waiting import LOOPBACK, free_port, wait_until
from maskproof.umami.build import UmamiBuild

START_DEADLINE_S = 60.0
STOP_DEADLINE_S = 5.0
HEARTBEAT = "/api/heartbeat"
DATABASE = "umami"
# The migrations need this extension for `gen_random_uuid` only. PostgreSQL has that function itself since 13, and
# the servers in PyPI packages lack the extension.
PGCRYPTO = b'CREATE EXTENSION IF NOT EXISTS "pgcrypto";'
# Umami's own first account, made by its migrations.
USER = "admin"
MAKE_WEBSITE = """INSERT INTO website (website_id, name, domain, user_id, created_at, updated_at)
SELECT %s, 'Maskproof', '127.0.0.1', user_id, now(), now() FROM "user" WHERE username = %s"""
PASSWORD = "umami"  # noqa: S105 - Umami's published first password, on loopback


@dataclass(frozen=True, slots=True)
class UmamiServerAddresses:
    """Where a started server is reached, and its account."""

    url: str
    script: str
    user: str
    password: str


def make_database(build: UmamiBuild, postgres: Postgres, *, website: str | None = None) -> str:
    """
    Make Umami's database, with all its tables.

    Args:
        build: Has the migrations.
        postgres: A started PostgreSQL.
        website: Id (a UUID) of a website that is there from the start; none by default.

    Returns:
        Its connection string.

    """
    postgres.create_database(DATABASE)
    dsn = postgres.dsn(DATABASE)
    with psycopg.connect(dsn, autocommit=True) as connection:
        for migration in build.migrations:
            connection.execute(migration.read_bytes().replace(PGCRYPTO, b""))
        if website is not None:
            connection.execute(MAKE_WEBSITE, (website, USER))
    return dsn


class UmamiServer:
    """
    One running Umami.

    Args:
        build: The built server.
        dsn: The connection string of its database.
        folder: Where the server's log is kept.

    """

    def __init__(self, build: UmamiBuild, dsn: str, folder: Path) -> None:
        self._build = build
        self._dsn = dsn
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._addresses: UmamiServerAddresses | None = None

    @property
    def log_path(self) -> Path:
        """What the server prints."""
        return self._folder / "umami-server.log"

    @property
    def addresses(self) -> UmamiServerAddresses:
        """
        The addresses of the started server.

        Raises:
            SetupFailed: It is not started.

        """
        if self._addresses is None:
            raise SetupFailed("Umami is not started.")
        return self._addresses

    def start(self, *, bot_check: bool = True) -> UmamiServerAddresses:
        """
        Start the server and wait until it answers.

        Args:
            bot_check: Whether Umami ignores browsers whose user agent is a bot's, as it does by default.

        Raises:
            SetupFailed: It ended, or did not answer within 60 s; names the log.

        """
        self._folder.mkdir(parents=True, exist_ok=True)
        port = free_port()
        url = f"http://{LOOPBACK}:{port}"
        with self.log_path.open("wb") as log:
            self._process = start_process(
                [str(node()), "-r", "./prisma-pg.cjs", "server.js"],
                cwd=self._build.folder,
                env=self._environment(port, bot_check=bot_check),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_for_answer(self._process, url)
        self._addresses = UmamiServerAddresses(url=url, script=f"{url}/script.js", user=USER, password=PASSWORD)
        return self._addresses

    def stop(self) -> None:
        """End the server, by its process id, and wait for it."""
        process, self._process = self._process, None
        self._addresses = None
        if process is not None:
            stop_process(process, deadline_s=STOP_DEADLINE_S)

    def _environment(self, port: int, *, bot_check: bool) -> dict[str, str]:
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
        server = {
            "DATABASE_URL": self._dsn,
            "APP_SECRET": "embedded",
            "DISABLE_TELEMETRY": "1",
            "DISABLE_UPDATES": "1",
            "NEXT_TELEMETRY_DISABLED": "1",
            "NODE_ENV": "production",
            "HOSTNAME": LOOPBACK,
            "PORT": str(port),
        }
        return inherited | server | ({} if bot_check else {"DISABLE_BOT_CHECK": "1"})

    def _wait_for_answer(self, process: subprocess.Popen[bytes], url: str) -> None:
        def settled() -> bool:
            return process.poll() is not None or _answers(url)

        if wait_until(settled, deadline_s=START_DEADLINE_S) and process.poll() is None:
            return
        status = process.poll()
        self.stop()
        what = "gave no heartbeat within 60 s" if status is None else f"ended with status {status}"
        raise SetupFailed(
            f"Umami {what}.{below(last_lines(self.log_path))}",
            hint=f"The whole log is {self.log_path}.",
        )


def _answers(url: str) -> bool:
    try:
        ApiClient(url, name="Umami", timeout_s=2, retries=0).request("GET", HEARTBEAT)
    except ApiError:
        return False
    return True
