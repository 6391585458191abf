"""One word for each thing: the words that the glossary rules out occur in no page, docstring, comment or message."""

import ast
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.unit.docs.pages import PAGES, ROOT, page, text_of

# A pattern for each entry of the glossary's third column.
BANNED = {
    "as far as it goes": r"\bas far as it goes\b",
    "idle rule": r"\bidle rules?\b",
    "is over": r"\b(?:is|are) over\b(?! \d)",
    "owner's requirement": r"\bowner's requirements?\b",
    "pass over": r"\bpass(?:es|ed|ing)? over\b",
    "second net": r"\bsecond nets?\b",
    "signed address": r"\bsigned address(?:es)?\b",
    "standard": r"(?<!-)\bstandard\b(?!/OnDemand| (?:library|error|output|input|deviation))",
    "told": r"\btold\b",
    "told only": r"\btold only\b|\bonly told\b",
    "way of the data": r"\bway of the data\b",
    "what had to be seen": r"\bwhat had to be seen\b",
    "what is let pass": r"\blet pass\b",
    "what there was to see": r"\bwhat there was to see\b",
}
GLOSSARY = "reference/glossary.md"
FOLDERS = ("src", "tests", "benchmarks", "scripts", "deploy")
OTHERS = ("conftest.py", "maskproof.toml", "Makefile", "scripts/setup.sh", "ARCHITECTURE.md", "criteria.yaml")
TEMPLATES = sorted((ROOT / "src").rglob("*.j2"))


def prose_of_code(path: Path) -> Iterator[tuple[int, str]]:
    """Docstrings, comments and texts of a module, with their line numbers; names are code and do not count."""
    text = text_of(path)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
    with path.open("rb") as file:
        tokens = list(tokenize.tokenize(file.readline))
    yield from ((token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT)


@cache
def prose() -> list[tuple[str, str]]:
    """Everything that is written for a reader, read once: its place, and the text in one line."""
    return list(_prose())


def _prose() -> Iterator[tuple[str, str]]:
    """Every text that is written for a reader: its place, and the text on one line."""
    written = [*PAGES, *(ROOT / name for name in OTHERS), *TEMPLATES]
    for path in written:
        if path.name != "glossary.md":
            for number, line in enumerate(text_of(path).splitlines(), 1):
                yield f"{path.relative_to(ROOT)}:{number}", line
    own = Path(__file__)
    for path in (path for name in FOLDERS for path in sorted((ROOT / name).rglob("*.py")) if path != own):
        for number, text in prose_of_code(path):
            yield f"{path.relative_to(ROOT)}:{number}", " ".join(text.split())


def glossary() -> list[list[str]]:
    """The rows of the glossary: word, meaning, words that are not used."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page(GLOSSARY).splitlines()]
    return [row for row in rows if len(row) == 3 and row[0] not in {"word", "---"}]


@pytest.mark.parametrize("banned", BANNED)
def test_no_page_and_no_module_uses_another_word(banned: str) -> None:
    """Pages, messages, docstrings and comments use the glossary's word."""
    pattern = re.compile(BANNED[banned], re.IGNORECASE)
    assert [f"{place}: {text[:120]}" for place, text in prose() if pattern.search(text)] == []


@pytest.mark.parametrize(("banned", "text"), [(banned, banned) for banned in BANNED])
def test_a_banned_word_is_seen(banned: str, text: str) -> None:
    """Each pattern matches the words of the glossary."""
    assert re.search(BANNED[banned], f"it {text} here", re.IGNORECASE)


def test_the_patterns_are_those_of_the_glossary() -> None:
    """There is one pattern for each entry of the third column."""
    assert sorted(row[2] for row in glossary() if row[2]) == sorted(BANNED)


def test_the_glossary_is_sorted_and_says_each_word_once() -> None:
    """The rows are sorted by word, and no word is there twice."""
    words = [row[0].lower() for row in glossary()]
    assert words == sorted(set(words))
    assert len(words) >= 30
