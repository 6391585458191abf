"""The reference of findings, held to the detector."""

import ast
import re
from importlib.resources import files

from tests.unit.docs.pages import first_cells, quoted, schema_of, section

from maskproof.leaks.digests.hashes import HASHES
from maskproof.leaks.findings import Finding
from maskproof.leaks.judging.accepted import KNOWN_CHANNELS
from maskproof.leaks.judging.policy import load_policy
from maskproof.leaks.search.searcher import BINARY, RANK
from maskproof.leaks.traces.patterns import RULES
from maskproof.leaks.traces.second_net import GUESSED, PREFIX, SHOWN
from maskproof.openreplay.messages import BY_NAME

PAGE = "reference/findings.md"
# Modules that name encodings, and the calls that do so with their first text.
DECODERS = (
    *("decoding/base_runs", "decoding/escapes", "decoding/interleaved_codings", "decoding/packed"),
    *("decoding/whole_token_codings", "search/known_encodings", "search/scan", "search/searcher"),
)
NAMING = frozenset({"Candidate", "Guess", "Literal", "Match", "_Escaping"})
ENCODING_NAME = re.compile(r"[a-z][a-z0-9-]+")


def test_every_channel_is_described() -> None:
    """Each that a finding may name, but for those that are called as a message."""
    named = KNOWN_CHANNELS - set(BY_NAME)
    policies = {channel for rule in load_policy().rules for channel in rule.channels}
    assert (named | policies) - quoted(section(PAGE, "## Channels")) == set()


def kinds() -> set[str]:
    """Every kind of finding, as a baseline may name it."""
    schema = schema_of("accepted-findings.json")
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
    assert wanted | SHOWN | GUESSED | {BINARY} == quoted("\n".join(first_cells(section(PAGE, "## Encodings"))))


def test_every_hash_is_described() -> None:
    """Each of the table of hashes."""
    assert {one.name for one in HASHES} <= quoted(section(PAGE, "## Hashes"))


def test_every_pattern_is_described() -> None:
    """Each of the second net, as findings name it."""
    assert {PREFIX + rule.name for rule in RULES} == {
        name for name in quoted(section(PAGE, "## Patterns")) if name.startswith(PREFIX)
    }


def test_fields_kinds_and_matches_are_described() -> None:
    """Every field of a finding, every kind that a baseline may name, every match of the search."""
    assert set(Finding.__slots__) <= quoted(section(PAGE, "## Fields"))
    assert kinds() <= quoted(section(PAGE, "## Kinds"))
    assert {*RANK, "prefix", "hash", "pattern"} <= quoted(section(PAGE, "## Matches"))
