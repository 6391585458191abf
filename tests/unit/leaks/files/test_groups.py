"""Files are recognised by content, grouped where they are one session, and never skipped silently."""

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from maskproof.errors import ConfigurationError
from maskproof.leaks.budget import Budget
from maskproof.leaks.files.groups import Item, files_under, grouped, read_item
from maskproof.openreplay.encode import encode_batch, encode_record, message
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.recording_layout import HEADER_V1, HEADER_V2
from maskproof.openreplay.records import Message
from maskproof.openreplay.session import SessionView

TEXT = [message("SetNodeData", 1, "text")]
BATCH = encode_batch(TEXT, version=2, location="/a")
RECORDS = HEADER_V1 + b"".join(encode_record(number, *TEXT[0]) for number in range(8))
SESSION = "7100000000000000001"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes a file below the test's folder."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return write


Write = Callable[[str, bytes], Path]


def read(*paths: Path, salvage: bool = False, limit: int = 1 << 20) -> Item:
    """Read the files of one group."""
    return read_item(paths, salvage=salvage, budget=Budget(limit))


def messages(item: Item) -> list[Message]:
    """The messages that were read, without headers of batches."""
    return [found for found in SessionView(item.parts).messages if found.name != "BatchMetadata"]


def test_folders_are_searched_to_the_bottom(tmp_path: Path, write: Write) -> None:
    """The files of a folder are sorted, and each is listed once."""
    inner, outer = write("a/b/one", b"1"), write("two", b"2")
    assert files_under([outer, tmp_path, inner]) == [outer, inner]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    """A path that does not exist is an error."""
    with pytest.raises(ConfigurationError, match="nothing: there is no such file or folder"):
        files_under([tmp_path / "nothing"])


def test_a_link_to_nowhere_is_an_error(tmp_path: Path) -> None:
    """A file that cannot be read is never skipped."""
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    with pytest.raises(ConfigurationError, match="link: is a link to nowhere"):
        files_under([tmp_path])


