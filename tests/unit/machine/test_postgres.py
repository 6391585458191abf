"""The throw-away PostgreSQL: who gets in."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from maskproof.machine import postgres
from maskproof.machine.failures import SetupFailed
from maskproof.machine.postgres import Postgres
from maskproof.machine.process import start_process


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


def test_a_server_that_does_not_answer_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each try ends its own server before the next one needs the data."""
    started = []

    def start(*command: Any, **options: Any) -> "subprocess.Popen[bytes]":
        started.append(start_process(*command, **options))
        return started[-1]

    monkeypatch.setattr(postgres, "start_process", start)
    monkeypatch.setattr(postgres, "START_DEADLINE_S", 0.05)
    monkeypatch.setattr(Postgres, "_answers", lambda _: False)
    with pytest.raises(SetupFailed, match="did not start"):
        Postgres(tmp_path).start()
    assert len(started) > 1
    assert all(process.poll() is not None for process in started)
