"""Checks what a form fixture refers to outside itself: elements of the page, and functions of a file beside it."""

import ast

from maskproof.documents import Document
from maskproof.matchers import css_fault, locator_fault

KeyPath = tuple[str | int, ...]


def check_selector(document: Document, key_path: KeyPath, selector: str) -> None:
    """
    Check a selector that Playwright looks for.

    Args:
        document: The form fixture.
        key_path: Where the selector stands in it.
        selector: The selector.

    Raises:
        ConfigurationError: It does not parse.

    """
    if fault := locator_fault(selector):
        raise document.error(
            key_path,
            f"{selector!r} does not parse: {fault}.",
            hint="Give a CSS selector, or another one that Playwright takes: text=..., xpath=..., role=...",
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
