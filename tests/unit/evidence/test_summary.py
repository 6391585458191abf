"""One verdict of many results."""

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import ValidationError, validate
from tests.unit.evidence.conftest import result, whole_run

from maskproof.evidence.reports import write_unfinished
from maskproof.evidence.summary import FILE_NAME, Summary, summarise, write_summary
from maskproof.verdicts.results import Result, read_results


def summary_of(results: Sequence[Result], *expected: str) -> Summary:
    """The summary of a run that should have had these checks."""
    return summarise(results, expected=expected, target="embedded", seed="seed", rules_version="v")


def test_a_whole_run_that_passes_is_a_pass() -> None:
    """It has all expected results, and all pass."""
    results = whole_run()
    summary = summary_of(results, *(result.name for result in results))
    assert (summary.verdict, summary.missing) == ("pass", ())


def test_a_check_that_was_not_done_takes_the_pass_away() -> None:
    """It is the same whether a check was left out or its worker died."""
    summary = summary_of([result("masking")], "masking demo-v1", "twin demo-v1")
    assert (summary.verdict, summary.missing) == ("inconclusive", ("twin demo-v1",))


def test_a_failure_outranks_what_is_missing() -> None:
    """One failed check decides the verdict, whatever did not run."""
    assert summary_of([result("masking", "fail")], "twin demo-v1").verdict == "fail"


@pytest.mark.parametrize("expected", [(), ("masking demo-v1",)])
def test_a_run_of_nothing_is_inconclusive(expected: tuple[str, ...]) -> None:
    """It is so even if no check was expected."""
    assert summary_of([], *expected).verdict == "inconclusive"


def test_the_file_is_one_object_with_every_result(tmp_path: Path) -> None:
    """The results have their findings, which name values by id."""
    write_summary(tmp_path, summary_of([result("masking", "fail")]))
    data = json.loads((tmp_path / FILE_NAME).read_text())
    assert (data["verdict"], data["results"][0]["findings"][0]["value_id"]) == ("fail", "user.email")


def test_checks_of_the_whole_run_have_no_protocol() -> None:
    """Result names have the form of the expected names."""
    assert result("overhead", form="all", protocol=0).name == "overhead all"
    assert result("masking", protocol=2).name == "masking demo-v2"


def test_the_result_of_another_browser_stands_beside_that_of_chromium(tmp_path: Path) -> None:
    """It has a name and a file of its own; an older file, without a browser, is Chromium's."""
    for browser in ("firefox", "chromium"):
        result("masking", browser=browser).write(tmp_path)
    older = tmp_path / "masking-demo-v1.json"
    older.write_text(older.read_text().replace(', "browser": "chromium"', ""))
    assert [one.name for one in read_results(tmp_path)] == ["masking demo-v1", "masking demo-v1-firefox"]
    assert [one.circumstances for one in read_results(tmp_path)] == ["1", "1 in Firefox"]


SCHEMA = json.loads(files("maskproof.schemas").joinpath("summary.json").read_text("utf-8"))


@pytest.mark.parametrize("results", [whole_run(), [result("masking", "fail"), result("twin", "inconclusive")]])
def test_the_file_is_as_its_schema_says(tmp_path: Path, results: list[Result]) -> None:
    """Programs can rely on the published schema, whatever the verdict."""
    write_summary(tmp_path, summary_of(results, "rules demo-v1"))
    validate(json.loads((tmp_path / FILE_NAME).read_text()), SCHEMA)


def test_the_file_of_an_unfinished_run_is_as_its_schema_says(tmp_path: Path) -> None:
    """A run that was killed leaves an object with a reason."""
    write_unfinished(tmp_path, "It was killed.")
    validate(json.loads((tmp_path / FILE_NAME).read_text()), SCHEMA)


@pytest.mark.parametrize("change", [{"verdict": "green"}, {"results": [{}]}, {"more": 1}])
def test_the_schema_refuses_another_shape(change: dict[str, object]) -> None:
    """Unknown verdicts, keys and results are none."""
    data = json.loads(json.dumps(summary_of(whole_run()).to_json()))
    with pytest.raises(ValidationError):
        validate({**data, **change}, SCHEMA)
