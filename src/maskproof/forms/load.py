"""Reads form fixtures; each error names file and line."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from maskproof.bundles import BOTH_PROTOCOLS
from maskproof.documents import Document, read_document
from maskproof.errors import ConfigurationError
from maskproof.forms.model import (
    Expected,
    Field,
    FormFixture,
    Seed,
    Step,
    Submit,
    VolatileElement,
    VolatileSubmission,
)
from maskproof.forms.references import KeyPath, check_call, check_css, check_selector
from maskproof.personas import CATEGORY_OF_KIND

SCHEMA = "form-fixture.json"
ANY_STEP = "*"
# What may differ by itself: a place of the recording, a part of a submission, an element of the final document.
KINDS_OF_VOLATILE = (
    frozenset({"message", "field", "selector"}),
    frozenset({"submit", "path"}),
    frozenset({"document"}),
)


def load_forms(folder: Path) -> tuple[FormFixture, ...]:
    """
    Read every form fixture of a folder, in order of file name.

    Raises:
        ConfigurationError: The folder holds no fixtures, or one is invalid.

    """
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not files:
        raise ConfigurationError(
            f"{folder}: no form fixtures (*.yaml) there." if folder.is_dir() else f"{folder} is not there.",
            hint="[paths] forms in maskproof.toml names the folder of the *.yaml files.",
        )
    return tuple(load_form(file) for file in files)


def load_form(path: Path) -> FormFixture:
    """
    Read one form fixture.

    Raises:
        ConfigurationError: It is invalid; names file and line.

    """
    document = read_document(path, SCHEMA)
    _check(document)
    data = document.data
    seed, volatile = data.get("seed"), data.get("volatile", ())
    return FormFixture(
        source=path,
        id=data["id"],
        title=data["title"],
        path=data["path"],
        protocols=tuple(data.get("protocols", BOTH_PROTOCOLS)),
        fields={name: _field(document, name, field) for name, field in data["fields"].items()},
        steps=tuple(_steps(document)),
        success=Expected(**data["success"]),
        seed=Seed(**seed) if seed else None,
        planted=tuple(data.get("planted", ())),
        controls=tuple(data.get("controls", ())),
        submits=tuple(_submit(submit) for submit in data.get("submits", ())),
        events=tuple(data.get("events", ())),
        page_views=tuple(data.get("page_views", ())),
        navigations=tuple(data.get("navigations", ())),
        volatile=tuple(entry for entry in volatile if not entry.keys() & {"submit", "document"}),
        volatile_submissions=tuple(_volatile_submission(entry) for entry in volatile if "submit" in entry),
        volatile_elements=tuple(
            VolatileElement(entry["document"], entry["why"]) for entry in volatile if "document" in entry
        ),
    )


def _field(document: Document, name: str, data: Mapping[str, Any]) -> Field:
    fixed = data.get("fixed", "")
    if isinstance(fixed, list):
        data = {**data, "fixed": fixed[0], "others": tuple(fixed[1:])}
    return Field(id=name, line=document.lines["fields", name], **data)


def _volatile_submission(entry: Mapping[str, str]) -> VolatileSubmission:
    method, _, target = entry["submit"].partition(" ")
    return VolatileSubmission(method, target, entry.get("path", ""), entry["why"])


def _submit(submit: Mapping[str, Any]) -> Submit:
    return Submit(submit["method"], submit["path"], submit.get("body", {}))


def _steps(document: Document) -> Iterator[Step]:
    for index, step in enumerate(document.data["steps"]):
        ((kind, arguments),) = step.items()
        yield Step(kind, arguments, document.lines[("steps", index)])


def _check(document: Document) -> None:
    data = document.data
    if data["id"] != document.path.stem:
        raise document.error(("id",), f"expected {document.path.stem}, the file's name, got {data['id']}.")
    for name, field in data["fields"].items():
        _check_field(document, name, field)
    for index, reference in enumerate(data.get("planted", ())):
        _check_reference(document, ("planted", index), reference)
    _check_templates(document, ("seed", "body"), data.get("seed", {}).get("body"))
    used = {field for index, step in enumerate(data["steps"]) for field in _check_step(document, index, step)}
    check_selector(document, ("success", "selector"), data["success"]["selector"])
    _check_used(document, used)
    for index, submit in enumerate(data.get("submits", ())):
        _check_templates(document, ("submits", index, "body"), submit.get("body"))
    for index, entry in enumerate(data.get("volatile", ())):
        _check_volatile(document, index, entry)


def _check_volatile(document: Document, index: int, entry: Mapping[str, str]) -> None:
    kinds = [kind for kind in KINDS_OF_VOLATILE if kind & entry.keys()]
    if not kinds:
        raise document.error(
            ("volatile", index), "nothing is declared: expected message, field or selector, submit, or document."
        )
    if len(kinds) > 1:
        raise document.error(
            ("volatile", index),
            f"one declaration, one kind: {' and '.join('/'.join(sorted(kind & entry.keys())) for kind in kinds)} "
            "do not belong together.",
            hint="message, field and selector are for twin; submit and path, or document, for behaviour.",
        )
    if "document" in entry:
        check_css(document, ("volatile", index, "document"), entry["document"])
    if "submit" in entry and "path" not in entry and ANY_STEP not in entry["submit"].split("/"):
        raise document.error(
            ("volatile", index),
            f"{entry['submit']} declares nothing: expected a path in the body, or a step {ANY_STEP} in the URL.",
            hint="For example: path: at",
        )


def _check_step(document: Document, index: int, step: Mapping[str, Any]) -> Sequence[str]:
    """Check a step; the fields that it uses."""
    ((kind, arguments),) = step.items()
    key_path = ("steps", index, kind)
    fields = [arguments["field"]] if "field" in arguments else arguments.get("fields", ())
    for field in fields:
        _check_known_field(document, key_path, field)
    for name in ("selector", "ready"):
        if name in arguments:
            check_selector(document, (*key_path, name), arguments[name])
    if kind == "script":
        check_call(document, (*key_path, "call"), arguments["call"])
    return fields


def _check_used(document: Document, used: Collection[str]) -> None:
    """A field that no step uses is held against nothing. What a script types is `planted`, and no field."""
    for name in document.data["fields"]:
        if name not in used:
            raise document.error(
                ("fields", name),
                f"no step uses field {name}.",
                hint="Use it in a step, or take it out: what the page shows, or a script types, is planted.",
            )


def _check_field(document: Document, name: str, field: Mapping[str, Any]) -> None:
    key_path = ("fields", name)
    check_selector(document, (*key_path, "selector"), field["selector"])
    if "not_recorded" in field and field["category"] != "none":
        raise document.error(key_path, f"field {name} is PII: not_recorded is only for what must be recorded.")
    if "value" not in field:
        if field["category"] != "none":
            raise document.error(key_path, f"field {name} is PII and needs a value of the persona, not a fixed one.")
        return
    _check_reference(document, (*key_path, "value"), field["value"])
    category = CATEGORY_OF_KIND[field["value"].partition(".")[2]]
    if field["category"] != category:
        raise document.error(
            (*key_path, "category"), f"{field['value']} is of category {category}, not {field['category']}."
        )


def _check_reference(document: Document, key_path: KeyPath, reference: str) -> None:
    kind = reference.partition(".")[2]
    if kind not in CATEGORY_OF_KIND:
        raise document.error(
            key_path, f"no persona value is called {kind!r}.", hint=f"Known: {', '.join(CATEGORY_OF_KIND)}."
        )


def _check_known_field(document: Document, key_path: KeyPath, field: str) -> None:
    known = document.data["fields"]
    if field not in known:
        raise document.error(key_path, f"no field is called {field!r}.", hint=f"Fields here: {', '.join(known)}.")


def _check_templates(document: Document, key_path: KeyPath, template: Any) -> None:  # noqa: ANN401 - JSON
    if isinstance(template, dict):
        if template.keys() == {"value"}:
            _check_reference(document, key_path, str(template["value"]))
        elif template.keys() == {"field"}:
            _check_known_field(document, key_path, str(template["field"]))
        else:
            for key, value in template.items():
                _check_templates(document, (*key_path, key), value)
    elif isinstance(template, list):
        for index, value in enumerate(template):
            _check_templates(document, (*key_path, index), value)
