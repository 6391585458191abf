"""`maskproof scan` from files to a verdict: its JSON, its exit status, its errors."""

import base64
import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.unit.leaks.samples import VALUE

from maskproof.cli import main
from maskproof.errors import EXIT_FAIL, EXIT_INCONCLUSIVE, EXIT_PASS, EXIT_USAGE
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.recording_layout import HEADER_V2

BROKEN = b"\x63\x01\x00\x00\x00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that is scanned."""
    folder = tmp_path / "sessions"
    folder.mkdir()
    return folder


def recording(text: str) -> bytes:
    """A recording with a text in it."""
    return HEADER_V2 + encode_batch([message("CreateDocument"), message("SetNodeData", 1, text)], version=2)


def scan(*arguments: object) -> int:
    """The status of a scan."""
    return main(["scan", *map(str, arguments)])


def scanned(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The object that was printed, alone on standard output."""
    (line,) = capsys.readouterr().out.splitlines()
    document: dict[str, Any] = json.loads(line)
    return document


def test_nothing_found_is_a_pass(folder: Path, values: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report says how much was scanned."""
    (folder / "dom.mobs").write_bytes(recording("nothing"))
    assert scan(folder, "--values", values, "--json") == EXIT_PASS
    report = scanned(capsys)
    assert (report["verdict"], report["findings"]) == ("pass", [])
    size = (folder / "dom.mobs").stat().st_size
    assert report["scanned"] == {"files": 1, "messages": 2, "bytes": size}


def test_a_value_is_a_fail_and_a_finding(folder: Path, values: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With message, field and file; the value itself is nowhere."""
    (folder / "dom.mobs").write_bytes(recording(VALUE))
    assert scan(folder, "--values", values, "--json") == EXIT_FAIL
    captured = capsys.readouterr()
    (finding,) = json.loads(captured.out)["findings"]
    assert (finding["value_id"], finding["message"], finding["field"]) == ("email", "SetNodeData", "Data")
    assert finding["source"] == str(folder / "dom.mobs")
    assert VALUE not in captured.out + captured.err


def test_a_broken_file_is_an_error_with_its_place(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing can be said of it."""
    data = recording("nothing")
    (folder / "dom.mobs").write_bytes(data + BROKEN)
    assert scan(folder, "--values", values) == EXIT_INCONCLUSIVE
    assert f"dom.mobs, byte {len(data)}: unknown message id 99" in capsys.readouterr().err


@pytest.mark.parametrize(("text", "status"), [("nothing", EXIT_INCONCLUSIVE), (VALUE, EXIT_FAIL)])
def test_salvage_is_never_a_pass(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str], text: str, status: int
) -> None:
    """What decodes is scanned, the rest is listed; a finding outranks it."""
    (folder / "dom.mobs").write_bytes(recording(text) + BROKEN)
    assert scan(folder, "--values", values, "--salvage", "--json") == status
    (line,) = scanned(capsys)["scanned"]["unscanned"]
    assert "unknown message id 99" in line


def test_salvage_finds_what_is_in_undecodable_bytes(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are searched as bytes."""
    (folder / "dom.mobs").write_bytes(recording("nothing") + BROKEN + VALUE.encode())
    assert scan(folder, "--values", values, "--salvage", "--json") == EXIT_FAIL
    assert scanned(capsys)["findings"][0]["value_id"] == "email"


def test_an_empty_folder_says_nothing(folder: Path, values: Path) -> None:
    """A scan that saw nothing is no pass."""
    assert scan(folder, "--values", values) == EXIT_INCONCLUSIVE


def test_an_empty_file_is_named(folder: Path, values: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is a fault of the call."""
    (folder / "empty.bin").touch()
    assert scan(folder, "--values", values) == EXIT_USAGE
    assert "empty.bin: the file is empty" in capsys.readouterr().err


def test_a_leak_outranks_a_file_that_cannot_be_read(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither costs the other: the finding is printed, and the file is named."""
    (folder / "empty.bin").touch()
    (folder / "broken.mobs").write_bytes(recording("nothing") + BROKEN)
    (folder / "dom.mobs").write_bytes(recording(VALUE))
    assert scan(folder, "--values", values, "--json") == EXIT_FAIL
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    assert [finding["value_id"] for finding in report["findings"]] == ["email"]
    assert [Path(one["message"].partition(",")[0].partition(":")[0]).name for one in report["unread"]] == [
        "broken.mobs",
        "empty.bin",
    ]
    assert captured.err.count("maskproof: error: ") == 2


def test_a_file_whose_name_is_no_text_is_printed_as_json(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its bytes are escaped."""
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text(VALUE)
    assert scan(folder, "--values", values, "--json") == EXIT_FAIL
    captured = capsys.readouterr()
    assert captured.out.isascii()
    assert json.loads(captured.out)["findings"][0]["source"].endswith("caf\udce9.txt")


@pytest.mark.parametrize("arguments", [["missing"], [".", "--workers", "0"]])
def test_wrong_use_has_its_own_status(values: Path, arguments: list[str]) -> None:
    """A path that is not there, no process at all."""
    try:
        status: int | str | None = scan(*arguments, "--values", values)
    except SystemExit as end:
        status = end.code
    assert status == EXIT_USAGE


def test_a_scan_with_state_gives_the_same_twice(
    folder: Path, values: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second time from the state."""
    (folder / "dom.mobs").write_bytes(recording(VALUE))
    reports = []
    for _ in range(2):
        assert scan(folder, "--values", values, "--resume", tmp_path / "state", "--json") == EXIT_FAIL
        reports.append(scanned(capsys))
    assert reports[0] == reports[1]


def test_a_value_as_the_name_of_a_field_is_not_shown(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No field of a finding holds a value."""
    (folder / "a.json").write_text(json.dumps({VALUE: {"inner": VALUE}}))
    assert scan(folder, "--values", values) == EXIT_FAIL
    captured = capsys.readouterr()
    assert VALUE not in captured.out + captured.err


def test_files_of_the_scan_itself_are_not_scanned(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The values file holds every value, and the state grows while it is read; both are told."""
    inside = folder / "values.json"
    inside.write_text(values.read_text())
    (folder / "dom.mobs").write_bytes(recording("nothing"))
    for _ in range(2):
        assert scan(folder, "--values", inside, "--resume", folder / "state") == EXIT_PASS
    told = capsys.readouterr().err
    assert "values.json belongs to this scan; it is not scanned" in told
    assert "state belongs to this scan; it is not scanned" in told


BOMB = base64.b64encode(gzip.compress(bytes(3 << 20))).decode()


@pytest.mark.parametrize("name", ["dom.mobs", "a.txt"])
def test_what_unpacks_beyond_the_limit_is_named(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """In a message or in a file; with salvage everything else is scanned all the same."""
    data = HEADER_V2 + encode_batch([message("SetNodeData", 1, BOMB), message("SetNodeData", 2, VALUE)], version=2)
    (folder / name).write_bytes(data if name == "dom.mobs" else BOMB.encode())
    (folder / "other.txt").write_text(VALUE)
    options = ["--values", values, "--unpack-limit", "1"]
    assert scan(folder / name, *options) == EXIT_INCONCLUSIVE
    assert f"{name}: compressed data unpacks to more than 1 MB" in capsys.readouterr().err
    assert scan(folder, *options, "--salvage", "--json") == EXIT_FAIL
    report = scanned(capsys)
    assert len(report["findings"]) == (2 if name == "dom.mobs" else 1)
    assert name in report["scanned"]["unscanned"][0]
