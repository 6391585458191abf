"""Accepted findings: what an entry of the baseline covers, and which faults it may have."""

from datetime import date
from pathlib import Path

import pytest
from tests.unit.leaks.samples import finding

from maskproof.errors import ConfigurationError
from maskproof.leaks.judging.accepted import load_baseline

TODAY = date(2026, 11, 25)
BASELINE = """
version: 1
accepted:
  - id: console-email
    match: {kind: value, channel: console, category: email}
    reason: The vendor's widget logs it; ticket 17.
    owner: Pat
    expires: 2026-11-25
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A baseline with one entry, on its last day."""
    path = tmp_path / "accepted.yaml"
    path.write_text(BASELINE, encoding="utf-8")
    return path


def test_an_entry_covers_what_it_names(path: Path) -> None:
    """Every field that an entry names has to match; other fields may be anything."""
    baseline = load_baseline(path, today=TODAY)
    entry = baseline.entry_for(finding(source="other.bin"))
    assert entry is not None
    assert (entry.id, entry.owner, entry.expires) == ("console-email", "Pat", TODAY)


@pytest.mark.parametrize("change", [{"channel": "url"}, {"category": "name"}, {"kind": "partial"}], ids=str)
def test_an_entry_covers_nothing_else(path: Path, change: dict[str, str]) -> None:
    """Another channel, category or kind is another finding."""
    assert load_baseline(path, today=TODAY).entry_for(finding(**change)) is None


def test_an_expired_entry_covers_nothing_and_is_reported(path: Path) -> None:
    """An entry expires the day after its last; the line names file, line and owner."""
    baseline = load_baseline(path, today=date(2026, 11, 26))
    assert baseline.entry_for(finding()) is None
    assert baseline.expired() == (f"{path}:4: console-email expired on 2026-11-25: Pat has to fix or renew it",)
    assert baseline.unused(()) == ()


def test_an_unused_entry_is_reported(path: Path) -> None:
    """The line names file and line; an entry that was used is not reported."""
    baseline = load_baseline(path, today=TODAY)
    assert baseline.unused(()) == (f"{path}:4: console-email accepts what was not found: take it out",)
    assert baseline.unused({"console-email"}) == ()


def test_no_file_accepts_nothing() -> None:
    """Without a baseline there are no entries."""
    assert load_baseline(None).entries == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("channel: console", "channel: '*'", "accepted.yaml:5: there is no channel"),
        ("channel: console", "channel: all", "accepted.yaml:5: there is no channel"),
        ("channel: console", "channel: file", "accepted.yaml:5: 'file' is what was found in bytes"),
        ("channel: console", "channel: wire bytes", "accepted.yaml:5: 'wire bytes' is what was found in bytes"),
        ("channel: console, ", "", "accepted.yaml:5: accepted.0.match"),
        (", category: email", "", "accepted.yaml:5: accepted.0.match"),
        ("kind: value", "kind: any", "accepted.yaml:5: accepted.0.match.kind"),
        ("2026-11-25", "soon", "accepted.yaml:8: expected a day like"),
        ("    owner: Pat\n", "", "accepted.yaml:4: accepted.0"),
        ("    reason: The vendor's widget logs it; ticket 17.\n", "", "accepted.yaml:4: accepted.0"),
        ("    expires: 2026-11-25\n", "", "accepted.yaml:4: accepted.0"),
        ("version: 1", "version: 2", "accepted.yaml:2: version"),
    ],
    ids=[
        "star",
        "all",
        "bytes of files",
        "bytes of the wire",
        "no channel",
        "too wide",
        "kind",
        "day",
        "owner",
        "reason",
        "expiry",
        "version",
    ],
)
def test_a_fault_names_file_and_line(path: Path, old: str, new: str, expected: str) -> None:
    """An entry for every channel, or without reason, owner or day, is refused."""
    path.write_text(BASELINE.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=expected):
        load_baseline(path, today=TODAY)


def test_bytes_of_one_file_can_be_accepted(path: Path) -> None:
    """A file that is no recording has no other channel."""
    path.write_text(BASELINE.replace("channel: console", "channel: file, source: a.log"), encoding="utf-8")
    baseline = load_baseline(path, today=TODAY)
    assert baseline.entry_for(finding(channel="file", source="a.log")) is not None
    assert baseline.entry_for(finding(channel="file", source="b.log")) is None


def test_an_id_occurs_once(path: Path) -> None:
    """Findings name their entry by its id."""
    path.write_text(BASELINE + BASELINE.partition("accepted:\n")[2], encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"accepted\.yaml:9: the id console-email is there twice"):
        load_baseline(path, today=TODAY)


CANVAS = "{kind: canvas, channel: canvas, form: signature}"


def test_recorded_canvases_of_one_form_are_accepted_until_a_day(path: Path) -> None:
    """Somebody answers for pixels that nobody can search; of this form alone, and no finding with them."""
    path.write_text(BASELINE.replace("{kind: value, channel: console, category: email}", CANVAS), encoding="utf-8")
    baseline = load_baseline(path, today=TODAY)
    entry = baseline.canvas_entry("signature")
    assert entry is not None
    assert baseline.canvas_entry("sign-up") is None
    assert baseline.entry_for(finding(channel="canvas")) is None
    assert load_baseline(path, today=date(2026, 11, 26)).canvas_entry("signature") is None


@pytest.mark.parametrize(
    "match",
    [
        "{kind: canvas, channel: canvas, system: openreplay}",
        "{kind: canvas, channel: console, form: signature}",
        "{kind: canvas, channel: canvas, form: signature, system: openreplay}",
        "{kind: value, channel: console, form: signature}",
    ],
)
def test_a_canvas_entry_names_the_form_and_nothing_else(path: Path, match: str) -> None:
    """No entry accepts the canvases of all forms, and a form is no part of a finding."""
    path.write_text(BASELINE.replace("{kind: value, channel: console, category: email}", match), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="accepted"):
        load_baseline(path, today=TODAY)
