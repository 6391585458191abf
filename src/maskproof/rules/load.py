"""Reads masking rules; each error names file and line."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from maskproof.documents import Document, read_document
from maskproof.errors import ConfigurationError
from maskproof.matchers import css_fault, pattern_fault
from maskproof.rules.model import MATCHERS, Rule

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
            f"{folder}: no masking rules (*.yaml) there." if folder.is_dir() else f"{folder} is not there.",
            hint="[paths] rules in maskproof.toml names the folder of the *.yaml files.",
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
        _check_matchers(document, (*key_path, "match"), match)
        yield Rule(
            id=rule["id"],
            category=category,
            treatment=rule["treatment"],
            why=rule["why"],
            **{kind: tuple(match.get(kind, ())) for kind in MATCHERS},
            source=document.path,
            line=document.lines[key_path],
        )


def _check_matchers(document: Document, key_path: tuple[str | int, ...], match: Mapping[str, Sequence[str]]) -> None:
    for place, selector in enumerate(match.get("selectors", ())):
        if fault := css_fault(selector):
            raise document.error(
                (*key_path, "selectors", place),
                f"{selector!r} does not parse: {fault}.",
                hint="Give a CSS selector that a page understands (element.matches).",
            )
    for place, pattern in enumerate(match.get("names", ())):
        if fault := pattern_fault(pattern):
            raise document.error(
                (*key_path, "names", place),
                f"{pattern!r} is not a regular expression: {fault}.",
                hint="The page reads it: give one that JavaScript understands. It already ignores case.",
            )
    if set(match) == {"attributes"}:
        raise document.error(
            key_path,
            "attributes alone match nothing.",
            hint="Say with selectors or names of which elements they are.",
        )
