"""The first screen: may we release?"""

from dataclasses import replace

import pytest
from tests.unit.evidence.conftest import CASE_CHECKS, result, whole_run

from maskproof.evidence.release import NOT_RUN, Tile, not_known, tiles
from maskproof.evidence.summary import Summary, summarise
from maskproof.verdicts.checks import ONLY_IF_CONFIGURED, WHOLE_RUN
from maskproof.verdicts.criteria import Criterion
from maskproof.verdicts.results import Result

FIGURES = {
    "masking": {"values": 10.0, "texts": 4000.0},
    "fidelity": {"expected": 300.0, "recorded": 300.0},
    "capture": {"sessions": 2.0, "sessions_stored": 2.0, "events": 6.0, "events_stored": 6.0},
    "overhead": {"typing.median_ms": 4.0, "typing.lower_ms": -2.0, "typing.upper_ms": 9.0},
}


def _run(results: list[Result], *missing: str, **options: object) -> Summary:
    expected = [*(one.name for one in results), *missing]
    return summarise(results, expected=expected, target="embedded", seed="s", rules_version="v", **options)  # type: ignore[arg-type]


def _results(**figures: dict[str, float]) -> list[Result]:
    return [replace(one, figures={**FIGURES, **figures}.get(one.check, {})) for one in whole_run()]


def _tiles(results: list[Result], *missing: str) -> dict[str, Tile]:
    return {tile.question: tile for tile in tiles(_run(results, *missing), margin_ms=50)}


def test_a_green_run_says_what_was_looked_at() -> None:
    """Four figures, each with what it is made of."""
    shown = {name: (tile.state, tile.figure) for name, tile in _tiles(_results()).items()}
    assert shown == {
        "Leaks": ("pass", "0"),
        "Fidelity": ("pass", "100 %"),
        "Capture": ("pass", "100 %"),
        "Overhead": ("pass", "+4 ms"),
    }
    assert "10 values of invented people looked for in 4,000" in _tiles(_results())["Leaks"].detail
    assert "-2.0 to +9.0 ms; at most 50 ms" in _tiles(_results())["Overhead"].detail


@pytest.mark.parametrize(
    ("check", "question"),
    [("masking", "Leaks"), ("fidelity", "Fidelity"), ("capture", "Capture"), ("overhead", "Overhead")],
)
def test_what_was_not_run_is_said(check: str, question: str) -> None:
    """No answer is left out, and none is green without its check."""
    tile = _tiles([one for one in _results() if one.check != check])[question]
    assert (tile.state, tile.figure) == (NOT_RUN, NOT_RUN)


def test_an_answer_of_a_part_of_a_run_is_no_pass() -> None:
    """A form whose check is missing makes the answer inconclusive."""
    tile = _tiles(_results(), "masking other-v1")["Leaks"]
    assert tile.state == "inconclusive"
    assert "1 check not run" in tile.detail


def test_a_leak_is_counted() -> None:
    """A finding, or a check of leaks that fails without one."""
    results = [one for one in _results() if one.check != "masking"]
    assert _tiles([*results, result("masking", "fail")])["Leaks"].figure == "1"


def test_a_share_is_whole_only_if_nothing_is_lost() -> None:
    """One of three hundred is not rounded away."""
    assert _tiles(_results(fidelity={"expected": 30000.0, "recorded": 29999.0}))["Fidelity"].figure == "99.9 %"


def test_everything_that_is_not_known_is_listed() -> None:
    """Checks that did not run, criteria without evidence, gaps of the audit, and what has no check."""
    criteria = [Criterion("4.4 AC4", "Manual audit", "audit")]
    summary = _run([result(check) for check in CASE_CHECKS], "overhead all", criteria=criteria)
    lines = not_known(summary, ["9 sessions"])
    assert sum("not run" in line for line in lines) >= len(WHOLE_RUN - {"own-tests"})
    assert all(any(f"(check {check}): not run; " in line for line in lines) for check in ONLY_IF_CONFIGURED)
    assert "1 of 1 criteria are not checked: 4.4 AC4" in lines
    assert "9 sessions" in lines
    assert any("pictures" in line and "not checked" in line for line in lines)
