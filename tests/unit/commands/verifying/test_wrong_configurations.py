"""
Forty wrong configurations, and those of a static build: each says where, why and what to do, with its status.

Neither a browser nor a database starts.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.commands.verifying.wrong_configurations import WRONG, Wrong, write_project
from tests.unit.commands.verifying.wrong_static import TAKEN, WRONG_STATIC, static

from maskproof import cli
from maskproof.commands.verifying import run
from maskproof.embedded.target import EmbeddedStack
from maskproof.errors import EXIT_PASS
from maskproof.settings import load_settings

FORTY = 40
Capture = pytest.CaptureFixture[str]


class Started(Exception):  # noqa: N818 - not a fault of the code
    """Something was started that the configuration should have kept from it."""


def _started(*_: object, **__: object) -> None:
    raise Started


def _children() -> set[str]:
    """Processes that this one started and that still run, but for the one that watches over them."""
    own = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    names = own.read_text().split() if own.is_file() else []
    return {name for name in names if b"watchdog" not in Path(f"/proc/{name}/cmdline").read_bytes()}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project in order, in which neither browser nor database can start; nothing may be left running."""
    write_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "_browsers", _started)
    monkeypatch.setattr(EmbeddedStack, "_start_umami", _started)
    before = _children()
    yield tmp_path
    while TAKEN:
        TAKEN.popitem()[1].close()
    assert _children() == before


def test_the_project_itself_is_in_order(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unchanged, its server starts, and only the database is missing."""
    assert cli.main(["rules", "check"]) == EXIT_PASS
    monkeypatch.setattr(run, "_browsers", lambda *_: {})
    with pytest.raises(Started):
        run.run_verify(load_settings(project / "maskproof.toml"), [], {})


def test_a_static_build_in_order_starts(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its table alone takes the place of a server, and only the database is missing."""
    static('fallback = "index.html"\n[app.static.answers]\n"GET /api" = "serve.py"')(project)
    monkeypatch.setattr(run, "_browsers", lambda *_: {})
    with pytest.raises(Started):
        run.run_verify(load_settings(project / "maskproof.toml"), [], {})


def test_there_are_forty_of_them_and_more() -> None:
    """Each with a name of its own."""
    assert len({wrong.name for wrong in WRONG}) == len(WRONG) >= FORTY


@pytest.mark.parametrize("wrong", WRONG + WRONG_STATIC, ids=lambda wrong: wrong.name)
def test_a_wrong_configuration_says_where_why_and_what_to_do(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, wrong: Wrong
) -> None:
    """The first line has the place and the cause, the second the remedy, the last the documented status."""
    if wrong.starts_server:
        monkeypatch.setattr(run, "_browsers", lambda *_: {})
    wrong.change(project)
    status = cli.main(["verify", *wrong.arguments])
    _, _, message = capsys.readouterr().err.rpartition("maskproof: error: ")
    said, _, remedy = message.partition("\n  ")
    assert wrong.place in said
    assert wrong.cause in said
    assert wrong.remedy in remedy
    assert status == wrong.status
    assert remedy.endswith(f"\nmaskproof: exit status {status}\n")
