"""The documentation, held to the code where a machine can: links, options, names."""

import argparse
import ast
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from maskproof.cli import build_parser
from maskproof.evidence.requirements import REQUIREMENTS
from maskproof.leaks.accepted import KNOWN_CHANNELS
from maskproof.leaks.findings import Finding
from maskproof.leaks.hashes import HASHES
from maskproof.leaks.patterns import RULES
from maskproof.leaks.policy import load_policy
from maskproof.leaks.searcher import RANK
from maskproof.leaks.second_net import GUESSED, PREFIX, SHOWN
from maskproof.openreplay.messages import BY_NAME
from maskproof.personas import CATEGORY_OF_KIND
from maskproof.plugin import PII_OPTIONS
from maskproof.settings_schema import SCHEMA
from maskproof.suite.reporting import TITLES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = (*sorted(DOCS.rglob("*.md")), ROOT / "reports/README.md")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
NAMED_PAGE = re.compile(r"\bdocs/[\w./-]*\w")
OPTION = re.compile(r"`(--[a-z-]+)")
QUOTED = re.compile(r"`([^`\n]+)`")
SOURCES = frozenset({".j2", ".json", ".py", ".sh", ".toml", ".ts", ".tsx", ".txt", ".yaml"})
VARIABLE = re.compile(r"MASKPROOF_[A-Z]+")
# Which schema a whole file in an example has to fit, told by a key that it has.
SCHEMA_BY_KEY = {
    "fields": "form-fixture.json",
    "rules": "masking-rules.json",
    "accepted": "accepted-findings.json",
    "accept": "leak-policy.json",
}
NPM_PROJECTS = ("fixtures/app", "src/maskproof/evidence/allure_tool", "src/maskproof/umami/server")
# Modules that name encodings, and the calls that do so with their first text.
DECODERS = ("codecs", "escapes", "literals", "packed", "scan", "searcher", "spread", "tokens")
NAMING = frozenset({"Candidate", "Guess", "Literal", "Match", "_Escaping"})
# Shorter pieces of a message stand anywhere.
SHORT_PIECE = 8
ENCODING_NAME = re.compile(r"[a-z][a-z0-9-]+")


def page(name: str) -> str:
    """The text of a page below `docs/`."""
    return (DOCS / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """What stands below one heading of a page, up to the next of its level."""
    level = heading.partition(" ")[0]
    _, found, rest = page(name).partition(f"\n{heading}\n")
    assert found, f"{name} has no heading {heading!r}"
    return re.split(rf"^#{{2,{len(level)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def quoted(text: str) -> set[str]:
    """Everything in backquotes."""
    return set(QUOTED.findall(text))


def anchors(path: Path) -> set[str]:
    """What links into a page may name."""
    headings = HEADING.findall(CODE_BLOCK.sub("", path.read_text(encoding="utf-8")))
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


def links() -> Iterator[tuple[Path, str]]:
    """Every link that stays in the repository, with its page."""
    for path in PAGES:
        for target in LINK.findall(CODE_BLOCK.sub("", path.read_text(encoding="utf-8"))):
            if "://" not in target:
                yield path, target


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    """To a file that is there, and to a heading that it has."""
    for target in (target for source, target in links() if source == path):
        file, _, anchor = target.partition("#")
        place = (path.parent / file).resolve() if file else path
        assert place.exists(), target
        assert not anchor or anchor in anchors(place), target


def examples(language: str) -> list[Any]:
    """Every example in a language, as parameters named by page and line."""
    found = []
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            name = f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}"
            found.append(pytest.param(match[1], id=name))
    return found


@pytest.mark.parametrize("text", examples("toml"))
def test_every_example_of_a_configuration_is_valid(text: str) -> None:
    """It fits the schema."""
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(tomllib.loads(text))] == []


@pytest.mark.parametrize("text", examples("yaml"))
def test_every_example_of_a_file_is_valid(text: str) -> None:
    """What is a whole file fits the schema of its kind; a part of one is YAML."""
    document = yaml.safe_load(text)
    for key, name in SCHEMA_BY_KEY.items():
        if "version" in document and key in document:
            schema = json.loads(files("maskproof").joinpath("schemas", name).read_text(encoding="utf-8"))
            assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []
            return
    assert "version" not in document


@pytest.mark.parametrize("text", examples("json"))
def test_every_example_of_json_is_json(text: str) -> None:
    """It can be read."""
    assert json.loads(text)


def test_every_page_is_in_the_index() -> None:
    """The index leads to each page of the documentation."""
    index = DOCS / "README.md"
    linked = {(path.parent / target.partition("#")[0]).resolve() for path, target in links() if path == index}
    assert {path for path in PAGES if DOCS in path.parents and path != index} <= linked


