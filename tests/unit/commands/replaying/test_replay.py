"""`maskproof replay`: which session, whose values, and clear errors; drawing needs no browser here."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.docs.pages import ROOT
from tests.unit.samples import MESSAGES, SESSION, Sent

from maskproof import cli
from maskproof.commands.replaying import draw_session
from maskproof.errors import EXIT_FAIL, EXIT_PASS, EXIT_USAGE
from maskproof.forms import load_forms
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.recordings import HEADER_V2
from maskproof.recording.recorder import Case, personas_of
from maskproof.replay import Picture

Capture = pytest.CaptureFixture[str]
FORM = next(form for form in load_forms(ROOT / "fixtures/forms") if form.id == "sign-up")
TWIN = f"{SESSION}2"


def _email(role: str) -> str:
    return personas_of(Case(FORM, 2), "seed", role).value("user.email").reveal()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without a run; a picture covers each value that the page holds."""
    for name in ("criteria.yaml", "launch-checklist.yaml", "signatures.yaml", "masking_rules", "fixtures"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "maskproof.toml").write_text((ROOT / "maskproof.toml").read_text())

    @contextlib.contextmanager
    def browser(**_: object) -> Iterator[None]:
        yield None

    def draw(_: object, html: str, **_options: object) -> Picture:
        values = {"[email #1]": sum(html.count(_email(role)) for role in ("user", "twin"))}
        return Picture(b"\x89PNG picture", {name: count for name, count in values.items() if count})

    monkeypatch.setattr(draw_session, "running_browser", browser)
    monkeypatch.setattr(draw_session, "draw", draw)
    monkeypatch.setattr(draw_session, "filmstrip", lambda *_: b"\x89PNG strip")
    return tmp_path / "maskproof.toml"


def _run(project: Path, *more: Sent, session: str = SESSION) -> None:
    """A run that stored a session of the form and one of its twin."""
    reports = project.parent / "reports"
    store = reports / "run/mobs" / session
    store.mkdir(parents=True)
    (store / "dom.mobs").write_bytes(HEADER_V2 + encode_batch((*MESSAGES, *more), version=2))
    index = {"form_id": "sign-up", "protocol": 2, "session": SESSION, "sessions": {"user": [SESSION], "twin": [TWIN]}}
    (reports / "run/pictures/sign-up-v2").mkdir(parents=True)
    (reports / "run/pictures/sign-up-v2/index.json").write_text(json.dumps(index))
    (reports / "summary.json").write_text('{"seed": "seed"}')


def _replay(project: Path, *arguments: str) -> int:
    return cli.main(["replay", *arguments, "--config", str(project)])


def test_a_session_is_drawn_as_a_filmstrip(project: Path, capsys: Capture) -> None:
    """The file is named; it is where nobody publishes it."""
    _run(project)
    assert _replay(project, SESSION, "--json") == EXIT_PASS
    printed = json.loads(capsys.readouterr().out)
    assert printed["file"] == str(project.parent / f"reports/run/replay/{SESSION}-filmstrip.png")
    assert Path(printed["file"]).read_bytes() == b"\x89PNG strip"
    assert printed["steps"][-1].endswith("the end")
    assert printed["values_shown"] == 0


def test_one_step_is_drawn_alone(project: Path, tmp_path: Path) -> None:
    """Where it is asked for."""
    _run(project)
    assert _replay(project, SESSION, "--step", "1", "--out", str(tmp_path / "out")) == EXIT_PASS
    assert [file.name for file in (tmp_path / "out").iterdir()] == [f"{SESSION}-step-1.png"]


@pytest.mark.parametrize(("session", "role"), [(SESSION, "user"), (TWIN, "twin")])
def test_a_value_that_is_shown_is_a_fail(project: Path, capsys: Capture, session: str, role: str) -> None:
    """Of either person; it is covered, and not printed."""
    _run(project, message("SetInputValue", 1, _email(role), 0), session=session)
    assert _replay(project, session) == EXIT_FAIL
    captured = capsys.readouterr()
    assert "values are shown, and covered: a leak" in captured.out
    assert _email(role) not in captured.out + captured.err


def test_without_a_run_nothing_is_stored(project: Path, capsys: Capture) -> None:
    """The error says what to do."""
    assert _replay(project, SESSION) == EXIT_USAGE
    assert "there is no run in" in capsys.readouterr().err


@pytest.mark.parametrize("session", ["123", "..", "../pictures"])
def test_an_unknown_session_is_an_error_that_names_others(project: Path, capsys: Capture, session: str) -> None:
    """An id is no path."""
    _run(project)
    assert _replay(project, session) == EXIT_USAGE
    error = capsys.readouterr().err
    assert f"stored no session {session}" in error
    assert f"sign-up-v2: {SESSION}" in error


def test_a_step_that_is_not_there_is_an_error(project: Path, capsys: Capture) -> None:
    """It says how many there are."""
    _run(project)
    assert _replay(project, SESSION, "--step", "9") == EXIT_USAGE
    assert "steps, got 9" in capsys.readouterr().err


def test_values_have_to_be_known(project: Path, capsys: Capture, tmp_path: Path) -> None:
    """A session of nobody whom the run knows is drawn only with values to cover."""
    _run(project, session="555")
    assert _replay(project, "555") == EXIT_USAGE
    assert "which values may it hold?" in capsys.readouterr().err
    file = tmp_path / "values.json"
    file.write_text('{"values": [{"id": "a", "category": "email", "value": "tests.quelmorn@example.com"}]}')
    assert _replay(project, "555", "--values", str(file)) == EXIT_PASS


def test_a_session_without_a_page_is_inconclusive(project: Path, capsys: Capture) -> None:
    """There is nothing to draw."""
    _run(project)
    store = project.parent / "reports/run/mobs" / SESSION / "dom.mobs"
    store.write_bytes(HEADER_V2 + encode_batch((message("Timestamp", 1), message("ConsoleLog", "log", "x")), version=2))
    assert _replay(project, SESSION) not in {EXIT_PASS, EXIT_FAIL}
    assert "holds no page" in capsys.readouterr().err
