"""Bad input to `maskproof verify` is refused before anything is started, and leaves no old pass behind."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.commands.conftest import SECRET, configure
from tests.unit.conftest import Server

from maskproof import cli
from maskproof.commands.verifying import run
from maskproof.errors import EXIT_INCONCLUSIVE, EXIT_INTERNAL, EXIT_USAGE
from maskproof.settings import Settings

Capture = pytest.CaptureFixture[str]


def change(file: Path, old: str, new: str) -> None:
    """Change one part of a file."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("name", "old", "new", "reported"),
    [
        ("forms/demo.yaml", "fields:", "fields: [", "demo.yaml:7: not YAML"),
        (
            "forms/demo.yaml",
            "category: email",
            "category: shoes",
            "demo.yaml:6: fields.email.category: expected one of",
        ),
        ("forms/demo.yaml", "- fill:", "- fil:", "demo.yaml:8: steps.0"),
        ("rules/email.yaml", "category: email", "category: shoes", "email.yaml:2: category: expected one of email"),
        ("rules/email.yaml", "why:", "because:", "email.yaml:4: rules.0"),
        ("rules/email.yaml", "types: [email]", "types: [", "email.yaml:5: not YAML"),
    ],
    ids=["form-yaml", "form-category", "form-step", "rule-category", "rule-key", "rule-yaml"],
)
def test_a_fault_of_a_document_names_file_line_and_expectation(
    live: Path, capsys: Capture, name: str, old: str, new: str, reported: str
) -> None:
    """The status is 2."""
    change(live / name, old, new)
    assert cli.main(["verify"]) == EXIT_USAGE
    assert reported in capsys.readouterr().err


def test_a_host_that_does_not_answer_is_inconclusive(project: Path, closed_url: str, capsys: Capture) -> None:
    """The status is 3, and the message has the URL and what to do."""
    configure(project, closed_url)
    assert cli.main(["verify"]) == EXIT_INCONCLUSIVE
    message = capsys.readouterr().err
    assert f"OpenReplay: POST {closed_url}/api/login: ConnectionError." in message
    assert "maskproof doctor" in message


def test_a_wrong_password_of_openreplay_is_a_configuration_error(live: Path, server: Server, capsys: Capture) -> None:
    """The status is 2, and the message does not show the password."""
    server.give("openreplay-api/python", "login-wrong-password")
    assert cli.main(["verify"]) == EXIT_USAGE
    message = capsys.readouterr().err
    assert f"OpenReplay at {server.url} does not accept the account" in message
    assert SECRET not in message
    assert live.is_dir()


def test_a_wrong_password_of_umami_is_a_configuration_error(live: Path, server: Server, capsys: Capture) -> None:
    """The status is 2, and the message names the server."""
    server.give("openreplay-api/python", "login-ok")
    server.give("openreplay-go", "go-conditions")
    server.give("umami-2.10", "login-wrong-password")
    assert cli.main(["verify"]) == EXIT_USAGE
    assert f"Umami at {server.url} does not accept the account (status 401)" in capsys.readouterr().err
    assert live.is_dir()


def test_a_form_that_submits_is_not_run_live_without_permission(
    project: Path, closed_url: str, capsys: Capture
) -> None:
    """It is refused before the server is asked."""
    configure(project, closed_url, old='allow_submit = ["demo"]', new="allow_submit = []")
    assert cli.main(["verify"]) == EXIT_USAGE
    assert "run.allow_submit" in (message := capsys.readouterr().err)
    assert "these forms send data: demo" in message


def test_an_overhead_form_that_is_not_there_is_reported_before_the_run(
    project: Path, closed_url: str, capsys: Capture
) -> None:
    """The run does not end with this error after the whole suite."""
    configure(project, closed_url, old="[live.umami]", new='[overhead]\nform = "gone"\n[live.umami]')
    assert cli.main(["verify"]) == EXIT_USAGE
    assert "overhead.form: expected one of demo, got 'gone'" in capsys.readouterr().err


def test_a_live_target_refuses_sabotage(live: Path, capsys: Capture) -> None:
    """No test-only switch is accepted for it."""
    assert cli.main(["verify", "--switch", "guard=false"]) == EXIT_USAGE
    assert "--switch: a live target refuses sabotage" in capsys.readouterr().err
    assert live.is_dir()


def test_a_switch_without_a_value_is_wrong_usage(live: Path, capsys: Capture) -> None:
    """The message says what was expected."""
    assert cli.main(["verify", "--switch", "guard"]) == EXIT_USAGE
    assert "--switch: expected NAME=VALUE, got 'guard'" in capsys.readouterr().err
    assert live.is_dir()


