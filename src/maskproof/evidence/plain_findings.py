"""A finding in plain words: what was seen where, and which rule or line to change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maskproof.forms.model import Field, FormFixture
from maskproof.rules.model import Rule
from maskproof.verdicts.outcome import counted, describe_finding, grouped_findings
from maskproof.verdicts.results import Result

SYSTEMS = {"openreplay": "OpenReplay's session recording", "umami": "Umami's analytics"}
# How the match of a value is said; a value as it was typed needs no more words.
MATCHES = {
    "normalised": ", in another spelling",
    "partial": ", in part",
    "prefix": ", its beginning only",
    "hash": ", as its hash",
}
# What is changed in the application, by the channel; in all others a masking rule is.
IN_APPLICATION = {
    "console": "Take the value out of what the application writes to the console",
    "exception": "Take the value out of the messages of the application's errors",
    "url": "Take the value out of the address, or name its parameter in a rule",
    "referrer": "Take the value out of the address of the page before, or name its parameter in a rule",
    "network": "Let the tracking module drop what this request carries",
    "websocket": "Let the tracking module drop what this socket carries",
    "title": "Take the value out of the title of the page",
    "custom event": "Take the value out of what the application gives to the tracker with this event",
    "metadata": "Take the value out of what the application gives to the tracker about the session",
    "user id": "Give the tracker an id that says nothing of the person",
    "analytics event": "Take the value out of what the application gives to Umami with this event",
    "analytics page view": "Take the value out of the address or the title that Umami counts",
    "analytics request": "Take the value out of what the application gives to Umami",
}
# Of these, a rule can name the parameter that holds the value.
BY_PARAMETER = frozenset({"url", "referrer"})


@dataclass(frozen=True, slots=True)
class PlainFinding:
    """What was seen, what to change and where, in which forms and checks, and the technical detail."""

    what: str
    change: str
    places: tuple[str, ...]
    found_by: tuple[str, ...]
    details: tuple[str, ...]


def plain_findings(
    results: Sequence[Result], forms: Mapping[str, FormFixture], rules: Sequence[Rule], root: Path
) -> list[PlainFinding]:
    """
    The findings that fail, one entry for each value, channel and place of a form.

    Args:
        results: The results.
        forms: The form fixtures, by id.
        rules: The masking rules.
        root: The folder that paths are shown from.

    """
    entries: dict[tuple[str, str], list[tuple[Result, dict[str, Any], int]]] = {}
    for result in results:
        for finding, count in grouped_findings(result.findings):
            what = _what(finding, forms.get(result.form))
            entries.setdefault((result.form, what), []).append((result, finding, count))
    return [_entry(what, group, forms.get(form), rules, root) for (form, what), group in entries.items()]


def _entry(
    what: str,
    group: Sequence[tuple[Result, dict[str, Any], int]],
    form: FormFixture | None,
    rules: Sequence[Rule],
    root: Path,
) -> PlainFinding:
    finding = group[0][1]
    field = _field(finding, form)
    return PlainFinding(
        what=what,
        change=_change(finding),
        places=tuple(_places(finding, field, form, rules, root)),
        found_by=tuple(dict.fromkeys(result.name for result, _, _ in group)),
        details=tuple(counted(describe_finding(found), count) for _, found, count in group),
    )


def _what(finding: Mapping[str, Any], form: FormFixture | None) -> str:
    where = f"{SYSTEMS.get(finding['system'], finding['system'])} ({finding['channel']})"
    node = f", at {finding['node']}" if finding["node"] else ""
    on_form = f' when the form "{form.title}" was used' if form else ""
    if finding["kind"] == "difference":
        return f"Two people who did the same left different traces in {where}{node}{on_form}."
    if finding["kind"] == "length":
        return f"A mask in {where}{node} shows how long {_whose(finding, form)} is{on_form}."
    encoding = f", encoded as {' in '.join(reversed(finding['encoding']))}" if finding["encoding"] else ""
    how = MATCHES.get(finding["match"], "")
    whose = _whose(finding, form)
    return f"{whose[0].upper()}{whose[1:]} was recorded in {where}{node}{on_form}{how}{encoding}."


def _whose(finding: Mapping[str, Any], form: FormFixture | None) -> str:
    field = _field(finding, form)
    if field is not None:
        return f'what a person typed into the field "{field.label}"'
    category = str(finding["category"]).replace("_", " ")
    return f"a value of a person ({category})" if category else "a value of a person"


def _field(finding: Mapping[str, Any], form: FormFixture | None) -> Field | None:
    fields = (*form.fields.values(), *form.shown) if form and finding["value_id"] else ()
    return next((field for field in fields if field.value == finding["value_id"]), None)


def _change(finding: Mapping[str, Any]) -> str:
    if finding["channel"] in IN_APPLICATION:
        return f"{IN_APPLICATION[finding['channel']]}."
    if finding["kind"] == "difference":
        return "Mask what differs, or declare it as volatile in the form fixture if it belongs to nobody."
    if finding["kind"] == "length":
        return "Give the rule the treatment hidden, which records no length."
    return "Widen a masking rule so that it matches this place, or add one."


def _places(
    finding: Mapping[str, Any], field: Field | None, form: FormFixture | None, rules: Sequence[Rule], root: Path
) -> Iterator[str]:
    """The lines to look at: the rules of the category, and the field in its fixture."""
    by_rule = finding["channel"] not in IN_APPLICATION or finding["channel"] in BY_PARAMETER
    for rule in rules if by_rule else ():
        if finding["category"] and rule.category == finding["category"]:
            yield f"{shown_path(rule.source, root)}:{rule.line}: the rule {rule.id} ({rule.treatment})"
    if form is not None and field is not None:
        yield f"{shown_path(form.source, root)}:{field.line}: the field {field.id}"
    elif form is not None:
        yield f"{shown_path(form.source, root)}: the form fixture"


def shown_path(path: Path, root: Path) -> str:
    """
    A path as the report shows it.

    Args:
        path: The path.
        root: The folder that it is shown from, if it is below it.

    """
    path, root = path.absolute(), root.absolute()
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
