"""
Says what is wrong with a selector or a pattern before a browser sees it.

Selectors are parsed by cssselect2, patterns by regress, which reads JavaScript's regular expressions. What neither can
know, such as the name of a pseudo-class, is left to the browser: a selector that works is never refused.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import regress
import tinycss2
from cssselect2 import parser
from tinycss2.ast import Node

# Pseudo-classes of jQuery; no browser takes them. Playwright has some of its own, which a page does not know.
JQUERY = frozenset(
    {
        *("button", "checkbox", "contains", "eq", "even", "file", "first", "gt", "header", "image", "input", "last"),
        *("lt", "odd", "parent", "password", "radio", "reset", "selected", "submit"),
    }
)
PLAYWRIGHT = frozenset(
    {
        *("above", "below", "has-text", "left-of", "near", "nth-match", "right-of", "text", "text-is", "text-matches"),
        "visible",
    }
)
SEPARATOR = ">>"
ENGINE = re.compile(r"\s*\*?([\w:+*-]+)\s*=")
CSS_ENGINES = frozenset({"css", "css:light"})
COMBINATORS = (">", "+", "~")
END = "maskproof-end"
NOT_CLOSED = "a bracket or a quote is not closed"


@lru_cache(maxsize=1024)
def css_fault(selector: str) -> str:
    """What is wrong with a CSS selector that a page has to understand; empty if it parses."""
    return _fault(selector, JQUERY | PLAYWRIGHT)


@lru_cache(maxsize=1024)
def locator_fault(selector: str) -> str:
    """
    What is wrong with a selector that Playwright has to understand; empty if it parses.

    Only its CSS is read. Other engines (`text=`, `xpath=`, `role=`, ...) have grammars of their own.
    """
    parts = selector.split(SEPARATOR)
    if len(parts) > 1 and any(quote in selector for quote in "\"'`"):
        return ""  # where such a selector is split depends on the engine of each part
    return next((fault for fault in map(_part_fault, parts) if fault), "")


@lru_cache(maxsize=1024)
def pattern_fault(pattern: str) -> str:
    """What is wrong with a regular expression of JavaScript; empty if it parses."""
    try:
        regress.Regex(pattern, "i")
    except regress.RegressError as error:
        return str(error)
    return ""


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> regress.Regex:
    return regress.Regex(pattern, "i")


def pattern_matches(pattern: str, text: str) -> bool:
    """
    Whether a regular expression of JavaScript matches somewhere in a text, without regard to case.

    Args:
        pattern: One without a fault.
        text: What it is tried on.

    """
    return _compiled(pattern).find(text) is not None


def _part_fault(part: str) -> str:
    body = part.strip()
    engine = ENGINE.match(body)
    if engine is not None:
        if engine[1] not in CSS_ENGINES:
            return ""
        body = body[engine.end() :].strip()
    elif body[:1] in {'"', "'"} or body.startswith("..") or body.lstrip("(").startswith("//"):
        return ""  # a text, or XPath
    if body.startswith(COMBINATORS):
        body = body[1:]  # from the element before it
    return _fault(body, JQUERY - PLAYWRIGHT)


def _fault(selector: str, unknown: frozenset[str]) -> str:
    tokens = tinycss2.parse_component_value_list(f"{selector} {END}")
    if tokens[-1].type != "ident" or tokens[-1].value != END:
        return NOT_CLOSED
    for name in _pseudo_classes(tokens):
        if name in unknown:
            whose = "Playwright's, which no page knows" if name in PLAYWRIGHT else "jQuery's, and no browser has it"
            return f":{name} is {whose}"
    try:
        list(parser.parse(list(_plain(tokens[:-1]))))
    except parser.SelectorError as error:
        return _in_words(error)
    return ""


def _in_words(error: parser.SelectorError) -> str:
    """The parser's message without the names of its classes."""
    message = str(error.args[-1]).rstrip(".")
    return re.sub(r"<\w+ (.*)>", r"\1", message).replace("EOF", "its end").replace("None", "its end")


def _pseudo_classes(tokens: Sequence[Node]) -> Iterator[str]:
    """Names behind a single colon, at any depth of parentheses."""
    for place, token in enumerate(tokens):
        before = [one.value if one.type == "literal" else "" for one in tokens[max(place - 2, 0) : place]]
        if before[-1:] == [":"] and before != [":", ":"] and token.type in {"ident", "function"}:
            yield token.lower_value if token.type == "ident" else token.lower_name
        if token.type == "function":
            yield from _pseudo_classes(token.arguments)


def _plain(tokens: Sequence[Node]) -> Iterator[Node]:
    """The tokens, with `&` and pseudo-elements that the parser does not know replaced by some that it does."""
    for place, token in enumerate(tokens):
        colons = [one.value for one in tokens[max(place - 2, 0) : place] if one.type == "literal"]
        if token.type == "literal" and token.value == "&":
            yield from tinycss2.parse_component_value_list(":scope")
        elif colons == [":", ":"] and token.type in {"ident", "function"}:
            yield from tinycss2.parse_component_value_list("before")
        else:
            yield token
