"""Compiles masking rules into the copy that the application's tracking module reads."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from maskproof.bundles import STAMP
from maskproof.rules.model import Rule
from maskproof.settings import Settings


def compile_rules(rules: Sequence[Rule]) -> dict[str, Any]:
    """
    The application's copy: `{"version", "stamp", "rules": [{"id", "category", "treatment", "selectors", ...}]}`.

    The version is a hash of the content, so that a report can name the rules of a build. The stamp is the version as a
    text that can be found in a bundle.
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
            **({"attributes": list(rule.attributes)} if rule.attributes else {}),
        }
        for rule in rules
    ]
    version = rules_version(compiled)
    return {"version": version, "stamp": f"{STAMP}{version}", "rules": compiled}


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


def check_compiled(settings: Settings, rules: Sequence[Rule]) -> None:
    """
    Check that the application's copy, if the configuration names one, was compiled from these rules.

    Args:
        settings: The configuration.
        rules: The masking rules.

    Raises:
        ConfigurationError: The copy is missing, or was compiled from other rules.

    """
    path = settings.app.rules_file
    if path is None:
        return
    if not path.is_file():
        raise settings.error("app.rules_file", f"{path} is not there.", hint="Run: maskproof rules compile")
    if not _is_copy_of(path, compile_rules(rules)):
        raise settings.error(
            "app.rules_file", f"{path} was compiled from other rules.", hint="Run: maskproof rules compile"
        )


def _is_copy_of(path: Path, compiled: Mapping[str, Any]) -> bool:
    """Whether a file holds these compiled rules; a copy of an older Maskproof has no stamp yet."""
    try:
        copy = json.loads(path.read_text(encoding="utf-8"))
        return all(copy[name] == compiled[name] for name in ("version", "rules"))
    except (ValueError, KeyError, TypeError):
        return False


def _rendered(rules: Sequence[Rule]) -> str:
    return json.dumps(compile_rules(rules), indent=2, ensure_ascii=False) + "\n"
