"""Reads form fixtures; each error names file and line."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from maskproof.bundles import BOTH_PROTOCOLS
from maskproof.documents import Document, read_document
from maskproof.errors import ConfigurationError
from maskproof.forms.before import joined
from maskproof.forms.checks import SELECTORS, WORDS, check_fixture, kind_and_arguments
from maskproof.forms.locators import selector_of, words_of
from maskproof.forms.model import (
    CORE,
    Expected,
    Field,
    FormFixture,
    SecondLayer,
    Seed,
    Step,
    Submit,
    VolatileElement,
    VolatileSubmission,
)
from maskproof.forms.own import OwnValue, variable_of
from maskproof.forms.polls import Poll
from maskproof.forms.references import category_of, declared_own, planted_of

SCHEMA = "form-fixture.json"


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
    return _load(path, ())


def _load(path: Path, waiting: tuple[Path, ...]) -> FormFixture:
    """Read a fixture and those before it; `waiting` are those that it comes before."""
    document = read_document(path, SCHEMA)
    check_fixture(document)
    before = [
        _load(_before(document, place, name, (*waiting, path)), (*waiting, path))
        for place, name in enumerate(document.data.get("before", ()))
    ]
    return joined(_alone(document), before, document)


def _before(document: Document, place: int, name: str, waiting: Collection[Path]) -> Path:
    """The file of a fixture that comes before."""
    file = document.path.parent / name
    if not file.is_file():
        raise document.error(
            ("before", place), f"{file} is not there.", hint="before names form fixtures, from the folder of this one."
        )
    if any(file.samefile(other) for other in waiting):
        raise document.error(("before", place), f"{name} cannot come before itself.")
    return file


def _alone(document: Document) -> FormFixture:
    data = document.data
    seed, volatile = data.get("seed"), data.get("volatile", ())
    return FormFixture(
        source=document.path,
        id=data["id"],
        title=data["title"],
        path=data["path"],
        protocols=tuple(data.get("protocols", BOTH_PROTOCOLS)),
        fields={name: _field(document, name, field) for name, field in data["fields"].items()},
        steps=tuple(_steps(document)),
        success=_expected(data["success"]),
        seed=Seed(**seed) if seed else None,
        planted=tuple(entry["value"] for entry in planted_of(data)),
        controls=tuple(data.get("controls", ())),
        submits=tuple(_submit(submit) for submit in data.get("submits", ())),
        events=tuple(data.get("events", ())),
        page_views=tuple(data.get("page_views", ())),
        navigations=tuple(data.get("navigations", ())),
        volatile=tuple(entry for entry in volatile if not entry.keys() & {"submit", "document", "poll"}),
        volatile_submissions=tuple(_volatile_submission(entry) for entry in volatile if "submit" in entry),
        volatile_elements=tuple(
            VolatileElement(entry["document"], entry["why"]) for entry in volatile if "document" in entry
        ),
        shown=tuple(_shown(document)),
        own=tuple(_own(document)),
        polls=tuple(Poll(*_request(entry["poll"]), entry["why"]) for entry in volatile if "poll" in entry),
        catalogue=data.get("catalogue", CORE),
        second_layer=tuple(SecondLayer(**entry) for entry in data.get("second_layer", ())),
    )


def _field(document: Document, name: str, data: Mapping[str, Any]) -> Field:
    fixed = data.get("fixed", "")
    if isinstance(fixed, list):
        data = {**data, "fixed": fixed[0], "others": tuple(fixed[1:])}
    selector = selector_of(data["selector"])
    return Field(id=name, line=document.lines["fields", name], **{**data, "selector": selector})


def _shown(document: Document) -> Iterator[Field]:
    """Planted values with their elements, as fields that nobody types into."""
    for index, entry in enumerate(planted_of(document.data)):
        if "selector" in entry:
            value, line = entry["value"], document.lines["planted", index]
            category = category_of(document, value) or ""
            yield Field(f"planted {value}", selector_of(entry["selector"]), value, category, value=value, line=line)


def _own(document: Document) -> Iterator[OwnValue]:
    """The values of the team's own that the fixture declares, each once."""
    for reference, (category, line) in declared_own(document).items():
        yield OwnValue(variable_of(reference), category, document.path, line)


def _expected(data: Mapping[str, Any]) -> Expected:
    return Expected(selector_of(data["selector"]), words_of(data.get("text", "")), data.get("path", ""))


def _volatile_submission(entry: Mapping[str, str]) -> VolatileSubmission:
    return VolatileSubmission(*_request(entry["submit"]), entry.get("path", ""), entry["why"])


def _request(named: str) -> tuple[str, str]:
    """Method and path of a request."""
    method, _, target = named.partition(" ")
    return method, target


def _submit(submit: Mapping[str, Any]) -> Submit:
    return Submit(submit["method"], submit["path"], submit.get("body", {}))


def _steps(document: Document) -> Iterator[Step]:
    for index, step in enumerate(document.data["steps"]):
        kind, arguments = kind_and_arguments(step)
        yield Step(kind, dict(_arguments(arguments)), document.lines[("steps", index)])


def _arguments(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The arguments of a step, with selectors and texts as values."""
    for name, value in data.items():
        if name in SELECTORS:
            yield name, selector_of(value)
        else:
            yield name, words_of(value) if name in WORDS else value
