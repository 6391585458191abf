"""
Archives: every member of a zip or tar is read as a file of its own; files packed with bzip2 or xz are unpacked.

An archive of an unsupported kind is an error: its bytes do not show what it holds.
"""

import bz2
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from maskproof.leaks.budget import Budget
from maskproof.leaks.files.formats.contents import BETWEEN_MEMBERS, Contents, Location, ReadBody
from maskproof.openreplay.primitives import DecodeError

TAR_MARK, TAR_MARK_AT = b"ustar", 257
ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
BZIP2_MARK, XZ_MARK = b"BZh", b"\xfd7zXZ\x00"
UNREAD = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "rar"}
# Deepest nesting of archives that is read.
DEEPEST = 4
ENCRYPTED_BIT = 1

# What the readers of the standard library raise on damaged archives: their own errors, and accidental ones.
FAULTS = (
    *(zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, OSError, EOFError),
    *(RuntimeError, NotImplementedError, ValueError, KeyError, IndexError, OverflowError, struct.error),
)
Member = tuple[str, bytes]


def archive_kind(data: bytes) -> str:
    """The kind of an archive or a packed file; empty for anything else."""
    if data.startswith(ZIP_MARKS):
        return "zip"
    if data[TAR_MARK_AT : TAR_MARK_AT + len(TAR_MARK)] == TAR_MARK:
        return "tar"
    if data.startswith(BZIP2_MARK) and data[4:10] == b"1AY&SY":
        return "bzip2"
    if data.startswith(XZ_MARK):
        return "xz"
    return next((kind for mark, kind in UNREAD.items() if data.startswith(mark)), "")


def read_archive(data: bytes, kind: str, location: Location, contents: Contents, read_body: ReadBody) -> None:
    """
    Add every member: its bytes, and what they hold.

    Args:
        data: The archive.
        kind: Its kind, see `archive_kind`.
        location: Its file, part and path.
        contents: Collects what is read.
        read_body: Reads a member.

    Raises:
        DecodeError: It is broken, encrypted or of an unsupported kind, and salvage is off.
        OverBudget: It unpacks to more than the budget.

    """
    if contents.depth >= DEEPEST:
        contents.add_fault(DecodeError(f"archives within archives, {DEEPEST} deep", source=location.source))
        return
    contents.depth += 1
    members = _members(data, kind, contents.budget)
    while (member := _next(members, kind, location, contents)) is not None:
        name, body = member
        at = Location(f"{location.source}/{name}" if name else location.source, location.message, location.field)
        contents.add_text(at, body)
        read_body(body, "", at, contents)
        del member, body
        contents.hand_on(BETWEEN_MEMBERS)
    contents.depth -= 1


def _next(members: Iterator[Member], kind: str, location: Location, contents: Contents) -> Member | None:
    """The next member; none at the end and after a fault."""
    try:
        return next(members, None)
    except UnreadableError as error:
        what = str(error)
    except FAULTS as error:
        what = f"is broken ({type(error).__name__})"
    contents.add_fault(DecodeError(f"the archive ({kind}) {what}", source=location.source))
    return None


class UnreadableError(Exception):
    """An archive that cannot be read to its end."""


def _read(member: IO[bytes], budget: Budget) -> bytes:
    """Read a member to its end, and at most one byte more than is allowed."""
    data = member.read(budget.left + 1)
    budget.spend(len(data))
    return data


def _members(data: bytes, kind: str, budget: Budget) -> Iterator[Member]:
    """Name and bytes of each member; a packed file has one member, without a name."""
    file = io.BytesIO(data)
    if kind == "zip":
        yield from _of_zip(file, budget)
    elif kind == "tar":
        yield from _of_tar(file, budget)
    elif kind == "bzip2":
        with bz2.BZ2File(file) as packed:
            yield "", _read(packed, budget)
    elif kind == "xz":
        with lzma.LZMAFile(file) as packed_xz:
            yield "", _read(packed_xz, budget)
    else:
        raise UnreadableError("is of a kind that is not read")


def _of_zip(file: IO[bytes], budget: Budget) -> Iterator[Member]:
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            if info.flag_bits & ENCRYPTED_BIT:
                raise UnreadableError("has an encrypted member")
            if not info.is_dir():
                with archive.open(info) as member:
                    yield info.filename, _read(member, budget)


def _of_tar(file: IO[bytes], budget: Budget) -> Iterator[Member]:
    with tarfile.open(fileobj=file, mode="r:") as archive:
        for info in archive:
            member = archive.extractfile(info) if info.isfile() else None
            if member is not None:
                yield info.name, _read(member, budget)
