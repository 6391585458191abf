"""The results as JUnit XML."""

from xml.etree import ElementTree as ET

from tests.unit.evidence.conftest import result, whole_run

from maskproof.evidence.junit import junit_xml
from maskproof.evidence.summary import summarise
from maskproof.verdicts.outcome import Outcome
from maskproof.verdicts.results import Result


def _suite(*results: Result, expected: tuple[str, ...] = ()) -> ET.Element:
    summary = summarise(results, expected=expected, target="embedded", seed="seed", rules_version="v")
    return ET.fromstring(junit_xml(summary))  # noqa: S314 - written a line above


def test_every_check_is_a_test_case() -> None:
    """Those of the whole run too, so that numbers agree with the other reports."""
    results = whole_run()
    suite = _suite(*results)
    assert suite.get("tests") == str(len(results)) == str(len(suite.findall("testcase")))
    assert (suite.get("failures"), suite.get("errors"), suite.get("skipped")) == ("0", "0", "0")


def test_a_verdict_is_a_failure_or_an_error() -> None:
    """A leak fails; missing evidence is an error, and so is a check that was not done: none of them is green."""
    suite = _suite(result("masking", "fail"), result("twin", "inconclusive"), expected=("rules demo-v1",))
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "2")
    kinds = [(case.get("classname"), case[0].tag, case[0].get("message")) for case in suite]
    assert kinds[0][:2] == ("maskproof.demo-v1", "failure")
    assert kinds[1] == ("maskproof.demo-v1", "error", "nothing was recorded")
    assert kinds[2] == ("maskproof.demo-v1", "error", "the check was not done")


def test_any_text_is_well_formed() -> None:
    """Control characters, quotes and tags of a message do not break the file."""
    outcome = Outcome(problems=('a \x00 "<b>" & \x1b[31m\nsecond line',))
    suite = _suite(Result.of("masking", outcome, form="demo", protocol=1, started=0.0))
    assert suite[0][0].get("message") == 'a \ufffd "<b>" & \ufffd[31m'
    assert "second line" in (suite[0][0].text or "")
