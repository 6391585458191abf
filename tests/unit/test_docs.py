"""The pages of the documentation: every link has a target, every example is valid, no page is left out."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from tests.unit.docs.pages import DOCS, PAGES, ROOT, schema_of, text_of

from maskproof.settings_schema import SCHEMA

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
NAMED_PAGE = re.compile(r"\bdocs/[\w./-]*\w")
REPOSITORY_PATH = re.compile(
    r"`((?:benchmarks|deploy|fixtures|masking_rules|scripts|src/maskproof|tests/[a-z]+)/[\w./-]*)`"
)
MADE = re.compile(r"(?:`| {4})make ([a-z]+)")
SOURCES = frozenset({".j2", ".json", ".py", ".sh", ".toml", ".ts", ".tsx", ".txt", ".yaml"})
# The schema of a whole file in an example, by a key that only such a file has.
SCHEMA_BY_KEY = {
    "fields": "form-fixture.json",
    "rules": "masking-rules.json",
    "accepted": "accepted-findings.json",
    "accept": "leak-policy.json",
    "signed": "signatures.json",
}


def anchors(path: Path) -> set[str]:
    """The anchors of a page: its headings, as links name them."""
    headings = HEADING.findall(CODE_BLOCK.sub("", text_of(path)))
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


def links() -> Iterator[tuple[Path, str]]:
    """Every link to a place in the repository, with its page."""
    for path in PAGES:
        for target in LINK.findall(CODE_BLOCK.sub("", text_of(path))):
            if "://" not in target:
                yield path, target


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_has_a_target(path: Path) -> None:
    """Each link of a page names a file that exists, and a heading of that file."""
    for target in (target for source, target in links() if source == path):
        file, _, anchor = target.partition("#")
        place = (path.parent / file).resolve() if file else path
        assert place.exists(), target
        assert not anchor or anchor in anchors(place), target


def examples(language: str) -> list[Any]:
    """Every example in a language, as pytest parameters named by page and line."""
    found = []
    for path in PAGES:
        text = text_of(path)
        for match in re.finditer(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            name = f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}"
            found.append(pytest.param(match[1], id=name))
    return found


@pytest.mark.parametrize("text", examples("toml"))
def test_every_example_of_a_configuration_is_valid(text: str) -> None:
    """Each TOML example fits the schema of the configuration."""
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(tomllib.loads(text))] == []


@pytest.mark.parametrize("text", examples("yaml"))
def test_every_example_of_a_file_is_valid(text: str) -> None:
    """An example of a whole file fits the schema of its kind; a part of a file is valid YAML."""
    document = yaml.safe_load(text)
    for key, name in SCHEMA_BY_KEY.items():
        if "version" in document and key in document:
            found = Draft202012Validator(schema_of(name)).iter_errors(document)
            assert [error.message for error in found] == []
            return
    assert "version" not in document


@pytest.mark.parametrize("text", examples("json"))
def test_every_example_of_json_is_json(text: str) -> None:
    """Each JSON example can be parsed."""
    assert json.loads(text)


def test_every_page_is_in_the_index() -> None:
    """The index links to each page of the documentation."""
    index = DOCS / "README.md"
    linked = {(path.parent / target.partition("#")[0]).resolve() for path, target in links() if path == index}
    assert {path for path in PAGES if DOCS in path.parents and path != index} <= linked


def test_every_page_that_the_code_names_is_there() -> None:
    """Each page that a message or a comment names exists."""
    folders = (ROOT / name for name in ("src", "scripts", "masking_rules", "fixtures/forms", "fixtures/app/src"))
    sources = [path for folder in folders for path in folder.rglob("*") if path.suffix in SOURCES]
    sources += [ROOT / "pyproject.toml", ROOT / "maskproof.toml", ROOT / "Makefile"]
    named = {name for path in sources for name in NAMED_PAGE.findall(text_of(path))}
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_make_target_that_is_named_is_there() -> None:
    """The Makefile has each target that a page names."""
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    named = {name for path in PAGES for name in MADE.findall(text_of(path))}
    assert named
    assert named <= targets


def test_every_path_of_the_repository_that_is_named_is_there() -> None:
    """Each path in backquotes below a folder of the repository exists."""
    named = {name for path in PAGES for name in REPOSITORY_PATH.findall(text_of(path))}
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
