"""
Decides whether identity policies allow an action on a resource, as IAM does: deny beats allow, allow beats nothing.

It errs to the unsafe side, because it is to find what is allowed without need: the condition of an allow counts as met,
that of a deny as not met. Permission boundaries, organisation policies and bucket policies are not read.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Literal

Decision = Literal["allow", "deny", "none"]
KEYS = {"Effect", "Action", "NotAction", "Resource", "NotResource", "Condition", "Sid"}


class UnreadablePolicyError(Exception):
    """A statement says something that this evaluator does not know; nothing is concluded from it."""


def decide(statements: Sequence[Mapping[str, Any]], action: str, resource: str) -> Decision:
    """
    Decide for one action on one resource.

    Args:
        statements: Every statement of a role's policies; resources are whole texts.
        action: As in `s3:GetObject`; case does not count.
        resource: The ARN; case counts.

    Raises:
        UnreadablePolicyError: A statement has an unknown key or a resource that is not text.

    """
    decision: Decision = "none"
    for statement in statements:
        if unknown := set(statement) - KEYS:
            raise UnreadablePolicyError(f"a statement has {', '.join(sorted(unknown))}.")
        if not _applies(statement, action, resource):
            continue
        if statement["Effect"] == "Deny":
            if not statement.get("Condition"):
                return "deny"
        else:
            decision = "allow"
    return decision


def _applies(statement: Mapping[str, Any], action: str, resource: str) -> bool:
    return _fits(statement, "Action", action.lower(), lower=True) and _fits(
        statement, "Resource", resource, lower=False
    )


def _fits(statement: Mapping[str, Any], key: str, value: str, *, lower: bool) -> bool:
    negated = f"Not{key}" in statement
    patterns = statement.get(f"Not{key}" if negated else key)
    if patterns is None:
        raise UnreadablePolicyError(f"a statement has neither {key} nor Not{key}.")
    listed = patterns if isinstance(patterns, list) else [patterns]
    if not all(isinstance(pattern, str) for pattern in listed):
        raise UnreadablePolicyError(f"a {key} is not text: {listed}.")
    return any(_pattern(pattern.lower() if lower else pattern).fullmatch(value) for pattern in listed) is not negated


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """IAM's wildcards: `*` for any text, `?` for one character; nothing else is special."""
    parts = (".*" if part == "*" else "." if part == "?" else re.escape(part) for part in re.split(r"([*?])", text))
    return re.compile("".join(parts), re.DOTALL)