def test_every_page_that_the_code_names_is_there() -> None:
    """Messages and comments send nobody to a page that does not exist."""
    folders = (ROOT / name for name in ("src", "scripts", "masking_rules", "fixtures/forms", "fixtures/app/src"))
    sources = [path for folder in folders for path in folder.rglob("*") if path.suffix in SOURCES]
    sources += [ROOT / "pyproject.toml", ROOT / "maskproof.toml", ROOT / "Makefile"]
    named = {name for path in sources for name in NAMED_PAGE.findall(path.read_text(encoding="utf-8"))}
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@cache
def parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command."""
    return _choices(build_parser())


def _choices(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found[0].choices) if found else {}


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """Every long option of a command and its actions, but for `--help`."""
    own = {name for action in parser._actions for name in action.option_strings if name.startswith("--")}
    return (own | {name for one in _choices(parser).values() for name in options_of(one)}) - {"--help"}


def test_every_command_has_a_section() -> None:
    """Those of the command line, and no other."""
    headings = re.findall(r"^## maskproof (\w+)$", page("reference/commands.md"), re.MULTILINE)
    assert sorted(headings) == sorted(parsers())


@pytest.mark.parametrize("command", parsers())
def test_the_options_of_a_command_are_those_of_its_section(command: str) -> None:
    """Each option stands there, and none that the command has not; those that are refused apart."""
    refused = {f"--{name}" for name in PII_OPTIONS}
    written = set(OPTION.findall(section("reference/commands.md", f"## maskproof {command}")))
    assert written - refused == options_of(parsers()[command])


def test_every_action_of_rules_is_described() -> None:
    """Each action is a row of the command's table."""
    rows = section("reference/commands.md", "## maskproof rules")
    assert all(re.search(rf"^\| `{name}\b", rows, re.MULTILINE) for name in _choices(parsers()["rules"]))


def tables(schema: dict[str, Any], name: str = "") -> Iterator[tuple[str, set[str]]]:
    """Each table of the configuration's schema with the names in it; one of tables only has none of its own."""
    properties = schema["properties"]
    if not all("properties" in one for one in properties.values()):
        yield name, set(properties)
    for key, one in properties.items():
        if "properties" in one:
            yield from tables(one, f"{name}.{key}" if name else key)


@pytest.mark.parametrize(("table", "names"), list(tables(SCHEMA)), ids=lambda one: one if isinstance(one, str) else "")
def test_every_configuration_name_is_a_row_of_its_table(table: str, names: set[str]) -> None:
    """Each name stands below the heading of its table, and no other does."""
    rows = section("reference/configuration.md", f"## `[{table}]`")
    assert set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE)) == names


def test_every_environment_variable_is_described() -> None:
    """Those that the code reads stand in the configuration's reference, and no other does."""
    used = {
        name for path in (ROOT / "src").rglob("*.py") for name in VARIABLE.findall(path.read_text(encoding="utf-8"))
    }
    assert set(VARIABLE.findall(page("reference/configuration.md"))) == used


def test_every_python_dependency_is_described() -> None:
    """Those of pyproject.toml, and no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for heading, wanted in (
        ("## Python: needed to run", project["dependencies"]),
        ("## Python: needed to work on it (`dev`)", project["optional-dependencies"]["dev"]),
    ):
        rows = section("reference/dependencies.md", heading)
        written = quoted("\n".join(line.split("|")[1] for line in rows.splitlines() if line.startswith("| `")))
        assert written == {re.match(r"[\w-]+", one)[0] for one in wanted}  # type: ignore[index]


@pytest.mark.parametrize("project", NPM_PROJECTS)
def test_every_npm_package_is_described(project: str) -> None:
    """Those that a package.json names stand in the section of that project."""
    data = json.loads((ROOT / project / "package.json").read_text(encoding="utf-8"))
    (heading,) = re.findall(rf"^## .*`{project}`$", page("reference/dependencies.md"), re.MULTILINE)
    written = quoted(section("reference/dependencies.md", heading))
    assert {*data["dependencies"], *data.get("devDependencies", {})} <= written


def test_every_channel_is_described() -> None:
    """Each that a finding may name, but for those that are called as a message."""
    named = KNOWN_CHANNELS - set(BY_NAME)
    policies = {channel for rule in load_policy().rules for channel in rule.channels}
    assert (named | policies) - quoted(section("reference/findings.md", "## Channels")) == set()


def kinds() -> set[str]:
    """Every kind of finding, as a baseline may name it."""
    schema = json.loads(files("maskproof").joinpath("schemas/accepted-findings.json").read_text(encoding="utf-8"))
    return set(schema["properties"]["accepted"]["items"]["properties"]["match"]["properties"]["kind"]["enum"])


def encodings() -> set[str]:
    """Names of encodings in the decoders: of calls that make what is decoded, and of tables of decoders."""
    found: set[str] = set()
    for name in DECODERS:
        source = files("maskproof.leaks").joinpath(f"{name}.py").read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMING:
                found.update(_texts(node.args))
            elif isinstance(node, ast.Tuple) and not all(isinstance(one, ast.Constant) for one in node.elts):
                found.update(_texts(node.elts[:1]))
            elif isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple):
                found.update(_texts(node.iter.elts))
    return {name for name in found if ENCODING_NAME.fullmatch(name)}


def _texts(nodes: list[ast.expr]) -> list[str]:
    constants = [one for node in nodes for one in (node.elts if isinstance(node, ast.Tuple) else [node])]
    return [one.value for one in constants if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def test_every_encoding_is_described() -> None:
    """Each name that a decoder gives, and each that the second net knows."""
    wanted = encodings() - {*RANK, *kinds(), "prefix", "hash"}
    assert {"percent", "base64", "gzip", "lz-string", "utf-16le", "mask"} <= wanted
    assert wanted | SHOWN | GUESSED == {
        name
        for line in section("reference/findings.md", "## Encodings").splitlines()
        if line.startswith("| `")
        for name in quoted(line.split("|")[1])
    }


def test_every_hash_is_described() -> None:
    """Each of the table of hashes."""
    assert {one.name for one in HASHES} <= quoted(section("reference/findings.md", "## Hashes"))


def test_every_pattern_is_described() -> None:
    """Each of the second net, as findings name it."""
    assert {PREFIX + rule.name for rule in RULES} == {
        name for name in quoted(section("reference/findings.md", "## Patterns")) if name.startswith(PREFIX)
    }


def test_fields_kinds_and_matches_are_described() -> None:
    """Every field of a finding, every kind that a baseline may name, every match of the search."""
    assert set(Finding.__slots__) <= quoted(section("reference/findings.md", "## Fields"))
    assert kinds() <= quoted(section("reference/findings.md", "## Kinds"))
    assert {*RANK, "prefix", "hash", "pattern"} <= quoted(section("reference/findings.md", "## Matches"))


def test_every_check_is_described() -> None:
    """Each has a section, and each that is not of the whole run stands in the officer's guide."""
    assert [name for name in TITLES if f"\n## {name}\n" not in page("reference/checks.md")] == []


