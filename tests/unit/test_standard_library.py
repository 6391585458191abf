"""
The code uses nothing that Python 3.11.0 does not have.

mypy reports names of 3.12 and later (its `python_version`). No type checker knows what a patch release of 3.11 added,
so this module lists it. The sources are the notes in typeshed's stubs ("Added in Python ..., 3.11.N": grep for them in
mypy's `typeshed/stdlib`) and, for `tarfile` and `shutil`, the changelog of 3.11.4.
"""

import ast
import tomllib
from collections.abc import Iterator

import pytest
from tests.unit.docs.pages import ROOT, text_of

NAMES = frozenset(
    {
        *("AbsoluteLinkError", "AbsolutePathError", "FilterError", "LinkOutsideDestinationError"),
        *("LinkFallbackError", "OutsideDestinationError", "SpecialFileError"),  # tarfile, 3.11.4 and 3.11.13
        *("data_filter", "fully_trusted_filter", "tar_filter"),  # tarfile, 3.11.4
        *("GetReparseDeferralEnabled", "SetReparseDeferralEnabled"),  # pyexpat, 3.11.9
        *("SetBillionLaughsAttackProtectionActivationThreshold", "SetAllocTrackerActivationThreshold"),
        "ALLOW_MISSING",  # os.path, 3.11.13
        "ENOTCAPABLE",  # errno, 3.11.1
        "HeaderWriteError",  # email.errors, 3.11.10
        "RCDATA_CONTENT_ELEMENTS",  # html.parser, 3.11.13
        "supports_strict_parsing",  # email.utils, 3.11.10
    }
)
KEYWORDS = frozenset(
    {
        *(("extract", "filter"), ("extractall", "filter"), ("unpack_archive", "filter")),  # 3.11.4
        *(("getaddresses", "strict"), ("parseaddr", "strict")),  # 3.11.10
        ("HTMLParser", "scripting"),  # 3.11.15
        *(("EmailPolicy", "verify_generated_headers"), ("Compat32", "verify_generated_headers")),  # 3.11.10
    }
)
SOURCES = sorted(path for name in ("src", "scripts", "fixtures/app") for path in (ROOT / name).rglob("*.py"))


def later_names(text: str) -> Iterator[str]:
    """What a module uses of the standard library that 3.11.0 does not have, with its line."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr in NAMES:
            yield f"line {node.lineno}: {node.attr}"
        elif isinstance(node, ast.ImportFrom):
            yield from (f"line {node.lineno}: {alias.name}" for alias in node.names if alias.name in NAMES)
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield from (
                f"line {node.lineno}: {called}({keyword.arg}=)"
                for keyword in node.keywords
                if (called, keyword.arg) in KEYWORDS
            )


def test_no_module_needs_a_patch_release() -> None:
    """Neither the package nor the scripts and servers beside it use anything newer than 3.11.0."""
    found = [f"{path.relative_to(ROOT)}: {name}" for path in SOURCES for name in later_names(text_of(path))]
    assert len(SOURCES) > 100
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("archive.extractall(place, filter='data')", ["line 1: extractall(filter=)"]),
        ("shutil.unpack_archive(a, b, filter='data')", ["line 1: unpack_archive(filter=)"]),
        ("import os\nos.path.realpath(x, strict=os.path.ALLOW_MISSING)", ["line 2: ALLOW_MISSING"]),
        ("from tarfile import data_filter", ["line 1: data_filter"]),
        ("parseaddr(text, strict=False)", ["line 1: parseaddr(strict=)"]),
        ("archive.extraction_filter = getattr(tarfile, 'data_filter', None)", []),
        ("rows.filter(strict=True)", []),
    ],
)
def test_what_came_with_a_patch_release_is_seen(text: str, found: list[str]) -> None:
    """Newer names, imports and arguments are seen; what `getattr` asks for may be absent, so it is not."""
    assert list(later_names(text)) == found


def test_the_type_checker_knows_no_newer_python() -> None:
    """Types are checked against the oldest Python that the package supports."""
    configured = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    assert configured["project"]["requires-python"] == ">=3.11"
    assert configured["tool"]["mypy"]["python_version"] == "3.11"
