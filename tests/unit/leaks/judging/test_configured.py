"""Which findings of a scan count, by its options."""

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
    """Scans one batch with a text in the console; returns exit status and report."""

    def run(text: str, *options: object, mask: int = 0) -> tuple[int, dict[str, Any]]:
        messages = [
            message("CreateElementNode", 1, 0, 0, "INPUT", False),
            message("SetNodeAttribute", 1, "id", "who"),
            message("SetInputValue", 1, "", mask),
            message("ConsoleLog", "log", text),
        ]
        (tmp_path / "batch.bin").write_bytes(encode_batch(messages, location="http://127.0.0.1/"))
        arguments = ["scan", tmp_path / "batch.bin", "--values", values, "--workers", 1, "--json", *options]
        status = main([str(argument) for argument in arguments])
        out = capsys.readouterr().out
        return status, json.loads(out) if out else {}

    return run


def _kinds(report: dict[str, Any]) -> set[tuple[str, str, bool]]:
    return {(finding["kind"], finding["value_id"], finding["gating"]) for finding in report["findings"]}


@pytest.mark.parametrize(
    ("mode", "status", "gating"),
    [("advisory", EXIT_PASS, {False}), ("gate", EXIT_FAIL, {True}), ("off", EXIT_PASS, set())],
)
def test_pattern_based_detection_has_a_mode(scan: Scan, mode: str, status: int, gating: set[bool]) -> None:
    """Patterns are advisory, failing or not searched for."""
    found, report = scan(f"to {UNKNOWN}", "--second-net", mode)
    assert found == status
    assert {finding["gating"] for finding in report["findings"]} == gating


def test_pattern_based_detection_is_advisory_by_default(scan: Scan) -> None:
    """A scan that finds only PII that nobody planted passes, and reports it."""
    status, report = scan(f"to {UNKNOWN}")
    assert status == EXIT_PASS
    assert _kinds(report) == {("pattern", "pattern:email", False)}
    assert {finding["match"] for finding in report["findings"]} == {"pattern"}


def test_pattern_based_detection_reads_encoded_texts(scan: Scan) -> None:
    """Encodings are undone as for known values; the finding names them."""
    _, report = scan(f"data={base64.b64encode(f'sent to {UNKNOWN} today'.encode()).decode()}")
    assert ["base64"] in [finding["encoding"] for finding in report["findings"]]


@pytest.mark.parametrize(("options", "found"), [((), False), (("--test-ranges",), True)], ids=["off", "on"])
def test_test_ranges_are_reported_if_configured(scan: Scan, options: tuple[str, ...], *, found: bool) -> None:
    """Values that belong to nobody are not reported by default."""
    assert bool(scan(f"to {TEST_VALUE}", *options)[1]["findings"]) is found


def test_phone_regions_are_options(scan: Scan) -> None:
    """National numbers of the given countries are recognised."""
    assert scan("030 901820")[1]["findings"] == []
    assert scan("030 901820", "--phone-region", "DE")[1]["findings"]


@pytest.mark.parametrize("region", ["XX", "de", "GER"])
def test_an_unknown_country_is_wrong_configuration(scan: Scan, region: str) -> None:
    """A typing error would leave numbers unfound, silently."""
    assert scan("030 901820", "--phone-region", region) == (EXIT_USAGE, {})


def test_a_known_value_is_no_pattern(scan: Scan) -> None:
    """It is reported once, as a value."""
    _, report = scan(f"to {VALUE}", "--test-ranges")
    assert {finding["kind"] for finding in report["findings"]} == {"value"}


def test_an_accepted_finding_passes(scan: Scan, tmp_path: Path) -> None:
    """The finding names its entry, and the report says why."""
    path = tmp_path / "accepted.yaml"
    path.write_text(BASELINE.format(day="2999-12-31"), encoding="utf-8")
    _, report = scan(f"to {VALUE}", "--baseline", path)
    by_channel = {finding["channel"]: finding["accepted_by"] for finding in report["findings"]}
    assert by_channel["console"] == "known"
    assert {acceptance["by"] for acceptance in report["accepted"]} == {"known"}
    assert "problems" not in report


@pytest.mark.parametrize(("day", "expected"), [("2999-12-31", "not found"), ("2001-01-01", "expired")])
def test_a_stale_entry_fails_the_scan(scan: Scan, tmp_path: Path, day: str, expected: str) -> None:
    """An unused entry and an expired one fail the scan."""
    path = tmp_path / "accepted.yaml"
    path.write_text(BASELINE.format(day=day), encoding="utf-8")
    status, report = scan("nothing", "--baseline", path)
    assert status == EXIT_FAIL
    assert expected in report["problems"][0]
    assert str(path) in report["problems"][0]


def test_a_faulty_baseline_is_wrong_configuration(scan: Scan, tmp_path: Path) -> None:
    """The fault is reported before anything is scanned."""
    path = tmp_path / "accepted.yaml"
    path.write_text(BASELINE.format(day="soon"), encoding="utf-8")
    assert scan("nothing", "--baseline", path) == (EXIT_USAGE, {})


def test_a_length_is_reported_and_accepted_with_the_reason(scan: Scan) -> None:
    """The default policy accepts the length of an obscured input."""
    status, report = scan("nothing", mask=9)
    assert status == EXIT_PASS
    assert _kinds(report) == {("length", "", False)}
    assert report["accepted"][0]["by"] == "policy:obscured-inputs"


def test_a_policy_of_the_project_replaces_the_default(scan: Scan, tmp_path: Path) -> None:
    """A policy that accepts nothing makes lengths fail."""
    path = tmp_path / "policy.yaml"
    path.write_text("version: 1\naccept: []\n", encoding="utf-8")
    status, report = scan("nothing", "--policy", path, mask=9)
    assert status == EXIT_FAIL
    assert _kinds(report) == {("length", "", True)}


@pytest.mark.parametrize(("mode", "is_there"), [("off", False), ("advisory", True), ("gate", True)])
def test_a_configuration_says_the_same_as_options(mode: Any, *, is_there: bool) -> None:
    """The suite reads the same settings from `[leaks]` of `maskproof.toml`."""
    settings = LeaksSettings(mode, test_ranges=False, phone_regions=("US",), baseline=None, policy=None)
    assert (configured_net(settings, ()) is not None) is is_there
    assert configured_judge(settings).second_net == mode
