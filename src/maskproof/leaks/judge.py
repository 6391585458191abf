"""Decides which findings count: the second net's switch, the policy of traces, the accepted findings."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from maskproof.leaks.accepted import Baseline
from maskproof.leaks.findings import Acceptance, Finding, ScanReport
from maskproof.leaks.policy import Policy, load_policy

SecondNetMode = Literal["advisory", "gate", "off"]
SECOND_NET_MODES: tuple[str, ...] = get_args(SecondNetMode)
POLICY = "policy:"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Findings with `gating` and `accepted_by` as decided, and what was accepted by whom and why."""

    findings: tuple[Finding, ...]
    acceptances: tuple[Acceptance, ...]

    @property
    def failing(self) -> tuple[Finding, ...]:
        """The findings that fail a check."""
        return tuple(one for one in self.findings if one.gating and one.accepted_by is None)

    @property
    def advisory(self) -> tuple[Finding, ...]:
        """The findings that are told and fail nothing."""
        return tuple(one for one in self.findings if not one.gating or one.accepted_by is not None)


@dataclass(frozen=True, slots=True)
class Judge:
    """What a run is configured to let pass."""

    policy: Policy
    baseline: Baseline
    second_net: SecondNetMode = "advisory"

    def judge(self, findings: Iterable[Finding]) -> Judgement:
        """Decide of each finding."""
        reasons: dict[tuple[str, str], int] = {}
        judged = []
        for finding in findings:
            one, by, reason = self._decide(finding)
            judged.append(one)
            if by:
                reasons[by, reason] = reasons.get((by, reason), 0) + 1
        acceptances = tuple(Acceptance(by, reason, count) for (by, reason), count in reasons.items())
        return Judgement(tuple(judged), acceptances)

    def _decide(self, finding: Finding) -> tuple[Finding, str, str]:
        if finding.kind == "pattern":
            finding = replace(finding, gating=self.second_net == "gate")
        entry = self.baseline.entry_for(finding)
        if entry is not None:
            return replace(finding, accepted_by=entry.id), entry.id, f"{entry.reason} ({entry.owner})"
        rule = self.policy.rule_for(finding)
        if rule is not None:
            return replace(finding, gating=False), f"{POLICY}{rule.id}", rule.reason
        return finding, "", ""

    def conclude(self, report: ScanReport) -> ScanReport:
        """Decide of a whole scan, which also tells what of the accepted findings is over or was not found."""
        judgement = self.judge(report.findings)
        used = {one.accepted_by for one in judgement.findings if one.accepted_by}
        return replace(
            report,
            findings=judgement.findings,
            accepted=judgement.acceptances,
            problems=(*report.problems, *self.baseline.expired(), *self.baseline.unused(used)),
        )


def standard_judge() -> Judge:
    """The judge of a run that is configured with nothing."""
    return Judge(load_policy(), Baseline())
