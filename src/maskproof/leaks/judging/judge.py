"""Decides which findings count: the second net's switch, the policy of traces, the accepted findings."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from maskproof.leaks.channels import RAW_CHANNELS
from maskproof.leaks.findings import Acceptance, Finding, ScanReport
from maskproof.leaks.judging.accepted import Baseline
from maskproof.leaks.judging.policy import Policy
from maskproof.settings import SecondNetMode

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
        decided = [self._decide(finding) for finding in findings]
        read = _by_value(one for one, _, _ in decided if one.channel not in RAW_CHANNELS)
        counts: Counter[tuple[str, str]] = Counter((by, reason) for _, by, reason in decided if by)
        return Judgement(
            findings=tuple(_as_read(one, read.get(_value_of(one), ())) for one, _, _ in decided),
            acceptances=tuple(Acceptance(by, reason, count) for (by, reason), count in counts.items()),
        )

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
        unused = () if report.unread else self.baseline.unused(used)  # it may be in what was not read
        return replace(
            report,
            findings=judgement.findings,
            accepted=judgement.acceptances,
            problems=(*report.problems, *self.baseline.expired(), *unused),
        )


Key = tuple[str, str, str]


def _value_of(finding: Finding) -> Key:
    """What was found in which file; both parts of an upload are one file."""
    return finding.source.partition("#")[0], finding.kind, finding.value_id


def _by_value(findings: Iterable[Finding]) -> dict[Key, list[Finding]]:
    found: dict[Key, list[Finding]] = {}
    for one in findings:
        found.setdefault(_value_of(one), []).append(one)
    return found


def _as_read(finding: Finding, read: Sequence[Finding]) -> Finding:
    """
    A finding in a file's bytes, as what the file's messages say of the same value.

    Bytes have no channel, so no entry of a baseline can accept them by itself without accepting all channels.
    """
    if finding.channel not in RAW_CHANNELS or finding.accepted_by is not None or not read:
        return finding
    if all(one.accepted_by is not None or not one.gating for one in read):
        return replace(finding, gating=finding.gating and read[0].gating, accepted_by=read[0].accepted_by)
    return finding