def test_requirements_without_a_check_are_told_to_the_officer() -> None:
    """Those that no check speaks for, by their story."""
    told = section("guides/read-the-report.md", "## The owner's requirements")
    missing = [one.id for one in REQUIREMENTS if not one.checks]
    lines = [line for line in told.splitlines() if line.startswith("- ")]
    for story, name in (one.split() for one in missing):
        assert any(line.startswith(f"- {story} ") and re.search(rf"\b{name}\b", line) for line in lines), (story, name)


def test_every_key_of_a_form_fixture_is_described() -> None:
    """Keys, steps, and kinds of values."""
    schema = json.loads(files("maskproof").joinpath("schemas/form-fixture.json").read_text(encoding="utf-8"))
    names = set(schema["properties"])
    names |= set(schema["properties"]["fields"]["additionalProperties"]["properties"])
    names |= set(schema["properties"]["steps"]["items"]["properties"])
    for key in ("submits", "volatile"):
        names |= set(schema["properties"][key]["items"]["properties"])
    assert (names | set(CATEGORY_OF_KIND)) - quoted(page("reference/form-fixtures.md")) == set()


def test_the_second_nets_modes_are_described() -> None:
    """In the guide, as a table."""
    from maskproof.leaks.judge import SecondNetMode

    rows = section("guides/scan-files.md", "## The second net")
    assert all(f"| `{mode}`" in rows for mode in get_args(SecondNetMode))


def test_the_overheads_figures_are_those_of_the_code() -> None:
    """How often is resampled and looked, how few pairs say nothing, how much work the control does."""
    from maskproof.overhead import measure, statistics

    told = " ".join(section("why.md", "## How overhead is judged").split())
    assert f"{statistics.RESAMPLES} resamples" in told
    assert f"After {', '.join(str(20 * look) for look in range(1, measure.LOOKS))} and {20 * measure.LOOKS} " in told
    assert f"each bound holds with {100 * (1 - measure.ERROR / measure.LOOKS):.1f} %" in told
    assert f"{measure.SABOTAGE_MS} ms of busy work" in told
    assert statistics.MINIMUM_PAIRS == 8
    assert "Fewer than eight pairs" in told


def messages() -> str:
    """Every text of the code, with a mark for what is filled in; one a line."""
    found = [(ROOT / "scripts/setup.sh").read_text(encoding="utf-8")]
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                found.append("".join(str(one.value) if isinstance(one, ast.Constant) else "\0" for one in node.values))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    return "\n".join(found)


def test_every_message_of_the_troubleshooting_guide_is_one_of_the_code() -> None:
    """What is in backquotes in a first column, piece by piece between its gaps."""
    rows = re.findall(r"^\| (`.*?`(?:, `.*?`)*)[^|`]* \|", page("guides/troubleshooting.md"), re.MULTILINE)
    known = messages()
    pieces = {
        piece.strip(" .:,'")
        for row in rows
        for message in QUOTED.findall(row)
        for piece in re.split(r"\.\.\.|\b[A-Z]{1,6}\b", message)
    }
    long = {piece for piece in pieces if len(piece) > SHORT_PIECE}
    assert len(long) > len(rows) / 2
    assert [piece for piece in sorted(long) if piece not in known] == []