def test_a_key_that_is_not_set_is_named(live: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """The message names the variable."""
    monkeypatch.delenv("DEMO_KEY")
    assert cli.main(["verify"]) == EXIT_USAGE
    assert "project_key_env names DEMO_KEY, which is not set" in capsys.readouterr().err
    assert live.is_dir()


def test_a_run_that_ends_early_leaves_no_old_pass(project: Path, closed_url: str) -> None:
    """The summary says that it did not finish, and why."""
    configure(project, closed_url)
    (project / "reports").mkdir()
    (project / "reports" / "summary.json").write_text('{"verdict": "pass"}')
    cli.main(["verify"])
    summary = json.loads((project / "reports" / "summary.json").read_text())
    assert (summary["verdict"], summary["finished"]) == ("inconclusive", None)
    assert "ended early: ApiError" in summary["reason"]


def test_why_a_run_ended_is_shown_of_our_own_errors_alone(
    project: Path, closed_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any other message may hold a value."""
    configure(project, closed_url)
    monkeypatch.setattr(run, "check_before", lambda *_: int("ada@example.com"))
    assert cli.main(["verify"]) == EXIT_INTERNAL
    summary = json.loads((project / "reports" / "summary.json").read_text())
    assert summary["reason"] == "The run ended early: ValueError"


def test_an_application_that_does_not_run_is_inconclusive(project: Path, closed_url: str, capsys: Capture) -> None:
    """The status is 3, before a browser or a database is started; file and line name the URL."""
    (project / "maskproof.toml").write_text(
        f'[paths]\nforms = "forms"\nrules = "rules"\n[app]\ninstrumented = "{closed_url}/a"\nbare = "{closed_url}/b"\n'
    )
    assert cli.main(["verify"]) == EXIT_INCONCLUSIVE
    message = capsys.readouterr().err
    assert f"maskproof.toml:5: app.instrumented: nothing answers at {closed_url}/a" in message
    assert "Start the application there" in message


@pytest.mark.parametrize(
    ("options", "catalogue"),
    [((), "core"), (("-x",), "core"), (("--all",), "full"), (("-k", "chat"), "full"), (("-kchat",), "full")],
)
def test_the_whole_catalogue_runs_where_it_is_asked_for(
    project: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], catalogue: str
) -> None:
    """By `--all`, and where a form is named: it may be one that the core leaves out."""
    configure(project, "http://127.0.0.1:1")
    assert configured_by(options, monkeypatch).run.catalogue == catalogue


def test_umamis_pages_are_read_where_that_is_asked_for(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the embedded target: another Umami counts other people too."""
    configure(project, "http://127.0.0.1:1")
    silent = replace(configured_by((), monkeypatch), target="embedded")
    asked = replace(configured_by(("--umami-pages",), monkeypatch), target="embedded")
    assert not silent.asks_umami_pages
    assert asked.asks_umami_pages
    assert not replace(asked, target="live").asks_umami_pages


def configured_by(options: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The configuration that a run would have."""
    found: list[Settings] = []

    def kept(settings: Settings, *_: object, **__: object) -> int:
        found.append(settings)
        return 0

    monkeypatch.setattr(run, "run_verify", kept)
    assert cli.main(["verify", *options]) == 0
    return found[0]


@pytest.mark.parametrize(
    ("options", "browsers"), [((), ("chromium",)), (("--browser", "firefox"), ("chromium", "firefox"))]
)
def test_a_browser_is_added_for_one_run(
    project: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], browsers: tuple[str, ...]
) -> None:
    """Most checks are made in Chromium, so it is never left out; pytest's own `--browser` is not reached."""
    configure(project, "http://127.0.0.1:1")
    asked: list[object] = []

    def kept(settings: Settings, rest: object, *_: object, **__: object) -> int:
        asked.append((settings.run.browsers, rest))
        return 0

    monkeypatch.setattr(run, "run_verify", kept)
    assert cli.main(["verify", *options]) == 0
    assert asked == [(browsers, [])]


def test_a_browser_that_is_not_known_is_wrong_usage(project: Path, capsys: Capture) -> None:
    """The message names those that are."""
    configure(project, "http://127.0.0.1:1")
    with pytest.raises(SystemExit) as ended:
        cli.main(["verify", "--browser", "safari"])
    assert ended.value.code == EXIT_USAGE
    assert "'firefox'" in capsys.readouterr().err


def test_a_browser_of_one_shard_is_refused(project: Path, capsys: Capture) -> None:
    """The merge of the shards would not ask for its checks, nor search the reports for its people."""
    configure(project, "http://127.0.0.1:1")
    assert cli.main(["verify", "--browser", "firefox", "--shard", "1/2"]) == EXIT_USAGE
    assert "[run] browsers" in capsys.readouterr().err
