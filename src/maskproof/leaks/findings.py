"""The result of a scan: findings, and how much was scanned. No field of either ever holds a value."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from maskproof.verdicts.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    One PII value seen in one channel, or a trace of it.

    `kind` is value, partial, length, difference or pattern. `match` is exact, normalised, partial, prefix, hash or
    pattern, and empty where no text was matched. `encoding` is outermost first. `source` is the file or batch, and
    `offset` the byte in it. `value_id` of a pattern is its name, e.g. `pattern:email`; `value_id` and `category` are
    empty where a trace does not show which value it is of. A finding counts (`gating`) until a judge decides otherwise.
    `shapes` are those of the two texts that differ: `A` and `a` for letters, `9` for digits.
    """

    kind: str
    gating: bool = True
    accepted_by: str | None = None
    value_id: str = ""
    category: str = ""
    system: str
    session_id: str
    channel: str
    message: str
    field: str
    node: str
    encoding: tuple[str, ...] = ()
    match: str = ""
    source: str
    offset: int
    shapes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object that `--json` prints; `shapes` only where two texts were compared."""
        data = {**asdict(self), "encoding": list(self.encoding)}
        shapes = data.pop("shapes")
        return {**data, "shapes": list(shapes)} if shapes else data


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How many findings a rule of the policy (`policy:<id>`) or an entry of the baseline accepts, and why."""

    by: str
    reason: str
    findings: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Files that were not scanned at all: why, what to do, and the exit status of the command."""

    message: str
    hint: str
    exit_code: int


@dataclass(frozen=True, slots=True)
class ScanReport:
    """
    The findings of one scan, and what was scanned.

    `unscanned` names the unreadable parts of salvaged files, `unread` the files that were not scanned at all; a scan
    with any of them is never a pass. `problems` fail a scan without being findings: accepted findings that have expired
    or were not found.
    """

    findings: tuple[Finding, ...] = ()
    files: int = 0
    messages: int = 0
    bytes: int = 0
    unscanned: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Fail for a problem or a gating finding that is not accepted; inconclusive if anything was left unread."""
        if self.problems or any(finding.gating and finding.accepted_by is None for finding in self.findings):
            return "fail"
        return "inconclusive" if self.unscanned or self.unread or not self.files else "pass"

    @classmethod
    def merged(cls, reports: Iterable["ScanReport"]) -> "ScanReport":
        """Many scans as one, in their order and in linear time."""
        parts = list(reports)

        def every(name: str) -> tuple[Any, ...]:
            return tuple(chain.from_iterable(getattr(part, name) for part in parts))

        return cls(
            every("findings"),
            sum(part.files for part in parts),
            sum(part.messages for part in parts),
            sum(part.bytes for part in parts),
            *map(every, ("unscanned", "problems", "accepted", "unread")),
        )

    def __add__(self, other: "ScanReport") -> "ScanReport":
        """Both scans as one; see `merged` for many."""
        return ScanReport.merged((self, other))

    def to_json(self) -> dict[str, Any]:
        """The object that `--json` prints."""
        scanned = {"files": self.files, "messages": self.messages, "bytes": self.bytes}
        if self.unscanned:
            scanned["unscanned"] = list(self.unscanned)  # type: ignore[assignment]
        data: dict[str, Any] = {
            "verdict": self.verdict,
            "findings": [finding.to_json() for finding in self.findings],
            "scanned": scanned,
        }
        if self.accepted:
            data["accepted"] = [asdict(acceptance) for acceptance in self.accepted]
        if self.problems:
            data["problems"] = list(self.problems)
        if self.unread:
            data["unread"] = [{"message": unread.message, "hint": unread.hint} for unread in self.unread]
        return data
