"""The reference of findings agrees with the detector."""

import ast
import re
from importlib.resources import files

from tests.unit.docs.pages import first_cells, quoted, schema_of, section

from maskproof.leaks.findings import Finding
from maskproof.leaks.judging.accepted import KNOWN_CHANNELS
from maskproof.leaks.judging.policy import load_policy
from maskproof.leaks.rare.bundle import WITH_RARE_HASHES
from maskproof.leaks.search.decoders import BINARY
from maskproof.leaks.search.matches import RANK
from maskproof.leaks.spelling.forms import FORMS
from maskproof.leaks.traces.patterns import RULES
from maskproof.leaks.traces.second_net import GUESSED, PREFIX, SHOWN
from maskproof.openreplay.messages import BY_NAME

PAGE = "reference/findings.md"
# Modules that name encodings, and the calls whose arguments name them.
DECODERS = (
    *("decoding/base_runs", "decoding/escapes", "decoding/interleaved_codings", "decoding/packed"),
    *("decoding/whole_token_codings", "search/known_encodings", "search/scan", "search/searcher"),
    *("rare/base85", "rare/lz_shapes"),
)
NAMING = frozenset({"Candidate", "Guess", "Literal", "Match", "_Escaping"})
ENCODING_NAME = re.compile(r"[a-z][a-z0-9-]+")


def test_every_channel_is_described() -> None:
    """The page names each channel, except those that have the name of a message."""
    named = KNOWN_CHANNELS - set(BY_NAME)
    policies = {channel for rule in load_policy().rules for channel in rule.channels}
    assert (named | policies) - quoted(section(PAGE, "## Channels")) == set()


def kinds() -> set[str]:
    """Every kind of finding that a baseline may name."""
    schema = schema_of("accepted-findings.json")
    return set(schema["properties"]["accepted"]["items"]["properties"]["match"]["properties"]["kind"]["enum"])


def encodings() -> set[str]:
    """Names of encodings in the decoders: from calls that make decoded texts, and from tables of decoders."""
    found: set[str] = set()
    for name in DECODERS:
        source = files("maskproof.leaks").joinpath(f"{name}.py").read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMING:
                found.update(_texts(node.args))
            elif isinstance(node, ast.Tuple) and not all(isinstance(item, ast.Constant) for item in node.elts):
                found.update(_texts(node.elts[:1]))
            elif isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple):
                found.update(_texts(node.iter.elts))
    return {name for name in found if ENCODING_NAME.fullmatch(name)}


def _texts(nodes: list[ast.expr]) -> list[str]:
    items = [item for node in nodes for item in (node.elts if isinstance(node, ast.Tuple) else [node])]
    return [item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]


def test_every_encoding_is_described() -> None:
    """The page names each encoding of a decoder or of the pattern-based detection, and no other."""
    wanted = encodings() - {*RANK, *kinds(), "prefix", "hash"}
    assert {"percent", "base64", "gzip", "lz-string", "utf-16le", "mask"} <= wanted
    assert wanted | SHOWN | GUESSED | {BINARY} == quoted("\n".join(first_cells(section(PAGE, "## Encodings"))))


def test_every_hash_is_described() -> None:
    """The page names each hash of the table."""
    assert {known.name for known in WITH_RARE_HASHES.hashes} <= quoted(section(PAGE, "## Hashes"))


def test_every_pattern_is_described() -> None:
    """The page names each pattern as findings name it, and no other."""
    assert {PREFIX + rule.name for rule in RULES} == {
        name for name in quoted(section(PAGE, "## Patterns")) if name.startswith(PREFIX)
    }


def test_fields_kinds_and_matches_are_described() -> None:
    """The page names every field of a finding, every kind that a baseline may name, and every match."""
    assert set(Finding.__slots__) <= quoted(section(PAGE, "## Fields"))
    assert kinds() <= quoted(section(PAGE, "## Kinds"))
    assert {*RANK, "prefix", "hash", "pattern"} <= quoted(section(PAGE, "## Matches"))


def test_every_kind_of_form_is_described() -> None:
    """The page has the table of forms, word for word."""
    rows = [line for line in section(PAGE, "## Forms").splitlines() if line.startswith("| `")]
    assert rows == [f"| `{form}` | {text} |" for form, text in FORMS.items()]
