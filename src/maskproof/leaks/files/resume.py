"""
The state of an interrupted scan: a file of JSON lines, one for each scanned group of files.

It holds findings and keyed digests of files, and no value. The fingerprint of the values file and the options is slow
to compute, so that nobody can try values on it.
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
    """The result of scanning a group of files, and the digests of the files at that time."""

    digests: Digests
    report: ScanReport


NEW_FILE = "Name a file that is not there yet: it will be written."


class ResumeState:
    """
    The state of a scan: reads a file, and adds new results to it.

    Args:
        path: The file; results for other values, options or another version are dropped.
        values: The values file.
        options: Everything else that findings depend on.

    Raises:
        ConfigurationError: The file is not the state of a scan, or cannot be read or written.

    """

    def __init__(self, path: Path, *, values: Path, options: Sequence[object]) -> None:
        self._path = path
        secret = values.read_bytes() + repr((version("maskproof"), *options)).encode()
        lines = _lines(path)
        try:
            self.salt = bytes.fromhex(lines[0]["salt"]) if lines else secrets.token_bytes(SALT_BYTES)
            fingerprint = hashlib.scrypt(secret, salt=self.salt, n=SCRYPT_COST, r=8, p=1, dklen=DIGEST_BYTES).hex()
            is_same = bool(lines) and lines[0]["fingerprint"] == fingerprint
            self._done = {tuple(line["files"]): _done(line) for line in lines[1:]} if is_same else {}
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ConfigurationError(f"{path}: is not the state of a scan.", hint=NEW_FILE) from error
        self._out = self._start(fingerprint)

    def _start(self, fingerprint: str) -> TextIO:
        """Write the results that still hold to a fresh file, without a line that an interruption cut."""
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
        """The result of an earlier scan of the files; they may have changed since."""
        return self._done.get(tuple(map(str, paths)))

    def add(self, paths: Sequence[Path], done: Done) -> None:
        """
        Write a result to the file at once.

        Args:
            paths: The files of the group.
            done: The result.

        """
        _write(self._out, _line(tuple(map(str, paths)), done))

    def close(self) -> None:
        """Close the file; the results in it stay."""
        self._out.close()


def digests_of(paths: Sequence[Path], salt: bytes) -> Digests:
    """
    A keyed digest of the contents of each file.

    Args:
        paths: The files.
        salt: The key.

    Returns:
        Hexadecimal digests, in the order of the files.

    Raises:
        ConfigurationError: A file cannot be read.

    """
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
    """The complete lines of a state; none of a state of another format."""
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
        raise ConfigurationError(f"{path}: is not the state of a scan.", hint=NEW_FILE)
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
    lists = ("encoding", "shapes")
    findings = tuple(
        Finding(**{**finding, **{name: tuple(finding.get(name, ())) for name in lists}}) for finding in line["findings"]
    )
    files, messages, size = line["scanned"]
    report = ScanReport(findings, files, messages, size, tuple(line["unscanned"]))
    return Done(tuple(line["digests"]), report)
