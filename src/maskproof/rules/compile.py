"""Compiles masking rules into the copy that the application's tracking module reads."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from maskproof.errors import ConfigurationError
from maskproof.rules.model import Rule


def compile_rules(rules: Sequence[Rule]) -> dict[str, Any]:
    """
    The application's copy: `{"version", "rules": [{"id", "category", "treatment", "selectors", ...}]}`.

    The version is a hash of the content, so that a report can name the rules of a build.
    """
    compiled = [
        {
            "id": rule.id,
            "category": rule.category,
            "treatment": rule.treatment,
            "selectors": list(rule.selectors),
            "names": list(rule.names),
            "autocomplete": list(rule.autocomplete),
            "types": list(rule.types),
        }
        for rule in rules
    ]
    return {"version": rules_version(compiled), "rules": compiled}


def rules_version(compiled: Sequence[dict[str, Any]]) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of the rules' content."""
    return hashlib.sha256(json.dumps(compiled, sort_keys=True).encode()).hexdigest()[:12]


def write_compiled(rules: Sequence[Rule], path: Path) -> bool:
    """
    Write the application's copy.

    Args:
        rules: The masking rules.
        path: The copy; its folder is made if it is missing.

    Returns:
        Whether the copy changed.

    """
    text = _rendered(rules)
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def check_compiled(rules: Sequence[Rule], path: Path) -> None:
    """
    Check that the application's copy was compiled from these rules.

    Args:
        rules: The masking rules.
        path: The copy.

    Raises:
        ConfigurationError: The copy is missing, or was compiled from other rules.

    """
    if not path.is_file() or path.read_text(encoding="utf-8") != _rendered(rules):
        raise ConfigurationError(
            f"{path}: not the compiled copy of the masking rules.", hint="Run: maskproof rules compile"
        )


def _rendered(rules: Sequence[Rule]) -> str:
    return json.dumps(compile_rules(rules), indent=2, ensure_ascii=False) + "\n"
