"""Decides which findings count, by the mode of the pattern-based detection, the leak policy and the baseline."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from maskproof.leaks.channels import RAW_CHANNELS
from maskproof.leaks.findings import Acceptance, Finding, ScanReport
from maskproof.leaks.judging.accepted import CANVAS, Baseline
from maskproof.leaks.judging.policy import Policy
from maskproof.settings import SecondNetMode

POLICY = "policy:"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Findings with `gating` and `accepted_by` decided, and what accepted how many of them, and why."""

    findings: tuple[Finding, ...]
    acceptances: tuple[Acceptance, ...]

    @property
    def failing(self) -> tuple[Finding, ...]:
        """The findings that fail a check."""
        return tuple(finding for finding in self.findings if finding.gating and finding.accepted_by is None)

    @property
    def advisory(self) -> tuple[Finding, ...]:
        """The findings that are reported and fail nothing."""
        return tuple(finding for finding in self.findings if not finding.gating or finding.accepted_by is not None)


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides by what a run is configured to accept."""

    policy: Policy
    baseline: Baseline
    second_net: SecondNetMode = "advisory"

    def judge(self, findings: Iterable[Finding]) -> Judgement:
        """Decide on each finding."""
        decided = [self._decide(finding) for finding in findings]
        read = _by_value(finding for finding, _, _ in decided if finding.channel not in RAW_CHANNELS)
        counts: Counter[tuple[str, str]] = Counter((by, reason) for _, by, reason in decided if by)
        return Judgement(
            findings=tuple(_as_read(finding, read.get(_value_of(finding), ())) for finding, _, _ in decided),
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
        """Decide on a whole scan; accepted findings that have expired or were not found are problems of it."""
        judgement = self.judge(report.findings)
        used = {finding.accepted_by for finding in judgement.findings if finding.accepted_by}
        # Canvases are accepted by form, and a scan of files knows of none.
        used |= {entry.id for entry in self.baseline.entries if entry.match["kind"] == CANVAS}
        unused = () if report.unread else self.baseline.unused(used)  # an unread file may hold them
        return replace(
            report,
            findings=judgement.findings,
            accepted=judgement.acceptances,
            problems=(*report.problems, *self.baseline.expired(), *unused),
        )


Key = tuple[str, str, str]


def _value_of(finding: Finding) -> Key:
    """File, kind and value of a finding; both parts of an upload are one file."""
    return finding.source.partition("#")[0], finding.kind, finding.value_id


def _by_value(findings: Iterable[Finding]) -> dict[Key, list[Finding]]:
    found: dict[Key, list[Finding]] = {}
    for finding in findings:
        found.setdefault(_value_of(finding), []).append(finding)
    return found


def _as_read(finding: Finding, read: Sequence[Finding]) -> Finding:
    """
    A finding in the bytes of a file, judged as the findings of the same value in the file's messages (`read`).

    Bytes have no channel of their own, so an entry of a baseline that accepts them would accept all channels.
    """
    if finding.channel not in RAW_CHANNELS or finding.accepted_by is not None or not read:
        return finding
    if all(other.accepted_by is not None or not other.gating for other in read):
        return replace(finding, gating=finding.gating and read[0].gating, accepted_by=read[0].accepted_by)
    return finding
