"""Checks a form fixture beyond its schema: what is named in it is there, and what belongs together fits."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from maskproof.documents import Document
from maskproof.forms.keys import key_fault
from maskproof.forms.model import NO_PII
from maskproof.forms.own import variable_of
from maskproof.forms.polls import ANY_STEP
from maskproof.forms.references import (
    KeyPath,
    category_of,
    check_call,
    check_css,
    check_reference,
    check_selector,
    check_words,
    planted_of,
)
from maskproof.personas import CATEGORY_OF_KIND

# Arguments of steps that name an element.
SELECTORS = frozenset({"selector", "ready", "from", "to"})
# Arguments of steps that are a text, or a value of a persona.
WORDS = frozenset({"text", "with", "holds"})
# Files of text.
TEXTS = ("csv", "json", "svg", "txt")
# Steps that are about one element.
OF_ELEMENT = frozenset({"hover", "focus", "blur", "select_text"})
# What may differ by itself: a place of the recording, a part of a submission, an element of the final document.
KINDS_OF_VOLATILE = (
    frozenset({"message", "field", "selector"}),
    frozenset({"submit", "path"}),
    frozenset({"document"}),
    frozenset({"poll"}),
)


def check_fixture(document: Document) -> None:
    """
    Check a form fixture that fits its schema.

    Raises:
        ConfigurationError: Something in it cannot work; names file and line.

    """
    data = document.data
    if data["id"] != document.path.stem:
        raise document.error(("id",), f"expected {document.path.stem}, the file's name, got {data['id']}.")
    for name, field in data["fields"].items():
        _check_field(document, name, field)
    for index, entry in enumerate(planted_of(data)):
        _check_planted(document, ("planted", index), entry)
    _check_templates(document, ("seed", "body"), data.get("seed", {}).get("body"))
    used = {field for index, step in enumerate(data["steps"]) for field in _check_step(document, index, step)}
    check_selector(document, ("success", "selector"), data["success"]["selector"])
    check_words(document, ("success", "text"), data["success"].get("text", ""))
    _check_used(document, used)
    for index, submit in enumerate(data.get("submits", ())):
        _check_templates(document, ("submits", index, "body"), submit.get("body"))
    for index, entry in enumerate(data.get("volatile", ())):
        _check_volatile(document, index, entry)


def _check_volatile(document: Document, index: int, entry: Mapping[str, str]) -> None:
    kinds = [kind for kind in KINDS_OF_VOLATILE if kind & entry.keys()]
    if not kinds:
        raise document.error(
            ("volatile", index), "nothing is declared: expected message, field or selector, submit, document, or poll."
        )
    if len(kinds) > 1:
        raise document.error(
            ("volatile", index),
            f"one declaration, one kind: {' and '.join('/'.join(sorted(kind & entry.keys())) for kind in kinds)} "
            "do not belong together.",
            hint="message, field and selector are for twin; submit and path, or document, for behaviour; poll is both.",
        )
    if "document" in entry:
        check_css(document, ("volatile", index, "document"), entry["document"])
    if "submit" in entry and "path" not in entry and ANY_STEP not in entry["submit"].split("/"):
        raise document.error(
            ("volatile", index),
            f"{entry['submit']} declares nothing: expected a path in the body, or a step {ANY_STEP} in the URL.",
            hint="For example: path: at",
        )


def kind_and_arguments(step: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """A step of YAML, its arguments as an object: `press: Enter` is short for `press: {key: Enter}`."""
    ((kind, arguments),) = step.items()
    return kind, {"key": arguments} if isinstance(arguments, str) else arguments or {}


def _check_step(document: Document, index: int, step: Mapping[str, Any]) -> Sequence[str]:
    """Check a step; the fields that it uses."""
    kind, arguments = kind_and_arguments(step)
    key_path = ("steps", index, kind)
    fields = [arguments["field"]] if "field" in arguments else arguments.get("fields", ())
    for field in fields:
        _check_known_field(document, key_path, field)
    for name in SELECTORS & arguments.keys():
        check_selector(document, (*key_path, name), arguments[name])
    for name in WORDS & arguments.keys():
        check_words(document, (*key_path, name), arguments[name])
    _check_gesture(document, key_path, kind, arguments)
    if kind == "script":
        check_call(document, (*key_path, "call"), arguments["call"])
    return fields


def _check_gesture(document: Document, key_path: KeyPath, kind: str, arguments: Mapping[str, Any]) -> None:
    is_named = [name for name in ("selector", "field") if name in arguments]
    if len(is_named) > 1 or (kind in OF_ELEMENT and not is_named):
        raise document.error(key_path, f"{kind} is about one element: expected selector or field.")
    if kind == "drag" and len(arguments.keys() & {"to", "by"}) != 1:
        raise document.error(
            key_path,
            "expected either to (an element) or by (places to move to, in pixels from the middle).",
            hint="For example: {from: '#card-1', to: '#done'}, or {from: canvas, by: [[-40, 0], [40, 10]]}.",
        )
    if kind == "upload":
        _check_upload(document, key_path, arguments)
    if "key" in arguments and (fault := key_fault(arguments["key"])):
        raise document.error(
            (*key_path, "key"), f"{arguments['key']!r}: {fault}.", hint="For example: Enter, ArrowDown, Control+A."
        )


def _check_upload(document: Document, key_path: KeyPath, arguments: Mapping[str, Any]) -> None:
    fields = document.data["fields"]
    if len(arguments.keys() & {"field", "fields"}) != 1:
        raise document.error(key_path, "expected either field, for one file, or fields, for several.")
    for name in [arguments["field"]] if "field" in arguments else arguments["fields"]:
        if "file" not in fields[name]:
            raise document.error(
                key_path,
                f"field {name} is no file.",
                hint="Say at the field what it is: file: pdf. Its value and that extension are the file's name.",
            )
        if "holds" in arguments and fields[name]["file"] not in TEXTS:
            raise document.error(
                (*key_path, "holds"), f"a file of type {fields[name]['file']} holds no text: {', '.join(TEXTS)} do."
            )


def _check_used(document: Document, used: Collection[str]) -> None:
    """A field that no step uses is held against nothing. What a script types is `planted`, and no field."""
    for name in document.data["fields"]:
        if name not in used:
            raise document.error(
                ("fields", name),
                f"no step uses field {name}.",
                hint="Use it in a step, or take it out: what the page shows, or a script types, is planted.",
            )


# Kinds of values whose digits alone are one of their spellings, so that they are searched for as they are typed.
NUMBERED = frozenset({"phone", "ssn", "card_number"})


def _check_field(document: Document, name: str, field: Mapping[str, Any]) -> None:
    key_path = ("fields", name)
    check_selector(document, (*key_path, "selector"), field["selector"])
    if "not_recorded" in field and field["category"] != NO_PII:
        raise document.error(key_path, f"field {name} is PII: not_recorded is only for what must be recorded.")
    kind = field.get("value", "").partition(".")[2]
    if "typed_as" in field and kind not in NUMBERED:
        raise document.error(
            (*key_path, "typed_as"), f"only values with digits are typed so: {', '.join(sorted(NUMBERED))}."
        )
    if "value" not in field:
        if field["category"] != NO_PII:
            raise document.error(key_path, f"field {name} is PII and needs a value of the persona, not a fixed one.")
        return
    check_reference(document, (*key_path, "value"), field["value"])
    if variable_of(field["value"]):
        if field["category"] == NO_PII:
            raise document.error(key_path, f"{field['value']} is never printed, so field {name} is PII of a category.")
        return
    category = CATEGORY_OF_KIND[kind]
    if field["category"] != category:
        raise document.error(
            (*key_path, "category"), f"{field['value']} is of category {category}, not {field['category']}."
        )


def _check_planted(document: Document, key_path: KeyPath, entry: Mapping[str, Any]) -> None:
    if "selector" in entry:
        check_selector(document, (*key_path, "selector"), entry["selector"])
    check_reference(document, key_path, entry["value"])
    known, given = category_of(document, entry["value"]), entry.get("category")
    if known is None or known == NO_PII:
        raise document.error(
            key_path,
            f"{entry['value']} needs the category of PII that it is.",
            hint=f"For example: {{value: {entry['value']}, category: email}}.",
        )
    if given not in {None, known}:
        raise document.error((*key_path, "category"), f"{entry['value']} is of category {known}, not {given}.")


def _check_known_field(document: Document, key_path: KeyPath, field: str) -> None:
    known = document.data["fields"]
    if field not in known:
        raise document.error(key_path, f"no field is called {field!r}.", hint=f"Fields here: {', '.join(known)}.")


def _check_templates(document: Document, key_path: KeyPath, template: Any) -> None:  # noqa: ANN401 - JSON
    if isinstance(template, dict):
        if template.keys() == {"value"}:
            check_reference(document, key_path, str(template["value"]))
        elif template.keys() == {"field"}:
            _check_known_field(document, key_path, str(template["field"]))
        else:
            for key, value in template.items():
                _check_templates(document, (*key_path, key), value)
    elif isinstance(template, list):
        for index, value in enumerate(template):
            _check_templates(document, (*key_path, index), value)
