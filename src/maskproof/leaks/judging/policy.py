"""
The leak policy: which traces of masked values are accepted, in which channels, and why.

It covers only what a mask reveals (`length`, `partial`), never values.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from maskproof.documents import read_document
from maskproof.leaks.findings import Finding

SCHEMA = "leak-policy.json"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """One accepted kind of trace; category `unknown` is that of a trace that shows no value."""

    id: str
    kind: str
    channels: frozenset[str]
    categories: frozenset[str]
    reason: str

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is of this kind, in one of the channels, of one of the categories."""
        return (
            finding.kind == self.kind
            and finding.channel in self.channels
            and (finding.category or UNKNOWN) in self.categories
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """Every accepted kind of trace."""

    rules: tuple[PolicyRule, ...] = ()

    def rule_for(self, finding: Finding) -> PolicyRule | None:
        """The first rule that covers a finding."""
        return next((rule for rule in self.rules if rule.covers(finding)), None)


def load_policy(path: Path | None = None) -> Policy:
    """
    Read a policy.

    Args:
        path: A file; none means the default policy, which comes with Maskproof.

    Raises:
        ConfigurationError: The file cannot be read or does not match its schema, or an id occurs twice.

    """
    if path is not None:
        return _read(path)
    with as_file(files("maskproof.leaks.judging").joinpath("policy.yaml")) as shipped:
        return _read(shipped)


def _read(path: Path) -> Policy:
    document = read_document(path, SCHEMA)
    seen: set[str] = set()
    rules = []
    for number, entry in enumerate(document.data["accept"]):
        if entry["id"] in seen:
            raise document.error(("accept", number, "id"), f"the id {entry['id']} is there twice.")
        seen.add(entry["id"])
        rules.append(
            PolicyRule(
                id=entry["id"],
                kind=entry["kind"],
                channels=frozenset(entry["channels"]),
                categories=frozenset(entry["categories"]),
                reason=" ".join(entry["reason"].split()),
            )
        )
    return Policy(tuple(rules))
