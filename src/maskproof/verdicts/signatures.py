"""
What people have signed: criteria that no check of a run can speak for, each with who, when and the decision.

A signature may name the version of the masking rules that it is about. It counts for no other version, so that an
audit of old rules is never shown for new ones.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from maskproof.documents import Document, read_document
from maskproof.verdicts.proofs import BY_PERSON, FAILED, NOT_CHECKED, Proof

SCHEMA = "signatures.json"
ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Signature:
    """One decision of one person; `rules` is the version of the masking rules it is about, empty for any."""

    criteria: tuple[str, ...]
    by: str
    role: str
    day: date
    decision: str
    rules: str = ""
    note: str = ""


def load_signatures(path: Path | None, known: Collection[str]) -> tuple[Signature, ...]:
    """
    Read what people have signed.

    Args:
        path: The file that `[paths] signatures` names; None for a project without one.
        known: The ids of what can be signed: criteria that need another kind of evidence than checks.

    Raises:
        ConfigurationError: The file cannot be read, does not fit the schema, or names what cannot be signed.

    """
    return tuple(_signatures(read_document(path, SCHEMA), known)) if path is not None else ()


def signed(signatures: Collection[Signature], rules_version: str) -> dict[str, Proof]:
    """
    What the signatures say of each criterion; of several the latest counts.

    Args:
        signatures: What people have signed.
        rules_version: The version of the masking rules of today.

    """
    proofs: dict[str, Proof] = {}
    for signature in sorted(signatures, key=lambda one: one.day):
        proofs |= dict.fromkeys(signature.criteria, _proof(signature, rules_version))
    return proofs


def _proof(signature: Signature, rules_version: str) -> Proof:
    note = f": {signature.note}" if signature.note else ""
    who = f"{signature.decision} by {signature.by} ({signature.role}) on {signature.day.isoformat()}{note}"
    if signature.rules and signature.rules != rules_version:
        return Proof(NOT_CHECKED, f"{who}; the masking rules have changed since")
    return Proof(BY_PERSON if signature.decision == ACCEPTED else FAILED, who)


def _signatures(document: Document, known: Collection[str]) -> Iterator[Signature]:
    for index, entry in enumerate(document.data["signed"]):
        way = ("signed", index)
        for number, name in enumerate(entry["criteria"]):
            if name not in known:
                raise document.error(
                    (*way, "criteria", number),
                    f"there is no criterion {name} that a person can sign.",
                    hint="maskproof criteria lists them; what checks of a run speak for is not signed by hand.",
                )
        yield Signature(
            criteria=tuple(entry["criteria"]),
            by=entry["by"],
            role=entry["role"],
            day=document.day((*way, "day"), entry["day"]),
            decision=entry["decision"],
            rules=entry.get("rules", ""),
            note=" ".join(entry.get("note", "").split()),
        )
