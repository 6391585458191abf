"""Reads masking rules; each error names file and line."""

import re
from collections.abc import Iterator
from pathlib import Path

from maskproof.documents import Document, read_document
from maskproof.errors import ConfigurationError
from maskproof.rules.model import Rule

SCHEMA = "masking-rules.json"


def load_rules(folder: Path) -> tuple[Rule, ...]:
    """
    Read every rule of a folder, in order of file name and line.

    Raises:
        ConfigurationError: The folder holds no rules, or one is invalid.

    """
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not files:
        raise ConfigurationError(
            f"{folder}: no masking rules (*.yaml) there.", hint="[paths] rules in maskproof.toml names the folder."
        )
    rules: dict[str, Rule] = {}
    for file in files:
        document = read_document(file, SCHEMA)
        for index, rule in enumerate(_rules(document)):
            if rule.id in rules:
                first = rules[rule.id]
                raise document.error(
                    ("rules", index, "id"), f"{rule.id} is already a rule in {first.source}:{first.line}."
                )
            rules[rule.id] = rule
    return tuple(rules.values())


def _rules(document: Document) -> Iterator[Rule]:
    category = document.data["category"]
    for index, rule in enumerate(document.data["rules"]):
        key_path = ("rules", index)
        if (rule["treatment"] == "plain") != (category == "none"):
            raise document.error(
                (*key_path, "treatment"),
                f"rule {rule['id']} of category {category} cannot be {rule['treatment']}: "
                "plain is for category none, and for nothing else.",
            )
        match = rule["match"]
        for place, pattern in enumerate(match.get("names", ())):
            _check_pattern(document, (*key_path, "match", "names", place), pattern)
        yield Rule(
            id=rule["id"],
            category=category,
            treatment=rule["treatment"],
            why=rule["why"],
            **{kind: tuple(match.get(kind, ())) for kind in ("selectors", "names", "autocomplete", "types")},
            source=document.path,
            line=document.lines[key_path],
        )


def _check_pattern(document: Document, key_path: tuple[str | int, ...], pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise document.error(key_path, f"{pattern!r} is not a regular expression: {error}.") from error
