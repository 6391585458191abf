"""What of the findings of a scan counts, by its options."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.leaks.samples import VALUE

from maskproof.cli import main
from maskproof.errors import EXIT_FAIL, EXIT_PASS, EXIT_USAGE
from maskproof.leaks.judging.configured import configured_judge, configured_net
from maskproof.openreplay.encode import encode_batch, message
from maskproof.settings import LeaksSettings

UNKNOWN, TEST_VALUE = "jane.doe42@gmail.com", "other@example.com"
BASELINE = """
version: 1
accepted:
  - id: known
    match: {{kind: value, channel: console, category: email}}
    reason: The vendor's widget logs it.
    owner: Pat
    expires: {day}
"""

Scan = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def scan(tmp_path: Path, values: Path, capsys: pytest.CaptureFixture[str]) -> Scan:
    """Scans one batch with a text that was logged; gives status and report."""

    def run(text: str, *options: object, mask: int = 0) -> tuple[int, dict[str, Any]]:
        messages = [
            message("CreateElementNode", 1, 0, 0, "INPUT", False),
            message("SetNodeAttribute", 1, "id", "who"),
            message("SetInputValue", 1, "", mask),
            message("ConsoleLog", "log", text),
        ]
        (tmp_path / "batch.bin").write_bytes(encode_batch(messages, location="http://127.0.0.1/"))
        arguments = ["scan", tmp_path / "batch.bin", "--values", values, "--workers", 1, "--json", *options]
        status = main([str(one) for one in arguments])
        out = capsys.readouterr().out
        return status, json.loads(out) if out else {}

    return run


def _kinds(report: dict[str, Any]) -> set[tuple[str, str, bool]]:
    return {(one["kind"], one["value_id"], one["gating"]) for one in report["findings"]}


@pytest.mark.parametrize(
    ("mode", "status", "gating"),
    [("advisory", EXIT_PASS, {False}), ("gate", EXIT_FAIL, {True}), ("off", EXIT_PASS, set())],
)
def test_the_second_net_has_a_switch_of_its_own(scan: Scan, mode: str, status: int, gating: set[bool]) -> None:
    """Told, failing, or not looked for."""
    found, report = scan(f"to {UNKNOWN}", "--second-net", mode)
    assert found == status
    assert {one["gating"] for one in report["findings"]} == gating


def test_the_second_net_is_advisory_by_itself(scan: Scan) -> None:
    """A scan with nothing but PII that nobody planted passes, and tells it."""
    status, report = scan(f"to {UNKNOWN}")
    assert status == EXIT_PASS
    assert _kinds(report) == {("pattern", "pattern:email", False)}
    assert {one["match"] for one in report["findings"]} == {"pattern"}


def test_the_second_net_reads_what_is_encoded(scan: Scan) -> None:
    """As the search for known values does; the finding says how it was encoded."""
    _, report = scan(f"data={base64.b64encode(f'sent to {UNKNOWN} today'.encode()).decode()}")
    assert ["base64"] in [one["encoding"] for one in report["findings"]]


@pytest.mark.parametrize(("options", "found"), [((), False), (("--test-ranges",), True)], ids=["off", "on"])
def test_test_ranges_are_told_if_asked_for(scan: Scan, options: tuple[str, ...], *, found: bool) -> None:
    """Values that belong to nobody stay quiet by themselves."""
    assert bool(scan(f"to {TEST_VALUE}", *options)[1]["findings"]) is found


def test_phone_regions_are_named(scan: Scan) -> None:
    """National numbers are known of the countries that are asked for."""
    assert scan("030 901820")[1]["findings"] == []
    assert scan("030 901820", "--phone-region", "DE")[1]["findings"]


@pytest.mark.parametrize("region", ["XX", "de", "GER"])
def test_a_country_that_is_none_is_wrong_configuration(scan: Scan, region: str) -> None:
    """Its numbers would never be found, silently."""
    assert scan("030 901820", "--phone-region", region) == (EXIT_USAGE, {})


def test_a_known_value_is_no_pattern_too(scan: Scan) -> None:
    """It is told once, as what it is."""
    _, report = scan(f"to {VALUE}", "--test-ranges")
    assert {one["kind"] for one in report["findings"]} == {"value"}


def test_an_accepted_finding_passes(scan: Scan, tmp_path: Path) -> None:
    """And names its entry; the report says why."""
    path = tmp_path / "accepted.yaml"
    path.write_text(BASELINE.format(day="2999-12-31"), encoding="utf-8")
    _, report = scan(f"to {VALUE}", "--baseline", path)
    by_channel = {one["channel"]: one["accepted_by"] for one in report["findings"]}
    assert by_channel["console"] == "known"
    assert {one["by"] for one in report["accepted"]} == {"known"}
    assert "problems" not in report


@pytest.mark.parametrize(("day", "expected"), [("2999-12-31", "not found"), ("2001-01-01", "expired")])
def test_a_stale_entry_fails_the_scan(scan: Scan, tmp_path: Path, day: str, expected: str) -> None:
    """One that nothing was found for, and one that is over."""
    path = tmp_path / "accepted.yaml"
    path.write_text(BASELINE.format(day=day), encoding="utf-8")
    status, report = scan("nothing", "--baseline", path)
    assert status == EXIT_FAIL
    assert expected in report["problems"][0]
    assert str(path) in report["problems"][0]


def test_a_faulty_baseline_is_wrong_configuration(scan: Scan, tmp_path: Path) -> None:
    """It is told before anything is scanned."""
    path = tmp_path / "accepted.yaml"
    path.write_text(BASELINE.format(day="soon"), encoding="utf-8")
    assert scan("nothing", "--baseline", path) == (EXIT_USAGE, {})


def test_a_length_is_told_and_accepted_with_the_reason(scan: Scan) -> None:
    """By the policy that comes with Maskproof."""
    status, report = scan("nothing", mask=9)
    assert status == EXIT_PASS
    assert _kinds(report) == {("length", "", False)}
    assert report["accepted"][0]["by"] == "policy:obscured-inputs"


def test_a_policy_of_ones_own_stands_in_its_place(scan: Scan, tmp_path: Path) -> None:
    """One that accepts nothing makes lengths fail."""
    path = tmp_path / "policy.yaml"
    path.write_text("version: 1\naccept: []\n", encoding="utf-8")
    status, report = scan("nothing", "--policy", path, mask=9)
    assert status == EXIT_FAIL
    assert _kinds(report) == {("length", "", True)}


@pytest.mark.parametrize(("mode", "is_there"), [("off", False), ("advisory", True), ("gate", True)])
def test_a_configuration_says_the_same_as_options(mode: Any, *, is_there: bool) -> None:
    """`[leaks]` of `maskproof.toml`, for the suite."""
    settings = LeaksSettings(mode, test_ranges=False, phone_regions=("US",), baseline=None, policy=None)
    assert (configured_net(settings, ()) is not None) is is_there
    assert configured_judge(settings).second_net == mode
