"""Changes compiled masking rules, and replaces them in a bundler's output, whatever quotes it uses."""

import json
import re
from collections.abc import Sequence
from typing import Any

from maskproof.errors import UsageError

CompiledRule = dict[str, Any]

MATCHERS = ("selectors", "names", "autocomplete", "types")
CONTROL = re.compile(r"^(input|textarea|select)\b", re.IGNORECASE)
QUOTES = "\"'`"


def without_rule(rules: Sequence[CompiledRule], rule_id: object) -> list[CompiledRule]:
    """
    The rules, one of which matches nothing any more.

    Args:
        rules: The compiled rules.
        rule_id: The id of that rule.

    Raises:
        UsageError: No rule has this id.

    """
    if rule_id not in {rule["id"] for rule in rules}:
        raise UsageError(f"--switch dropRule: no rule is called {rule_id!r}.", hint="maskproof rules docs lists them.")
    return [_matching_nothing(rule) if rule["id"] == rule_id else rule for rule in rules]


def with_plain_inputs(rules: Sequence[CompiledRule]) -> list[CompiledRule]:
    """The rules, of which only the plain ones match controls."""
    return [
        rule if rule["treatment"] == "plain" else {**_matching_nothing(rule), "selectors": _of_texts(rule)}
        for rule in rules
    ]


def with_masked_headings(rules: Sequence[CompiledRule]) -> list[CompiledRule]:
    """
    The rules, of which an obscured one also matches the headings of pages.

    Raises:
        UsageError: No obscured rule has a selector.

    """
    first = next((rule for rule in rules if rule["treatment"] == "obscured" and rule["selectors"]), None)
    if first is None:
        raise UsageError(
            "--switch maskHeading: no rule with the treatment obscured has a selector.",
            hint="maskproof rules docs lists the rules.",
        )
    return [{**rule, "selectors": [*rule["selectors"], "h1"]} if rule is first else rule for rule in rules]


def replaced_rules(text: str, changed: Sequence[CompiledRule]) -> tuple[str, set[str]]:
    """
    A file of a build with other matchers of some rules.

    Args:
        text: The file; rules are recognised as objects with an `id`, in JSON or in JavaScript.
        changed: The compiled rules to put in.

    Returns:
        The file, and the ids of the rules that it held.

    """
    found = set()
    for rule in changed:
        # Of two values of one name in an object, the last one counts.
        more = "," + ",".join(f"{json.dumps(kind)}:{json.dumps(rule[kind])}" for kind in MATCHERS)
        start = re.compile(rf"""["']?\bid["']?\s*:\s*(["'`]){re.escape(rule["id"])}\1""")
        at = 0
        while match := start.search(text, at):
            end = _end_of_object(text, match.end())
            text = text[:end] + more + text[end:]
            at = end + len(more)
            found.add(rule["id"])
    return text, found


def _matching_nothing(rule: CompiledRule) -> CompiledRule:
    return {**rule, **{kind: [] for kind in MATCHERS}}


def _of_texts(rule: CompiledRule) -> list[str]:
    return [selector for selector in rule["selectors"] if not CONTROL.match(selector)]


def _end_of_object(text: str, at: int) -> int:
    """Where the object ends that a place is in; braces in strings do not count."""
    depth = 0
    while at < len(text):
        character = text[at]
        if character in QUOTES:
            at = _end_of_string(text, at)
        elif character == "{":
            depth += 1
        elif character == "}":
            if depth == 0:
                return at
            depth -= 1
        at += 1
    return at


def _end_of_string(text: str, at: int) -> int:
    quote = text[at]
    at += 1
    while at < len(text) and text[at] != quote:
        at += 2 if text[at] == "\\" else 1
    return at