def test_a_folder_that_cannot_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be read is never skipped."""
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def refused(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(ConfigurationError, match="closed: cannot be read: Permission denied"):
        files_under([tmp_path])


def test_the_two_files_of_a_recording_are_one_group(write: Write) -> None:
    """The two files come in order, however they were named; the devtools file is a group of its own."""
    late, first = write(f"{SESSION}/dom.mobe", b"2"), write(f"{SESSION}/dom.mobs", b"1")
    devtools = write(f"{SESSION}/devtools.mob", b"3")
    assert grouped([late, first, devtools]) == [(first, late), (devtools,)]


def test_the_files_of_the_sink_are_one_group(write: Write) -> None:
    """Names of the sink, before files are stored, are grouped alike (4.2)."""
    first, late, devtools = (write(f"{SESSION}{end}", b"1") for end in ("s", "e", "devtools"))
    assert grouped([devtools, late, first]) == [(devtools,), (first, late)]


def test_the_uploads_in_a_folder_are_one_group(write: Write) -> None:
    """All uploads in a folder are one session; other files and folders are groups of their own."""
    first, second = write("s1/002-i.bin", BATCH), write("s1/003-i.bin", BATCH)
    other, start = write("s2/002-i.bin", BATCH), write("s1/001-start.bin", b"{}")
    assert grouped([start, first, second, other]) == [(start,), (first, second), (other,)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress], ids=["raw", "gzip", "zstd"])
@pytest.mark.parametrize("data", [RECORDS, HEADER_V2 + BATCH, BATCH], ids=["v1", "v2", "upload"])
def test_recordings_and_uploads_are_decoded(write: Write, pack: Callable[[bytes], bytes], data: bytes) -> None:
    """Recordings are decoded by content, compressed or not."""
    item = read(write("file", pack(data)))
    assert messages(item)[0].values == (1, "text")
    assert (item.texts, item.unscanned) == ((), ())


def test_offsets_are_those_of_the_file(write: Write) -> None:
    """The offset of a message is its byte in the file."""
    item = read(write("file", BATCH))
    assert BATCH[messages(item)[0].offset] == 14


def test_a_record_may_be_split_over_two_files(write: Write) -> None:
    """The two files of a recording are read as one, each compressed or not."""
    item = read(write("dom.mobs", zstandard.compress(RECORDS[:30])), write("dom.mobe", RECORDS[30:]))
    assert len(messages(item)) == 8
    assert item.files == 2


def test_an_old_recording_is_recognised_by_its_name(write: Write) -> None:
    """An old recording has no header."""
    assert len(messages(read(write("dom.mobs", RECORDS[8:])))) == 8


def test_the_uploads_of_a_session_are_decoded_together(write: Write) -> None:
    """Uploads of one session share a dictionary."""
    item = read(write("s/1.bin", BATCH), write("s/2.bin", BATCH))
    assert len(item.parts) == 2


def test_a_session_is_named_by_its_folder(write: Write) -> None:
    """The folder's name is the session's id if it looks like one, as in the store."""
    assert read(write(f"{SESSION}/dom.mobs", RECORDS)).session_id == SESSION
    assert read(write("folder/dom.mobs", RECORDS)).session_id.endswith("folder/dom.mobs")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (RECORDS[:-1], "ends within a record"),
        (HEADER_V2 + BATCH + b"\x63\x01\x00\x00\x00", "unknown message id 99"),
        (b"\xff" * 7 + b"\x01" + BATCH, "no known version"),
        (b"\x51\x06" + BATCH[2:], "version 6 is not known"),
        (HEADER_V2, "holds no message"),
        (gzip.compress(BATCH, mtime=0)[:-3], "end within a member"),
    ],
    ids=("record-cut", "unknown-id", "no-version", "version-6", "no-message", "gzip-cut"),
)
def test_what_does_not_decode_is_an_error(write: Write, data: bytes, what: str) -> None:
    """The error names the file and the byte."""
    with pytest.raises(DecodeError, match=rf"file.*, byte \d+: .*{what}"):
        messages(read(write("file", data)))


@pytest.mark.parametrize(
    "data",
    [RECORDS + b"\x00\x63tail", HEADER_V2 + BATCH + b"\x63tail", BATCH + b"\x63tail"],
    ids=["v1", "v2", "upload"],
)
def test_salvage_keeps_what_decodes_and_the_bytes_of_the_rest(write: Write, data: bytes) -> None:
    """Bytes that do not decode are scanned as bytes, and listed as unscanned."""
    item = read(write("file", data), salvage=True)
    assert messages(item)
    assert item.parts[0].unscanned
    (text,) = item.texts
    assert isinstance(text.text, bytes)
    assert text.text.endswith(b"\x63tail")
    assert data[text.offset :] == text.text


def test_salvage_keeps_the_bytes_of_a_file_that_does_not_unpack(write: Write) -> None:
    """The fault is listed, and the packed bytes are scanned."""
    item = read(write("file", gzip.compress(BATCH)[:-3]), salvage=True)
    assert len(item.unscanned) == 1
    assert item.texts


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_salvage_decodes_the_part_of_a_cut_recording_that_unpacks(write: Write, pack: Callable[[bytes], bytes]) -> None:
    """The missing end is reported; everything before it is decoded."""
    records = HEADER_V1 + b"".join(
        encode_record(number, *message("SetNodeData", number, os.urandom(40).hex())) for number in range(6000)
    )
    item = read(write(f"{SESSION}/dom.mobs", pack(records)[:-2000]), salvage=True)
    assert len(list(SessionView(item.parts).messages)) > 100
    assert any("end within" in line for line in item.unscanned)


def test_a_link_to_a_folder_is_an_error(tmp_path: Path, write: Write) -> None:
    """A link to a folder is not followed and not skipped silently; neither is a pipe."""
    write("folder/file", b"text")
    (tmp_path / "scanned").mkdir()
    (tmp_path / "scanned" / "link").symlink_to(tmp_path / "folder")
    with pytest.raises(ConfigurationError, match="link: is a link to a folder"):
        files_under([tmp_path / "scanned"])
    (tmp_path / "scanned" / "link").unlink()
    os.mkfifo(tmp_path / "scanned" / "pipe")
    with pytest.raises(ConfigurationError, match="pipe: is no file"):
        files_under([tmp_path / "scanned"])


@pytest.mark.parametrize("version", [0, 6, 8, 11, 31])
def test_an_upload_of_an_unknown_version_is_an_error(write: Write, version: int) -> None:
    """An unknown version is no text: texts with the same first letter go on with letters or blanks."""
    with pytest.raises(DecodeError, match=f"version {version} is not known"):
        read(write("upload", bytes([BATCH[0], version]) + BATCH[2:]))


@pytest.mark.parametrize("salvage", [True, False])
@pytest.mark.parametrize("name", ["file", "dom.mobs"])
def test_a_bomb_is_listed(write: Write, name: str, *, salvage: bool) -> None:
    """What comes before the limit is read, and the rest is named, whether broken files are salvaged or not."""
    item = read(write(name, gzip.compress(b"beginning" + bytes(100_000))), limit=1000, salvage=salvage)
    (line,) = item.unscanned
    assert "not scanned further: unpacks to more than 0.000954 MB" in line
    assert any(b"beginning" in bytes(text.text) for text in item.texts if isinstance(text.text, bytes))


def test_an_empty_file_is_an_error(write: Write) -> None:
    """An empty file is never a pass."""
    with pytest.raises(ConfigurationError, match="the file is empty"):
        read(write("file", b""))


def test_any_other_file_is_scanned_as_bytes(write: Write) -> None:
    """A file of no known format is scanned as bytes."""
    item = read(write("file", b"\x00\x01 any bytes"))
    assert [text.text for text in item.texts] == [b"\x00\x01 any bytes"]


def test_utf16_with_the_first_letter_of_an_upload_is_none(write: Write) -> None:
    """Version 0 of an upload is an error; in UTF-16 the same byte is half a letter."""
    text = "Quite a text".encode("utf-16-le")
    assert [found.text for found in read(write("file", text)).texts] == [text]
    with pytest.raises(DecodeError, match="version 0 is not known"):
        read(write("upload", b"Q\x00" + BATCH[2:]))


def test_json_is_scanned_as_bytes_and_by_field(write: Write) -> None:
    """The fields of JSON have names; the bytes are scanned whatever the parser reads."""
    texts = {text.field: text.text for text in read(write("a.json", b'{"a": "b"}')).texts}
    assert (texts[""], texts["0.a"]) == (b'{"a": "b"}', "b")


def test_a_har_is_recognised_by_content(write: Write) -> None:
    """The texts of a HAR name request or response, and the field."""
    document = {"log": {"entries": [{"request": {"url": "https://x/?q=a"}}]}}
    item = read(write("file", json.dumps(document).encode()))
    assert ("request", "entries.0.url.q") in {(text.message, text.field) for text in item.texts}


def test_a_file_named_as_json_has_to_be_json(write: Write) -> None:
    """A cut HAR is an error; salvage scans its bytes."""
    path = write("a.har", b'{"log": {"entries": [')
    with pytest.raises(DecodeError, match=r"a\.har, byte 0: not JSON"):
        read(path)
    item = read(path, salvage=True)
    assert (len(item.texts), len(item.unscanned)) == (1, 1)


def test_canvas_frames_of_an_upload_are_images(write: Write) -> None:
    """The tracker sends frames as a file in a form (1.7)."""
    webp = b"RIFF\x0a\x00\x00\x00WEBPVP8 "
    frames = (1000).to_bytes(8, "little") + len(webp).to_bytes(4, "little") + webp
    head = b'--b\r\nContent-Disposition: form-data; name="frames"; filename="1_2.webp.frames"\r\n\r\n'
    item = read(write("images.bin", head + frames + b"\r\n--b--\r\n"))
    assert [(image.kind, image.time_ms, image.field) for image in item.images] == [("webp", 1000, "frames.frame 0")]
    assert item.unscanned


def test_images_are_listed_as_unscanned(write: Write) -> None:
    """An image is kept as an image, and its pixels are not searched."""
    item = read(write("a.png", b"\x89PNG\r\n\x1a\n...."))
    assert [image.kind for image in item.images] == ["png"]
    assert item.unscanned


FILES = {
    "v1": RECORDS,
    "v2": HEADER_V2 + BATCH,
    "upload": BATCH * 2,
    "har": json.dumps(
        {"log": {"entries": [{"request": {"url": "https://x/?q=a", "postData": {"text": "a=b"}}}]}}
    ).encode(),
    "form": b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\ntext\r\n--b--\r\n',
}
PACKERS: dict[str, Callable[[bytes], bytes]] = {"raw": bytes, "gzip": gzip.compress, "zstd": zstandard.compress}


@given(
    st.sampled_from(list(FILES)),
    st.sampled_from(list(PACKERS)),
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 255)), max_size=3),
    st.integers(1, 600),
)
def test_fuzz_no_file_crashes_and_none_is_silent(
    tmp_path_factory: pytest.TempPathFactory, name: str, pack: str, changes: list[tuple[int, int]], cut: int
) -> None:
    """Changed and cut files of every kind leave something to scan or to report with salvage."""
    data = bytearray(PACKERS[pack](FILES[name]))
    for place, byte in changes:
        data[place % len(data)] = byte
    path = tmp_path_factory.getbasetemp() / "fuzzed"
    path.write_bytes(data[:cut])
    item = read(path, salvage=True)
    assert item.texts or item.unscanned or any(SessionView(item.parts).messages)
