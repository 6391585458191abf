"""The outcome of a check: evidence, problems, findings, missing evidence, and the verdict that follows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from maskproof.verdicts.verdict import Verdict

# What makes several findings one cause. Different values, and findings that count or not, are never put together; what
# names no value is known by its place as well.
GROUPED_BY = ("kind", "value_id", "system", "channel", "node", "gating", "accepted_by")
PLACE = ("message", "field")


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    The outcome of one check.

    `seen` is the evidence and `unseen` the missing evidence, one line each. `problems` and `findings` fail the check,
    `advisory` findings do not. `used` names masking rules that matched, accepted findings that were found, or trackers.
    """

    seen: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    findings: tuple[dict[str, Any], ...] = ()
    unseen: tuple[str, ...] = ()
    advisory: tuple[dict[str, Any], ...] = ()
    figures: dict[str, float] = field(default_factory=dict)
    used: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Any problem or finding is a fail; without evidence, or with missing evidence, the verdict is inconclusive."""
        if self.problems or self.findings:
            return "fail"
        return "inconclusive" if self.unseen or not self.seen else "pass"

    @property
    def explanation(self) -> str:
        """One line per problem, place of a value and piece of missing evidence; of a pass, its evidence."""
        lines = [*_once(self.problems), *describe_findings(self.findings), *_once(self.unseen)]
        return "\n".join(lines) or ("; ".join(self.seen) if self.seen else "nothing was seen")


def _once(lines: Iterable[str]) -> Iterator[str]:
    """Each line once, with how often it was there: two people run into the same cause."""
    for line, count in Counter(lines).items():
        yield f"{line} ({count} times)" if count > 1 else line


def grouped_findings(findings: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], int]]:
    """The first finding of each value, channel and node, and how many there are."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for finding in findings:
        names = GROUPED_BY if finding.get("value_id") else (*GROUPED_BY, *PLACE)
        groups.setdefault(tuple(finding.get(name) for name in names), []).append(finding)
    return [(found[0], len(found)) for found in groups.values()]


def describe_findings(findings: Iterable[dict[str, Any]]) -> list[str]:
    """Findings as lines, one for each value, channel and node, with how many there are."""
    return [counted(describe_finding(finding), count) for finding, count in grouped_findings(findings)]


def counted(line: str, count: int) -> str:
    """The line of a finding that is there so often."""
    return f"{line} and {count - 1} more there" if count > 1 else line


def describe_finding(finding: dict[str, Any], *, with_source: bool = True) -> str:
    """
    One finding as one line; names the value, never shows it.

    Args:
        finding: The finding.
        with_source: Whether the line names the file and the byte, by which equal findings differ.

    """
    node = f" {finding['node']}" if finding["node"] else ""
    where = f"{finding['system']} {finding['channel']}: {finding['message']}.{finding['field']}{node}"
    if finding["kind"] == "difference":
        return f"two people differ in {where}{_shapes(finding)}{_standing(finding)}"
    how = ", ".join(part for part in (finding["kind"], finding["match"], _encoded(finding["encoding"])) if part)
    source = f" [{finding['source']}:{finding['offset']}]" if with_source else ""
    line = f"{finding['value_id'] or 'a masked value'} ({how}) in {where}{source}"
    return line + _shapes(finding) + _standing(finding)


def _shapes(finding: dict[str, Any]) -> str:
    """The shapes of the two texts of a difference."""
    return " ({}, and {})".format(*map(repr, finding["shapes"])) if finding.get("shapes") else ""


def _standing(finding: dict[str, Any]) -> str:
    """The end of the line of a finding that fails nothing."""
    if finding["accepted_by"]:
        return f", accepted by {finding['accepted_by']}"
    return "" if finding["gating"] else ", advisory"


def _encoded(encoding: Sequence[str]) -> str:
    return f"as {' > '.join(encoding)}" if encoding else ""


def _nothing(part: Outcome) -> tuple[str, ...]:
    return ("a part of the check saw nothing",) if part.verdict == "inconclusive" else ()


def joined(outcomes: Iterable[Outcome]) -> Outcome:
    """Several outcomes as one, each line once. A part without evidence is not made up for by the others."""
    parts: Sequence[Outcome] = list(outcomes)
    return Outcome(
        seen=tuple(line for part in parts for line in part.seen),
        problems=tuple(dict.fromkeys(line for part in parts for line in part.problems)),
        findings=tuple(finding for part in parts for finding in part.findings),
        unseen=tuple(dict.fromkeys(line for part in parts for line in part.unseen or _nothing(part))),
        advisory=tuple(finding for part in parts for finding in part.advisory),
        figures={name: value for part in parts for name, value in part.figures.items()},
        used=tuple(dict.fromkeys(name for part in parts for name in part.used)),
    )
