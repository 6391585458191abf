"""
What an interrupted scan has done already: a file of JSON lines, one a thing scanned.

It holds findings and keyed digests of files, and no value. Of the values file and the options it holds a
fingerprint that is slow to compute, so that nobody tries values on it.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO

from maskproof.errors import ConfigurationError
from maskproof.leaks.findings import Finding, ScanReport

FORMAT = 1
SALT_BYTES = 16
SCRYPT_COST = 1 << 14
DIGEST_BYTES = 16
CHUNK = 1 << 20
Digests = tuple[str, ...]
FINDING = tuple(field.name for field in fields(Finding))


@dataclass(frozen=True, slots=True)
class Done:
    """What one scan of some files gave, and the digests of the files then."""

    digests: Digests
    report: ScanReport


class ResumeState:
    """
    The state of a scan, read from a file and written on.

    Args:
        path: The file; what belongs to other values, options or another version is started anew.
        values: The values file.
        options: Everything else that findings depend on.

    Raises:
        ConfigurationError: The file is something else, or cannot be read or written.

    """

    def __init__(self, path: Path, *, values: Path, options: Sequence[object]) -> None:
        self._path = path
        secret = values.read_bytes() + repr((version("maskproof"), *options)).encode()
        lines = _lines(path)
        self.salt = bytes.fromhex(lines[0]["salt"]) if lines else secrets.token_bytes(SALT_BYTES)
        fingerprint = hashlib.scrypt(secret, salt=self.salt, n=SCRYPT_COST, r=8, p=1, dklen=DIGEST_BYTES).hex()
        is_same = bool(lines) and lines[0]["fingerprint"] == fingerprint
        self._done = {tuple(line["files"]): _done(line) for line in lines[1:]} if is_same else {}
        self._out = self._start(fingerprint)

    def _start(self, fingerprint: str) -> TextIO:
        """Write what still holds into a fresh file, so that a line cut by an interruption is gone."""
        fresh = self._path.with_name(self._path.name + ".new")
        try:
            out = os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8")
            _write(out, {"maskproof_scan": FORMAT, "salt": self.salt.hex(), "fingerprint": fingerprint})
            for files, done in self._done.items():
                _write(out, _line(files, done))
            fresh.replace(self._path)
        except OSError as error:
            raise ConfigurationError(f"{self._path}: cannot be written: {error.strerror}.") from error
        return out

    def known(self, paths: Sequence[Path]) -> Done | None:
        """What an earlier scan of the files gave; the files may have changed since."""
        return self._done.get(tuple(map(str, paths)))

    def add(self, paths: Sequence[Path], done: Done) -> None:
        """Keep a result, at once."""
        _write(self._out, _line(tuple(map(str, paths)), done))

    def close(self) -> None:
        """Close the file; what was added stays."""
        self._out.close()


def digests_of(paths: Sequence[Path], salt: bytes) -> Digests:
    """A keyed digest of the contents of each file."""
    return tuple(_digest(path, salt) for path in paths)


def _digest(path: Path, salt: bytes) -> str:
    digest = hashlib.blake2b(key=salt, digest_size=DIGEST_BYTES)
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}.") from error
    return digest.hexdigest()


def _lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a state; the last may be cut. Of a state of another format there are none."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read as the state of a scan.") from error
    lines: list[dict[str, Any]] = []
    for line in text.splitlines():
        try:
            lines.append(json.loads(line))
        except ValueError:
            break
    if text and (not lines or not isinstance(lines[0], dict) or "maskproof_scan" not in lines[0]):
        raise ConfigurationError(
            f"{path}: is not the state of a scan.", hint="Name a file that is not there yet: it will be written."
        )
    return lines if not lines or lines[0]["maskproof_scan"] == FORMAT else []


def _write(out: TextIO, line: dict[str, Any]) -> None:
    out.write(json.dumps(line, ensure_ascii=False) + "\n")
    out.flush()


def _line(files: tuple[str, ...], done: Done) -> dict[str, Any]:
    report = done.report
    return {
        "files": files,
        "digests": done.digests,
        "findings": [{name: getattr(finding, name) for name in FINDING} for finding in report.findings],
        "scanned": [report.files, report.messages, report.bytes],
        "unscanned": report.unscanned,
    }


def _done(line: dict[str, Any]) -> Done:
    findings = tuple(Finding(**{**one, "encoding": tuple(one["encoding"])}) for one in line["findings"])
    files, messages, size = line["scanned"]
    report = ScanReport(findings, files, messages, size, tuple(line["unscanned"]))
    return Done(tuple(line["digests"]), report)
