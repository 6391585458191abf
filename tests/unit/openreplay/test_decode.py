"""Any OpenReplay file is printed as JSON lines; errors name file and offset."""

import gzip
import io
import json
from pathlib import Path

import pytest
import zstandard

from maskproof.cli import main
from maskproof.errors import EXIT_USAGE, UsageError
from maskproof.openreplay.decode import decode_files
from maskproof.openreplay.primitives import DecodeError


def printed(*paths: Path) -> list[dict[str, object]]:
    """The lines of a file."""
    out = io.StringIO()
    decode_files(paths, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress], ids=["raw", "gzip", "zstd"])
def test_messages_are_json_lines(tmp_path: Path, layouts: dict[str, bytes], pack: type[bytes]) -> None:
    """Each message, batch headers included, has id, name, index, offset and fields by name."""
    file = tmp_path / "dom.mobs"
    file.write_bytes(pack(layouts["v2"]))
    lines = printed(file)
    assert [line["name"] for line in lines[:3]] == ["BatchMetadata", "Timestamp", "TabData"]
    assert lines[1] == {
        "id": 0,
        "name": "Timestamp",
        "index": 0,
        "offset": lines[1]["offset"],
        "fields": {"Timestamp": 1_700_000_000_000},
    }


def test_the_two_files_of_a_recording_are_read_as_one(tmp_path: Path, layouts: dict[str, bytes]) -> None:
    """A record may be split over both files, and each file may be compressed by itself."""
    data = layouts["v1"]
    first, second = tmp_path / "dom.mobs", tmp_path / "dom.mobe"
    first.write_bytes(zstandard.compress(data[:100]))
    second.write_bytes(data[100:])
    whole = tmp_path / "whole"
    whole.write_bytes(data)
    assert printed(first, second) == printed(whole)


def test_what_comes_before_an_error_is_printed(tmp_path: Path, layouts: dict[str, bytes]) -> None:
    """The messages of a cut file are printed, and the error names the position."""
    file = tmp_path / "cut.mobs"
    file.write_bytes(layouts["v1"][:-1])
    out = io.StringIO()
    with pytest.raises(DecodeError, match=r"cut\.mobs, byte \d+: the data ends within a record"):
        decode_files([file], out)
    assert out.getvalue().count("\n") == 28


def test_an_empty_file_is_an_error(tmp_path: Path) -> None:
    """It holds no message to print."""
    (tmp_path / "empty").touch()
    with pytest.raises(UsageError, match="the file is empty"):
        printed(tmp_path / "empty")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The error names the file."""
    with pytest.raises(UsageError, match="nothing-here: cannot be read"):
        printed(tmp_path / "nothing-here")


def test_a_header_without_messages_is_an_error(tmp_path: Path, layouts: dict[str, bytes]) -> None:
    """A recording without messages never counts as read."""
    (tmp_path / "bare").write_bytes(layouts["v2"][:8])
    with pytest.raises(DecodeError, match="holds no message"):
        printed(tmp_path / "bare")


def test_the_command_ends_with_the_status_of_a_bad_file(
    tmp_path: Path, layouts: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """Messages go to standard output, file and offset to standard error, and the status is 2."""
    file = tmp_path / "cut.mobs"
    file.write_bytes(layouts["v2"][:-1])
    assert main(["decode", str(file)]) == EXIT_USAGE
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 59
    assert "cut.mobs, byte " in captured.err
