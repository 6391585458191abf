"""Checks what a form fixture refers to outside itself: elements of the page, and functions of a file beside it."""

import ast
from collections.abc import Mapping
from typing import Any

from maskproof.documents import Document
from maskproof.forms.locators import KINDS
from maskproof.forms.own import variable_of
from maskproof.matchers import css_fault, locator_fault
from maskproof.personas import CATEGORY_OF_KIND

KeyPath = tuple[str | int, ...]


def check_selector(document: Document, key_path: KeyPath, selector: Any) -> None:  # noqa: ANN401 - YAML
    """
    Check a selector that Playwright looks for: a text, or an object that names one way to find the element.

    Args:
        document: The form fixture.
        key_path: Where the selector stands in it.
        selector: The selector.

    Raises:
        ConfigurationError: It does not parse, or says too little or too much.

    """
    if not isinstance(selector, str):
        _check_locator(document, key_path, selector)
    elif fault := locator_fault(selector):
        raise document.error(
            key_path,
            f"{selector!r} does not parse: {fault}.",
            hint="Give a CSS selector, or another one that Playwright takes: text=..., xpath=..., role=...",
        )


def _check_locator(document: Document, key_path: KeyPath, locator: Mapping[str, Any]) -> None:
    kinds = [kind for kind in KINDS if kind in locator]
    if len(kinds) != 1:
        got = " and ".join(kinds) or "none of them"
        raise document.error(
            key_path,
            f"an element is found in one way: expected one of {', '.join(KINDS)}, got {got}.",
            hint="For example: {role: button, name: Save}, {label: E-mail}, {css: '#card', frame: '#payment'}.",
        )
    if not locator[kinds[0]]:
        raise document.error((*key_path, kinds[0]), "expected a text, got an empty one.")
    if "exact" in locator and kinds[0] in {"css", "test_id"}:
        raise document.error((*key_path, "exact"), f"{kinds[0]} is always exact.", hint="Take exact out.")
    for name in (kinds[0], "name"):
        check_words(document, (*key_path, name), locator.get(name, ""))
    for name in ("css", "within", "frame"):
        if name in locator:
            check_selector(document, (*key_path, name), locator[name])


def check_words(document: Document, key_path: KeyPath, words: Any) -> None:  # noqa: ANN401 - YAML
    """
    Check a text that may be a value of a persona.

    Args:
        document: The form fixture.
        key_path: Where the text stands in it.
        words: A text, or `{value: NAME.KIND}`.

    Raises:
        ConfigurationError: There is no such value.

    """
    if not isinstance(words, str):
        check_reference(document, (*key_path, "value"), words["value"])


def check_reference(document: Document, key_path: KeyPath, reference: str) -> None:
    """
    Check a reference to a value of a persona, or to one of the team's own.

    Args:
        document: The form fixture.
        key_path: Where the reference stands in it.
        reference: `NAME.KIND`, or `env.VARIABLE`.

    Raises:
        ConfigurationError: There is no such value.

    """
    kind = reference.partition(".")[2]
    if variable_of(reference):
        if reference not in declared_own(document):
            raise document.error(
                key_path,
                f"nothing says what {reference} is.",
                hint=f"Give a field that value and its category, or plant it: {{value: {reference}, category: email}}.",
            )
    elif kind not in CATEGORY_OF_KIND:
        raise document.error(
            key_path, f"no persona value is called {kind!r}.", hint=f"Known: {', '.join(CATEGORY_OF_KIND)}."
        )


def planted_of(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The planted values of a fixture, each as an object."""
    return [{"value": entry} if isinstance(entry, str) else entry for entry in data.get("planted", ())]


def declared_own(document: Document) -> dict[str, tuple[str, int]]:
    """The category and the line of each value of the team's own, by its reference: a field or `planted` declares it."""
    fields, planted = document.data["fields"].items(), enumerate(planted_of(document.data))
    entries = [*((("fields", name), field) for name, field in fields), *((("planted", at), one) for at, one in planted)]
    declared: dict[str, tuple[str, int]] = {}
    for key_path, entry in entries:
        if variable_of(entry.get("value", "")) and entry.get("category"):
            declared.setdefault(entry["value"], (entry["category"], document.lines[key_path]))
    return declared


def category_of(document: Document, reference: str) -> str | None:
    """
    The category of a value.

    Args:
        document: The form fixture.
        reference: A value of a persona, or one of the team's own that the fixture declares.

    """
    if variable_of(reference):
        return declared_own(document).get(reference, (None, 0))[0]
    return CATEGORY_OF_KIND[reference.partition(".")[2]]


def check_css(document: Document, key_path: KeyPath, selector: str) -> None:
    """
    Check a selector that the page itself looks for.

    Args:
        document: The form fixture.
        key_path: Where the selector stands in it.
        selector: The selector.

    Raises:
        ConfigurationError: It does not parse.

    """
    if fault := css_fault(selector):
        raise document.error(key_path, f"{selector!r} does not parse: {fault}.", hint="Give a CSS selector.")


def check_call(document: Document, key_path: KeyPath, call: str) -> None:
    """
    Look for the function of a script step, without running its file.

    Args:
        document: The form fixture.
        key_path: Where the call stands in it.
        call: `FILE.py::FUNCTION`.

    Raises:
        ConfigurationError: There is no such file, or no such function in it.

    """
    name, _, function = call.partition("::")
    file = document.path.parent / name
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    except FileNotFoundError:
        raise document.error(key_path, f"{file} is not there.", hint="call names a file beside the fixture.") from None
    except (OSError, ValueError, SyntaxError) as error:
        raise document.error(key_path, f"{file} cannot be read: {error}.", hint="It has to be Python.") from error
    known = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    if function not in known and not any(_names(node, function) for node in tree.body):
        raise document.error(
            key_path, f"{file} has no function {function}.", hint=f"Functions there: {', '.join(known) or 'none'}."
        )


def _names(node: ast.stmt, function: str) -> bool:
    """Whether a statement may make the name in another way: an import, an assignment, or one within a block."""
    return not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Expr) and any(
        (isinstance(inner, ast.alias) and (inner.asname or inner.name) in {function, "*"})
        or (isinstance(inner, ast.Name) and inner.id == function)
        or (isinstance(inner, ast.FunctionDef) and inner.name == function)
        for inner in ast.walk(node)
    )
