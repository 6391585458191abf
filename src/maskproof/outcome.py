"""What one check saw: enough to see, problems, findings; and the verdict that follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from maskproof.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What a check saw.

    `seen` says what there was to see, `problems` and `findings` what should not be there, `unseen` what had to
    be seen and was not; `used` names the masking rules that matched anything.
    """

    seen: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    findings: tuple[dict[str, Any], ...] = ()
    unseen: tuple[str, ...] = ()
    figures: dict[str, float] = field(default_factory=dict)
    used: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Fail outranks inconclusive; `unseen` lists what had to be seen and was not."""
        if self.problems or self.findings:
            return "fail"
        return "inconclusive" if self.unseen or not self.seen else "pass"

    @property
    def explanation(self) -> str:
        """One line a problem."""
        lines = [*self.problems, *(describe_finding(finding) for finding in self.findings), *self.unseen]
        return "\n".join(lines) or ("; ".join(self.seen) if self.seen else "nothing was seen")


def describe_finding(finding: dict[str, Any]) -> str:
    """One finding as one line."""
    encoding = " > ".join(finding["encoding"])
    if finding["kind"] == "difference":
        return (
            f"two people differ in {finding['system']} {finding['channel']}: {finding['message']}.{finding['field']} "
            f"{finding['node'] or ''}"
        )
    return (
        f"{finding['value_id']} ({finding['kind']}, {finding['match']}{', as ' + encoding if encoding else ''}) in "
        f"{finding['system']} {finding['channel']}: {finding['message']}.{finding['field']} "
        f"{finding['node'] or ''} [{finding['source']}:{finding['offset']}]"
    )


def joined(outcomes: Iterable[Outcome]) -> Outcome:
    """Several outcomes as one."""
    parts: Sequence[Outcome] = list(outcomes)
    return Outcome(
        seen=tuple(one for part in parts for one in part.seen),
        problems=tuple(one for part in parts for one in part.problems),
        findings=tuple(one for part in parts for one in part.findings),
        unseen=tuple(one for part in parts for one in part.unseen),
        figures={name: value for part in parts for name, value in part.figures.items()},
        used=tuple(dict.fromkeys(one for part in parts for one in part.used)),
    )
