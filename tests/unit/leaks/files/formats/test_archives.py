"""Archives are read member by member; a member that cannot be read is an error."""

import bz2
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskproof.leaks.budget import Budget, OverBudget
from maskproof.leaks.files.formats.bodies import read_body
from maskproof.leaks.files.formats.contents import Contents, Location
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.primitives import DecodeError
from maskproof.openreplay.session import SessionView

UPLOAD = encode_batch([message("SetNodeData", 1, "text")], location="/")
FILES = {"a.txt": b"some text", "folder/b.json": b'{"a": "b"}', "c.bin": UPLOAD}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of some files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    """A tar of some files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def read(data: bytes, *, salvage: bool = False, limit: int = 1 << 20) -> Contents:
    """Read an archive."""
    contents = Contents(Budget(limit), salvage=salvage)
    read_body(data, "", Location("x"), contents)
    return contents


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_members_are_read_by_their_content(pack: type[bytes]) -> None:
    """The source of a member is the name of the archive and its own."""
    contents = read(pack(FILES))  # type: ignore[arg-type]
    found = {(text.source, text.field): text.text for text in contents.texts}
    assert found["x/a.txt", ""] == b"some text"
    assert found["x/folder/b.json", "0.a"] == "b"
    assert next(found for found in SessionView(contents.parts).messages if found.name == "SetNodeData").values == (
        1,
        "text",
    )


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress])
def test_packed_files_are_unpacked(pack: type[bytes]) -> None:
    """Packed files are unpacked and read by their content."""
    assert {text.field for text in read(pack(b'{"a": "b"}')).texts} == {"", "0.a", "0.(key)"}


def test_archives_in_archives_are_read() -> None:
    """The members of an archive in an archive are read."""
    assert b"some text" in {text.text for text in read(zipped({"inner.tar": tarred(FILES)})).texts}


def test_a_har_with_its_bodies_beside_is_read() -> None:
    """Playwright zips a HAR with its bodies as members."""
    har = {"log": {"entries": [{"response": {"content": {"_file": "body.txt"}}}]}}
    contents = read(zipped({"har.har": json.dumps(har).encode(), "body.txt": b"in the body"}))
    assert b"in the body" in {text.text for text in contents.texts}


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (zipped(FILES)[:-30], r"\(zip\) is broken"),
        (tarred(FILES)[:1000], r"\(tar\) is broken"),
        (bz2.compress(bytes(1000))[:-4], r"\(bzip2\) is broken"),
        (lzma.compress(bytes(1000))[:-4], r"\(xz\) is broken"),
        (b"7z\xbc\xaf\x27\x1c....", r"\(7z\) is of a kind that is not read"),
        (b"Rar!\x1a\x07\x00....", r"\(rar\) is of a kind that is not read"),
    ],
)
def test_an_archive_that_cannot_be_read_is_an_error(data: bytes, what: str) -> None:
    """A broken archive, or one of an unsupported kind, does not count as scanned."""
    with pytest.raises(DecodeError, match=what):
        read(data)
    assert read(data, salvage=True).unscanned


def test_an_encrypted_member_is_an_error() -> None:
    """An encrypted member cannot be read."""
    data = bytearray(zipped({"a": b"text"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(DecodeError, match="has an encrypted member"):
        read(bytes(data))


@pytest.mark.parametrize(
    "data", [zipped({"a": bytes(5000)}), tarred({"a": bytes(600), "b": bytes(600)}), bz2.compress(bytes(5000))]
)
def test_a_bomb_stops_at_the_limit(data: bytes) -> None:
    """The limit is for all members together."""
    with pytest.raises(OverBudget, match=r"unpacks to more than 0.000954 MB"):
        read(data, limit=1000)


def test_archives_within_archives_spend_one_budget() -> None:
    """A nest of archives unpacks to no more than one archive may; what came before the limit was read."""
    member = zipped({"a": bytes(400), "b": b"text"})
    contents = Contents(Budget(1000))
    with pytest.raises(OverBudget):
        read_body(zipped({"1": member, "2": member, "3": member}), "", Location("x.zip"), contents)
    assert sum(len(text.text) for text in contents.texts) <= 1000
    assert b"text" in [text.text for text in contents.texts]


def test_a_nest_of_archives_ends() -> None:
    """The depth of nested archives is limited."""
    data = b"text"
    for _ in range(6):
        data = zipped({"a": data})
    with pytest.raises(DecodeError, match="archives within archives"):
        read(data)


@given(
    st.sampled_from([zipped(FILES), tarred(FILES), bz2.compress(b"text" * 50), lzma.compress(b"text" * 50)]), st.data()
)
def test_fuzz_a_changed_archive_is_read_or_refused(archive: bytes, data: st.DataObject) -> None:
    """A changed archive never crashes the reader."""
    changed = bytearray(archive)
    for place, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(archive) - 1), st.integers(0, 255)), max_size=4)
    ):
        changed[place] = byte
    contents = read(bytes(changed), salvage=True)
    assert contents.depth == 0
