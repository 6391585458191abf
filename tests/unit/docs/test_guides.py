"""Guides and other references agree with the code that they describe."""

import ast
import re
from typing import get_args

from tests.unit.docs.pages import QUOTED, ROOT, page, quoted, schema_of, section, text_of

from maskproof.bundles import CHECKED_TRACKERS
from maskproof.embedded.weakening import WEAKENINGS
from maskproof.overhead import measure, statistics
from maskproof.personas import CATEGORY_OF_KIND
from maskproof.settings import SecondNetMode
from maskproof.verdicts.checks import TITLES
from maskproof.verdicts.criteria import load_criteria

# Shorter pieces of a message could come from anywhere.
SHORT_PIECE = 8


def test_every_check_is_described() -> None:
    """Each check has a section."""
    assert [name for name in TITLES if f"\n## {name}\n" not in page("reference/checks.md")] == []


def test_criteria_without_a_check_are_listed_for_the_officer() -> None:
    """The list has the criteria that no check speaks for, by story; a whole story may be named without its criteria."""
    listed = section("guides/read-the-report.md", "## The owner's criteria")
    lines = [line for line in listed.splitlines() if line.startswith("- ")]
    for criterion in load_criteria(ROOT / "criteria.yaml"):
        story, name = criterion.id.split()
        found = [line for line in lines if re.match(rf"- {story}\b", line)]
        is_listed = any(re.search(rf"\b{name}\b", line) or line.startswith(f"- {story}:") for line in found)
        assert is_listed != bool(criterion.checks), criterion.id


def test_every_key_of_a_form_fixture_is_described() -> None:
    """The reference names every key, every step and every kind of value."""
    schema = schema_of("form-fixture.json")
    names = set(schema["properties"])
    names |= set(schema["properties"]["fields"]["additionalProperties"]["properties"])
    names |= set(schema["properties"]["steps"]["items"]["properties"])
    for key in ("submits", "volatile"):
        names |= set(schema["properties"][key]["items"]["properties"])
    assert (names | set(CATEGORY_OF_KIND)) - quoted(page("reference/form-fixtures.md")) == set()


def test_the_modes_of_pattern_based_detection_are_described() -> None:
    """Each mode has a row in the guide's table."""
    rows = section("guides/scan-files.md", "## Pattern-based detection")
    assert all(f"| `{mode}`" in rows for mode in get_args(SecondNetMode))


def test_the_figures_of_overhead_are_those_of_the_code() -> None:
    """The page says how often figures are evaluated, the least number of pairs, and how much work the control does."""
    text = " ".join(section("why.md", "## How overhead is judged").split())
    assert f"After {', '.join(str(20 * look) for look in range(1, measure.LOOKS))} and {20 * measure.LOOKS} " in text
    assert f"each bound holds with {100 * (1 - measure.ERROR / measure.LOOKS):.1f} %" in text
    assert f"{measure.SABOTAGE_MS} ms of busy work" in text
    assert statistics.MINIMUM_PAIRS == 8
    assert "Fewer than eight pairs" in text


def messages() -> str:
    """Every text of the code, one on each line, with a NUL character for what is filled in."""
    found = [text_of(ROOT / "scripts/setup.sh")]
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.JoinedStr):
                parts = (str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values)
                found.append("".join(parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    return "\n".join(found)


def test_every_message_of_the_troubleshooting_guide_is_one_of_the_code() -> None:
    """Each text in backquotes in a first column is in the code, piece by piece between its placeholders."""
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


def test_every_test_only_switch_is_described() -> None:
    """The table has the switches that weaken an application, and no other."""
    rows = section("guides/tracking-module.md", "## Test-only switches")
    assert set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE)) == WEAKENINGS


def test_the_checked_trackers_are_named_in_the_guide() -> None:
    """Those of the code, and no others."""
    (row,) = (line for line in page("guides/your-own-application.md").splitlines() if "version of `@openreplay" in line)
    assert set(re.findall(r"\d+\.\d+\.\d+", row)) == set(CHECKED_TRACKERS)
