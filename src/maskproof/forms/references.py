"""Checks what a form fixture refers to outside itself: elements of the page, and functions of a file beside it."""

import ast
from collections.abc import Mapping
from typing import Any

from maskproof.documents import Document
from maskproof.forms.locators import KINDS
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
    Check a reference to a value of a persona.

    Args:
        document: The form fixture.
        key_path: Where the reference stands in it.
        reference: `NAME.KIND`.

    Raises:
        ConfigurationError: There is no such value.

    """
    kind = reference.partition(".")[2]
    if kind not in CATEGORY_OF_KIND:
        raise document.error(
            key_path, f"no persona value is called {kind!r}.", hint=f"Known: {', '.join(CATEGORY_OF_KIND)}."
        )


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
