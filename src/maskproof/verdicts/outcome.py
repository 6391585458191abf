"""The outcome of a check: evidence, problems, findings, missing evidence, and the verdict that follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from maskproof.verdicts.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    The outcome of one check.

    `seen` is the evidence and `unseen` the missing evidence, one line each. `problems` and `findings` fail the check,
    `advisory` findings do not. `used` names masking rules that matched, or accepted findings that were found.
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
        """One line per problem, finding and piece of missing evidence; of a pass, its evidence."""
        lines = [*self.problems, *(describe_finding(finding) for finding in self.findings), *self.unseen]
        return "\n".join(lines) or ("; ".join(self.seen) if self.seen else "nothing was seen")


def describe_finding(finding: dict[str, Any]) -> str:
    """One finding as one line; names the value, never shows it."""
    where = f"{finding['system']} {finding['channel']}: {finding['message']}.{finding['field']} {finding['node'] or ''}"
    if finding["kind"] == "difference":
        return f"two people differ in {where}{_shapes(finding)}{_standing(finding)}"
    how = ", ".join(part for part in (finding["kind"], finding["match"], _encoded(finding["encoding"])) if part)
    line = f"{finding['value_id'] or 'a masked value'} ({how}) in {where} [{finding['source']}:{finding['offset']}]"
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
    """Several outcomes as one. A part without evidence is not made up for by the others."""
    parts: Sequence[Outcome] = list(outcomes)
    return Outcome(
        seen=tuple(line for part in parts for line in part.seen),
        problems=tuple(line for part in parts for line in part.problems),
        findings=tuple(finding for part in parts for finding in part.findings),
        unseen=tuple(line for part in parts for line in part.unseen or _nothing(part)),
        advisory=tuple(finding for part in parts for finding in part.advisory),
        figures={name: value for part in parts for name, value in part.figures.items()},
        used=tuple(dict.fromkeys(name for part in parts for name in part.used)),
    )
