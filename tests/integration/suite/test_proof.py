"""The proof that the suite can fail: each weakening of the application gives its own verdict."""

import pytest
from pypdf import PdfReader
from tests.integration.module.actions import cases
from tests.integration.suite.conftest import Verify

# Each with the form that it shows in, and the value and channel of a finding that it must give.
SABOTAGE = {
    "rule-dropped": ("dropRule=email-inputs", "sign-up", "user.email", "input value"),
    "inputs-plain": ("plainInputs=true", "sign-up", "user.phone", "input value"),
    "form-logged": ("logForms=true", "sign-up", "user.email", "console"),
    "email-as-event": ("umamiEmail=true", "sign-up", "user.email", "analytics event"),
}


def test_the_rules_as_shipped_are_green(verify: Verify) -> None:
    """With both layers on, every check passes and the run ends with 0."""
    run = verify()
    assert run.summary["verdict"] == "pass", run.errors
    assert run.status == 0


@pytest.mark.parametrize("name", cases(SABOTAGE, core={"inputs-plain", "email-as-event"}))
def test_without_the_guard_a_weakening_leaks(verify: Verify, name: str) -> None:
    """The run ends with 1, and a finding names value, channel, message and field."""
    switch, form, value_id, channel = SABOTAGE[name]
    run = verify("guard=false", switch, form=form)
    assert run.status == 1, run.errors
    found = [finding for finding in run.findings() if (finding["value_id"], finding["channel"]) == (value_id, channel)]
    assert found
    assert all(finding["message"] and finding["field"] for finding in found)


@pytest.mark.parametrize("name", cases(SABOTAGE, core={"rule-dropped"}))
def test_with_the_guard_the_same_weakening_leaks_nothing_and_is_reported(verify: Verify, name: str) -> None:
    """The second layer holds, and the check of the first layer says that it had to."""
    switch, form, _, _ = SABOTAGE[name]
    run = verify(switch, form=form)
    assert run.status == 1, run.errors
    assert not run.findings()
    assert run.verdicts()["masking"] == "pass"
    assert run.verdicts()["first-layer"] == "fail"


def test_a_blocked_ingest_is_inconclusive(verify: Verify) -> None:
    """Nothing was recorded, so evidence is missing: the run ends with 3."""
    run = verify("block_ingest=true")
    assert run.status == 3, run.errors
    assert run.verdicts()["masking"] == "inconclusive"


def test_a_heading_masked_by_mistake_fails(verify: Verify) -> None:
    """Masking too much is a failure of fidelity: the run ends with 1."""
    run = verify("maskHeading=true")
    assert run.status == 1, run.errors
    assert run.verdicts()["fidelity"] == "fail"


@pytest.mark.nightly
def test_a_value_that_a_replay_shows_fails(verify: Verify) -> None:
    """An input that is recorded as typed is a leak in the pictures, too."""
    run = verify("guard=false", "plainInputs=true", form="sign-up")
    assert run.verdicts()["replay"] == "fail", run.errors


def test_no_report_holds_a_value(verify: Verify) -> None:
    """Even a run full of findings shows no typed value in any report."""
    run = verify("guard=false", "plainInputs=true")
    assert run.findings()
    printed = (page.extract_text() for page in PdfReader(run.reports / "audit.pdf").pages)
    texts = (path for path in run.reports.glob("*.*") if path.suffix != ".pdf")
    shown = [run.errors, *printed, *(path.read_text(encoding="utf-8") for path in texts)]
    assert not any("@example." in text for text in shown)
