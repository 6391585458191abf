"""Renders masking rules for people: the runbook's table, and the changes between two versions."""

from collections.abc import Iterator, Sequence

from maskproof.rules.model import MATCHERS, Rule


def runbook_table(rules: Sequence[Rule]) -> str:
    """A Markdown table: category, rule, what it matches, treatment, why."""
    lines = ["| category | rule | matches | treatment | why |", "|---|---|---|---|---|"]
    lines += [
        f"| {rule.category} | `{rule.id}` | {_matches(rule)} | {rule.treatment} | {_cell(rule.why)} |" for rule in rules
    ]
    return "\n".join(lines) + "\n"


def differences(old: Sequence[Rule], new: Sequence[Rule]) -> Iterator[str]:
    """
    One line for each change; one that weakens (a rule gone, a lower treatment) is marked.

    Args:
        old: The rules before the change.
        new: The rules after it.

    """
    before, after = {rule.id: rule for rule in old}, {rule.id: rule for rule in new}
    for rule in old:
        if rule.id not in after:
            yield f"- {rule.id} ({rule.category}, {rule.treatment}){_weaker(rule.treatment, 'plain')}"
    for rule in new:
        if rule.id not in before:
            yield f"+ {rule.id} ({rule.category}, {rule.treatment})"
        else:
            yield from _changes(before[rule.id], rule)


def _changes(old: Rule, new: Rule) -> Iterator[str]:
    if old.treatment != new.treatment:
        yield f"~ {new.id}: {old.treatment} -> {new.treatment}{_weaker(old.treatment, new.treatment)}"
    for kind in MATCHERS:
        gone = [matcher for matcher in getattr(old, kind) if matcher not in getattr(new, kind)]
        come = [matcher for matcher in getattr(new, kind) if matcher not in getattr(old, kind)]
        if gone:
            yield f"~ {new.id}: {kind} no longer {', '.join(gone)}{_weaker(old.treatment, 'plain')}"
        if come:
            # A rule that names attributes from now on leaves the rest of the element alone.
            narrows = kind == "attributes" and not old.attributes
            weaker = _weaker(old.treatment, "plain") if narrows else ""
            yield f"~ {new.id}: {kind} also {', '.join(come)}{weaker}"


def _weaker(before: str, after: str) -> str:
    order = ("plain", "obscured", "hidden")
    return "  WEAKER" if order.index(after) < order.index(before) else ""


def _matches(rule: Rule) -> str:
    parts = [
        f"{kind}: " + ", ".join(f"`{_cell(matcher)}`" for matcher in getattr(rule, kind))
        for kind in MATCHERS
        if getattr(rule, kind)
    ]
    return "; ".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
