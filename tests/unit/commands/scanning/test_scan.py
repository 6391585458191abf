"""`maskproof scan` from files to a verdict: its JSON, its exit status, its errors."""

import base64
import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from Crypto.Hash import MD4
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
    """The finding has message, field and file, and the value is not printed."""
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
    """The scan is inconclusive, and the message has file and byte."""
    data = recording("nothing")
    (folder / "dom.mobs").write_bytes(data + BROKEN)
    assert scan(folder, "--values", values) == EXIT_INCONCLUSIVE
    assert f"dom.mobs, byte {len(data)}: unknown message id 99" in capsys.readouterr().err


@pytest.mark.parametrize(("text", "status"), [("nothing", EXIT_INCONCLUSIVE), (VALUE, EXIT_FAIL)])
def test_salvage_is_never_a_pass(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str], text: str, status: int
) -> None:
    """What decodes is scanned and the rest is listed; a finding outranks it."""
    (folder / "dom.mobs").write_bytes(recording(text) + BROKEN)
    assert scan(folder, "--values", values, "--salvage", "--json") == status
    (line,) = scanned(capsys)["scanned"]["unscanned"]
    assert "unknown message id 99" in line


def test_salvage_finds_what_is_in_undecodable_bytes(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes that do not decode are searched as they are."""
    (folder / "dom.mobs").write_bytes(recording("nothing") + BROKEN + VALUE.encode())
    assert scan(folder, "--values", values, "--salvage", "--json") == EXIT_FAIL
    assert scanned(capsys)["findings"][0]["value_id"] == "email"


def test_an_empty_folder_says_nothing(folder: Path, values: Path) -> None:
    """A scan of no file is inconclusive."""
    assert scan(folder, "--values", values) == EXIT_INCONCLUSIVE


def test_an_empty_file_is_named(folder: Path, values: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is wrong usage, and the message names the file."""
    (folder / "empty.bin").touch()
    assert scan(folder, "--values", values) == EXIT_USAGE
    assert "empty.bin: the file is empty" in capsys.readouterr().err


def test_a_leak_outranks_a_file_that_cannot_be_read(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The finding is printed, and the unreadable files are named."""
    (folder / "empty.bin").touch()
    (folder / "broken.mobs").write_bytes(recording("nothing") + BROKEN)
    (folder / "dom.mobs").write_bytes(recording(VALUE))
    assert scan(folder, "--values", values, "--json") == EXIT_FAIL
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    assert [finding["value_id"] for finding in report["findings"]] == ["email"]
    assert [Path(error["message"].partition(",")[0].partition(":")[0]).name for error in report["unread"]] == [
        "broken.mobs",
        "empty.bin",
    ]
    assert captured.err.count("maskproof: error: ") == 2


def test_a_file_whose_name_is_no_text_is_printed_as_json(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The bytes of its name are escaped."""
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text(VALUE)
    assert scan(folder, "--values", values, "--json") == EXIT_FAIL
    captured = capsys.readouterr()
    assert captured.out.isascii()
    assert json.loads(captured.out)["findings"][0]["source"].endswith("caf\udce9.txt")


@pytest.mark.parametrize("arguments", [["missing"], [".", "--workers", "0"]])
def test_wrong_use_has_its_own_status(values: Path, arguments: list[str]) -> None:
    """A path that is not there and a scan without processes end with 2."""
    try:
        status: int | str | None = scan(*arguments, "--values", values)
    except SystemExit as end:
        status = end.code
    assert status == EXIT_USAGE


def test_a_scan_with_state_gives_the_same_twice(
    folder: Path, values: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second report comes from the state."""
    (folder / "dom.mobs").write_bytes(recording(VALUE))
    reports = []
    for _ in range(2):
        assert scan(folder, "--values", values, "--resume", tmp_path / "state", "--json") == EXIT_FAIL
        reports.append(scanned(capsys))
    assert reports[0] == reports[1]


def test_rare_hashes_are_found_unless_they_are_switched_off(folder: Path, values: Path, tmp_path: Path) -> None:
    """The option decides, also for a scan that continues from the state of one with the other choice."""
    (folder / "a.txt").write_text(MD4.new(VALUE.encode()).hexdigest())  # noqa: S303 - looked for
    state = ("--resume", tmp_path / "state")
    assert scan(folder, "--values", values, "--no-rare", *state) == EXIT_PASS
    assert scan(folder, "--values", values, *state) == EXIT_FAIL
    assert scan(folder, "--values", values, "--no-rare", *state) == EXIT_PASS


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
    """The values file holds every value, and the state grows while it is read; both are reported as left out."""
    inside = folder / "values.json"
    inside.write_text(values.read_text())
    (folder / "dom.mobs").write_bytes(recording("nothing"))
    for _ in range(2):
        assert scan(folder, "--values", inside, "--resume", folder / "state") == EXIT_PASS
    messages = capsys.readouterr().err
    assert "values.json belongs to this scan; it is not scanned" in messages
    assert "state belongs to this scan; it is not scanned" in messages


BOMB = base64.b64encode(gzip.compress(bytes(3 << 20))).decode()


@pytest.mark.parametrize("name", ["dom.mobs", "a.txt"])
def test_what_unpacks_beyond_the_limit_is_named(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Everything else is scanned all the same, and a leak beside it fails the scan."""
    data = HEADER_V2 + encode_batch([message("SetNodeData", 1, BOMB), message("SetNodeData", 2, VALUE)], version=2)
    (folder / name).write_bytes(data if name == "dom.mobs" else BOMB.encode())
    (folder / "other.txt").write_text(VALUE)
    options = ["--values", values, "--unpack-limit", "1"]
    assert scan(folder / name, *options) == (EXIT_FAIL if name == "dom.mobs" else EXIT_INCONCLUSIVE)
    assert f"{name}: not scanned further: unpacks to more than 1 MB" in capsys.readouterr().err
    assert scan(folder, *options, "--json") == EXIT_FAIL
    report = scanned(capsys)
    assert len(report["findings"]) == (2 if name == "dom.mobs" else 1)
    assert name in report["scanned"]["unscanned"][0]


def _zip_with(name: str, *, encrypted: bool) -> bytes:
    """A zip with one member, marked as encrypted if wanted."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, b"nothing")
    data = packed.getvalue()
    return (
        data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
        if encrypted
        else data
    )


NAMED = f"of {VALUE}"
FAULTY: dict[str, Callable[[Path], object]] = {
    "a missing file": lambda folder: folder,
    "an empty file": lambda folder: (folder / NAMED).write_bytes(b""),
    "a broken recording": lambda folder: (folder / NAMED).write_bytes(recording("nothing") + BROKEN),
    "a broken member": lambda folder: (folder / "a.zip").write_bytes(_zip_with(f"{NAMED}.gz", encrypted=True)),
    "a link to nowhere": lambda folder: (folder / NAMED).symlink_to(folder / "nowhere"),
    "a picture": lambda folder: (folder / NAMED).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64)),
    "a leak": lambda folder: (folder / NAMED).write_bytes(VALUE.encode()),
}


@pytest.mark.parametrize("options", [(), ("--salvage",), ("--json",)], ids=["plain", "salvage", "json"])
@pytest.mark.parametrize("name", FAULTY)
def test_a_value_in_the_name_of_a_file_is_never_printed(
    folder: Path, values: Path, capsys: pytest.CaptureFixture[str], name: str, options: tuple[str, ...]
) -> None:
    """Errors, lines of what was not scanned, and findings name the file without the value."""
    FAULTY[name](folder)
    path = next(folder.iterdir(), folder / NAMED)
    assert scan(path, "--values", values, *options) != EXIT_PASS
    captured = capsys.readouterr()
    assert VALUE not in captured.out + captured.err
    assert VALUE.partition("@")[0] not in captured.out + captured.err
