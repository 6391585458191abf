"""The tracking module's copy of the message table."""

import json
from pathlib import Path

import pytest

from maskproof.bundles import CHECKED_TRACKERS
from maskproof.openreplay.messages import MESSAGES
from maskproof.openreplay.tracker_table import CHECKED_VERSIONS, tracker_table

APP = Path(__file__).parents[3] / "fixtures/app"
COPY = APP / "src/lib/tracking/messages.generated.json"


def test_the_module_has_the_table_of_this_checkout() -> None:
    """Write it with `python -c "from maskproof.openreplay.tracker_table import *; print(tracker_table(), end='')"`."""
    assert COPY.read_text(encoding="utf-8") == tracker_table()


def test_the_application_uses_a_checked_version() -> None:
    """With any other, the module would refuse to record."""
    package = json.loads((APP / "package.json").read_text(encoding="utf-8"))
    assert package["dependencies"]["@openreplay/tracker"] in CHECKED_VERSIONS


@pytest.mark.parametrize(("number", "line"), [(14, "SetNodeData 2 Data@2"), (7, "CreateDocument 0")])
def test_a_message_has_its_name_its_size_and_the_places_of_its_texts(number: int, line: str) -> None:
    """The place is that in the array that the tracker hands to its worker."""
    assert json.loads(tracker_table())["messages"][str(number)] == line


@pytest.mark.parametrize("number", [1, 81, 126])
def test_what_a_page_never_posts_is_left_out(number: int) -> None:
    """Headers of batches and messages of the server are not the guard's."""
    assert number in MESSAGES
    assert str(number) not in json.loads(tracker_table())["messages"]


def test_the_guide_names_the_versions() -> None:
    """Those that the module accepts, each of which is tried with its package."""
    guide = (APP.parents[1] / "docs/guides/tracking-module.md").read_text(encoding="utf-8")
    assert set(CHECKED_VERSIONS) <= set(CHECKED_TRACKERS)
    assert [version for version in CHECKED_VERSIONS if version not in guide] == []
