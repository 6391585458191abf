"""What of a recording is the application's own."""

import pytest

from maskproof.suite.static_content import StaticContent

SCRIPT = """const a="Create your account",b='Ann-Marie "A"',c=`Thanks, ${name}`;jsx("div",{});x(`plan`)"""
DOCUMENT = "<!doctype html><html lang=en><title>Reference\n  app</title><body>Hello</body>"
SHEET = ".row { color: #123456; margin: 0 auto }"
STATIC = StaticContent([SCRIPT, DOCUMENT, SHEET])
OWN = {
    "a literal": ("SetNodeData", "Data", "Create your account"),
    "between tags, in other white space": ("SetPageLocation", "DocumentTitle", "Reference app"),
    "a short literal": ("SetNodeAttribute", "Value", "plan"),
    "a part of a style sheet": ("SetCSSData", "Data", ".row { color: #123456;"),
    "the name of an element": ("CreateElementNode", "Tag", "DIV"),
    "the name of an attribute": ("SetNodeAttribute", "Name", "lang"),
}
RECORDED = {
    "what was filled in": ("SetNodeData", "Data", "Thanks, Quelmorn"),
    "a short text that is a part of a literal": ("SetNodeData", "Data", "Ann"),
    "a word of a script that is no literal": ("SetNodeData", "Data", "name"),
    "a name of no element": ("CreateElementNode", "Tag", "quelmorn-gravid"),
}


@pytest.mark.parametrize("name", OWN)
def test_what_the_application_serves_is_its_own(name: str) -> None:
    """Word for word, whatever the white space."""
    assert STATIC.holds(*OWN[name])


@pytest.mark.parametrize("name", RECORDED)
def test_everything_else_is_shown(name: str) -> None:
    """Also what stands in a script only by chance, or in part."""
    assert not STATIC.holds(*RECORDED[name])


def test_without_files_everything_is_shown() -> None:
    """An application that gives no file hides nothing."""
    assert not StaticContent([]).holds("SetNodeData", "Data", "Create your account")
