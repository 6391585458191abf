"""Looks for the values of plain fields in a stored session, by what the tracker records of each type of control."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from maskproof.forms.model import Field, FormFixture
from maskproof.recording.field_nodes import nodes_of
from maskproof.recording.journey_record import JourneyRecord
from maskproof.verdicts.declared import declared_not_recorded

TYPED = frozenset({"fill", "type", "select", "autofill"})
TICKED = frozenset({"check", "uncheck"})
# Types of input whose value no version of the tracker records, whatever its options; and types whose value all record.
# (The tracker's module for inputs, `INPUT_TYPES`, versions 16 to 19.)
WITHOUT_VALUE = frozenset({"month", "week", "datetime-local", "url", "color", "file"})
WITH_VALUE = frozenset(
    {"text", "password", "email", "search", "number", "range", "date", "tel", "textarea", "select-one"}
)
SEVERAL = "select-multiple"
ACKNOWLEDGE = "if that is known, say so at the field: not_recorded: WHY"


class LookedFor(NamedTuple):
    """What was looked for and not found, and what a fixture says that it knows."""

    problems: tuple[str, ...]
    seen: tuple[str, ...]


def looked_for_values(form: FormFixture, journey: JourneyRecord, types: Mapping[str, str]) -> LookedFor:
    """
    Look for the value or the tick of every plain field; one that only a script uses is looked for by its value.

    Args:
        form: The form fixture.
        journey: The recording; its stored session is searched.
        types: Type of the control of each field that a step uses, as the page has it, e.g. `text`, `select-one`.

    """
    used = _used_by(form)
    problems: list[str] = []
    seen: list[str] = []
    for field in form.plain_fields:
        kinds = used.get(field.id, set())
        is_ticked = bool(kinds & TICKED)
        if is_ticked and not _is_ticked(field, journey):
            problems.append(f"{_name(field)}: that it was ticked is not in the recording")
        if kinds & TYPED or not is_ticked:
            recorded = _values_at(field, journey)
            missing = [value for value in (field.fixed, *field.others) if value not in recorded]
            kind = types.get(field.id, "")
            known = _is_known(field, kind, has_some=len(missing) <= len(field.others))
            problems += () if known else _missing(field, missing, kind)
            if known:
                seen.append(declared_not_recorded(_name(field), field.not_recorded, applied=bool(missing)))
    return LookedFor(tuple(problems), tuple(seen))


def _is_known(field: Field, kind: str, *, has_some: bool) -> bool:
    """Whether a fixture may say that a field is not recorded: not where the tracker records such a field."""
    return bool(field.not_recorded) and kind not in WITH_VALUE and (kind != SEVERAL or has_some)


def _missing(field: Field, missing: list[str], kind: str) -> Iterator[str]:
    for value in missing:
        if kind in WITHOUT_VALUE:
            yield f"{_name(field)}: the tracker records no value of an input of type {kind}; {ACKNOWLEDGE}"
        elif kind == SEVERAL and len(missing) <= len(field.others):
            yield (
                f"{_name(field)}: of a multiple select the tracker records the first chosen option alone, "
                f"not {value!r}; {ACKNOWLEDGE}"
            )
        else:
            denied = f"; not_recorded does not hold for type {kind}" if field.not_recorded else ""
            yield f"{_name(field)}: its value {value!r} is not in the recording{denied}"


def _name(field: Field) -> str:
    return f"{field.label} ({field.id})"


def _used_by(form: FormFixture) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for step in form.steps:
        for name in step.fields:
            used.setdefault(name, set()).add(step.kind)
    return used


def _values_at(field: Field, journey: JourneyRecord) -> set[str]:
    """Every value that was recorded at the node of a field; at any node if none is found by what it has of its own."""
    view, ledger = journey.stored, journey.ledger
    strings = [string for string in view.strings if (string.message, string.field) == ("SetInputValue", "Value")]
    nodes = {id(document): nodes_of(field, document, ledger) for document in view.documents}
    at_field = {string.text for string in strings if string.node in nodes.get(id(string.document), ())}
    return at_field if any(nodes.values()) else {string.text for string in strings}


def _is_ticked(field: Field, journey: JourneyRecord) -> bool:
    """Whether a tick was recorded at the node of a field; anywhere, if none is found by what it has of its own."""
    view, ledger = journey.stored, journey.ledger
    found = [document.element(node) for document in view.documents for node in nodes_of(field, document, ledger)]
    if not found:
        return any(True for _ in view.fields("SetInputChecked"))
    return any(element is not None and element.checked is not None for element in found)
