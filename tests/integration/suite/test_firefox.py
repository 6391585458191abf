"""Firefox as the second browser of a run: a form is green there, and a rule that is missing is noticed there."""

import pytest
from tests.integration.suite.conftest import Verify

from maskproof.machine.firefox import ensure_firefox
from maskproof.settings_schema import FIREFOX

pytestmark = pytest.mark.nightly


@pytest.fixture(scope="module", autouse=True)
def firefox() -> None:
    """These tests ask for it, so it is installed if it is not there."""
    ensure_firefox()


def test_a_form_is_green_in_firefox(verify: Verify) -> None:
    """Its three checks stand beside those of Chromium, and the run passes."""
    run = verify(browser=FIREFOX)
    assert (run.status, run.summary["verdict"]) == (0, "pass"), run.errors
    there = {result["check"]: result for result in run.summary["results"] if result["browser"] == FIREFOX}
    assert set(there) == {"masking", "twin", "behaviour"}
    # What is submitted is compared only if it could be read.
    assert "2 submissions" in " ".join(there["behaviour"]["seen"])


def test_a_dropped_rule_is_noticed_in_firefox(verify: Verify) -> None:
    """Without the rule and without the guard, what is typed is found in the recording of Firefox too."""
    run = verify("guard=false", "dropRule=email-inputs", browser=FIREFOX)
    assert run.status == 1, run.errors
    found = [
        (finding["value_id"], finding["channel"])
        for result in run.summary["results"]
        if (result["check"], result["browser"]) == ("masking", FIREFOX)
        for finding in result["findings"]
    ]
    assert ("user.email", "input value") in found
