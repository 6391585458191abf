"""The command line: wrong usage, and how errors become statuses."""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from maskproof import cli
from maskproof.errors import (
    EXIT_FAIL,
    EXIT_INCONCLUSIVE,
    EXIT_INTERNAL,
    EXIT_INTERRUPTED,
    EXIT_USAGE,
    ConfigurationError,
    Inconclusive,
    InternalError,
    UsageError,
)

COMMANDS = ("verify", "up", "audit", "scan", "decode", "rules", "overhead", "doctor", "module")
Capture = pytest.CaptureFixture[str]


def status_of_usage(*arguments: str) -> int:
    """The status that argparse ends with."""
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert isinstance(caught.value.code, int)
    return caught.value.code


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: Capture) -> None:
    """`--help` prints the name of the command and ends with 0."""
    assert status_of_usage(command, "--help") == 0
    assert command in capsys.readouterr().out


@pytest.mark.parametrize("library", ["faker", "numpy", "playwright", "requests"])
def test_nothing_heavy_is_imported_to_read_a_command_line(library: str) -> None:
    """Help and wrong usage do not wait for imports that only the commands need."""
    code = f"import sys, maskproof.cli; print({library!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("arguments", "reported"),
    [
        ((), "required: COMMAND"),
        (("verfy",), "invalid choice: 'verfy'"),
        (("doctor", "--tagret", "live"), "unrecognized arguments: --tagret live"),
        (("doctor", "--target", "staging"), "argument --target: invalid choice: 'staging'"),
        (("doctor", "--conf", "x"), "unrecognized arguments: --conf x"),
        (("scan", "file"), "required: --values"),
        (("audit", "--values", "x"), "required: SESSION"),
        (("rules", "chek"), "invalid choice: 'chek'"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(
    arguments: tuple[str, ...], reported: str, capsys: Capture
) -> None:
    """Options are never guessed from their first letters."""
    assert status_of_usage(*arguments) == EXIT_USAGE
    captured = capsys.readouterr()
    assert reported in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    ("error", "status", "reported"),
    [
        (UsageError("a", hint="b"), EXIT_USAGE, "maskproof: error: a\n  b\n"),
        (ConfigurationError("a"), EXIT_USAGE, "maskproof: error: a\n"),
        (Inconclusive("a"), EXIT_INCONCLUSIVE, "maskproof: error: a\n"),
        (InternalError("a"), EXIT_INTERNAL, "maskproof: error: a\n"),
        (FileNotFoundError(2, "No such file", "x.bin"), EXIT_USAGE, "maskproof: error: x.bin: No such file\n"),
        (PermissionError(13, "Permission denied", "/proc/1/mem"), EXIT_INTERNAL, "internal error; please report"),
        (PermissionError(13, "Permission denied", cli.__file__), EXIT_INTERNAL, "internal error; please report"),
        (ConnectionRefusedError(111, "Connection refused"), EXIT_INCONCLUSIVE, "ConnectionRefusedError: Connection r"),
        (TimeoutError(), EXIT_INCONCLUSIVE, "TimeoutError: no answer"),
        (
            OSError(28, "No space left on device", "x.bin"),
            EXIT_INCONCLUSIVE,
            "x.bin: No space left on device.\n  Make r",
        ),
        (OSError(28, "No space left on device"), EXIT_INCONCLUSIVE, "a file: No space left on device"),
        (OSError(5, "Input/output error"), EXIT_INTERNAL, "internal error; please report"),
        (ZeroDivisionError(), EXIT_INTERNAL, "internal error; please report"),
        (KeyboardInterrupt(), EXIT_INTERRUPTED, "maskproof: interrupted\n"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_an_error_has_its_own_status(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, error: BaseException, status: int, reported: str
) -> None:
    """The message goes to standard error, with what to do; standard output stays empty."""

    def run(_arguments: argparse.Namespace) -> int:
        raise error

    assert run_as_doctor(monkeypatch, run) == status
    captured = capsys.readouterr()
    assert reported in captured.err
    assert captured.out == ""


def test_an_internal_error_does_not_show_its_message(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """The message may hold a value; the kind of error and the lines of the program are enough for a report."""

    def run(_arguments: argparse.Namespace) -> int:
        raise ZeroDivisionError("quoted value")

    assert run_as_doctor(monkeypatch, run) == EXIT_INTERNAL
    printed = capsys.readouterr().err
    assert "ZeroDivisionError" in printed
    assert "in run" in printed
    assert "quoted value" not in printed.replace('raise ZeroDivisionError("quoted value")', "")


def run_as_doctor(monkeypatch: pytest.MonkeyPatch, run: Callable[[argparse.Namespace], int]) -> int:
    """The exit status of a function that runs in place of `doctor`."""
    monkeypatch.setattr("maskproof.commands.verifying.doctor.run", run)
    return cli.main(["doctor"])


def test_a_status_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """`main` returns what the command returns."""
    assert run_as_doctor(monkeypatch, lambda _: EXIT_FAIL) == EXIT_FAIL


@pytest.mark.parametrize(
    "command", ["verify", "up", "overhead", "doctor", "rules check", "rules compile", "rules docs"]
)
def test_a_folder_without_a_configuration_says_what_to_write(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """The status is 2, and the message has the folder and what to do."""
    monkeypatch.chdir(tmp_path)
    assert cli.main(command.split()) == EXIT_USAGE
    message = capsys.readouterr().err
    assert f"No maskproof.toml in {tmp_path} or above." in message
    assert "--config FILE" in message


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("[run]\nprotocols = [3]\n", ":2: run.protocols.0: 3 is not one of [1, 2]"),
        ("[rnu]\n", ":1: rnu: 'rnu' was unexpected"),
        ("[run\n", ":1: not TOML"),
    ],
    ids=["value", "name", "syntax"],
)
def test_a_fault_of_the_configuration_names_file_and_place(
    tmp_path: Path, capsys: Capture, text: str, reported: str
) -> None:
    """The status is 2, and nothing is started."""
    file = tmp_path / "maskproof.toml"
    file.write_text(text, encoding="utf-8")
    assert cli.main(["doctor", "--config", str(file)]) == EXIT_USAGE
    assert f"maskproof: error: {file}{reported}" in capsys.readouterr().err


def test_json_is_one_object_on_standard_output(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Capture
) -> None:
    """Messages stay on standard error."""
    (tmp_path / "maskproof.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("maskproof.commands.verifying.examine.examine", lambda _: [])
    cli.main(["doctor", "--json"])
    assert json.loads(capsys.readouterr().out)["findings"] == []
