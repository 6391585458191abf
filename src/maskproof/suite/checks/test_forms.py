"""The checks of every form fixture under every protocol version, and of the overhead."""

import pytest
from playwright.sync_api import Browser

from maskproof.behaviour import broken, check_behaviour
from maskproof.capture import check_analytics, check_capture
from maskproof.fidelity import check_fidelity
from maskproof.journey import BrokenByTracking
from maskproof.recording.recorder import Case, Record, Retake
from maskproof.recording.target import Target
from maskproof.rules import load_rules
from maskproof.settings import Settings
from maskproof.suite.first_layer import check_first_layer
from maskproof.suite.masking import check_masking
from maskproof.suite.overhead_check import outcome_of, overhead_of
from maskproof.suite.replay_check import check_replay
from maskproof.suite.reporting import Reporter
from maskproof.suite.rule_coverage import check_rules
from maskproof.suite.safe_outcome import CaseRedaction
from maskproof.suite.twins import check_twins
from maskproof.verdicts.outcome import Outcome


@pytest.mark.maskproof("masking")
def test_masking(maskproof_record: Record, maskproof_settings: Settings, maskproof_reporter: Reporter) -> None:
    """No PII value of the persona is on the wire, in the stored session or in Umami."""
    maskproof_reporter.conclude(lambda: check_masking(maskproof_record(), maskproof_settings.leaks))


@pytest.mark.maskproof("twin")
def test_twin(
    maskproof_record: Record,
    maskproof_retake: Retake | None,
    maskproof_settings: Settings,
    maskproof_reporter: Reporter,
) -> None:
    """The same journey of two personas leaves the same recording."""
    maskproof_reporter.conclude(lambda: check_twins(maskproof_record(), maskproof_settings.leaks, maskproof_retake))


@pytest.mark.maskproof("first-layer")
def test_first_layer(
    case: Case, maskproof_record: Record, maskproof_settings: Settings, maskproof_reporter: Reporter
) -> None:
    """The guard did not have to redact what the tracker's own options should have masked."""

    def check() -> Outcome:
        recorded = maskproof_record()
        ledgers = (recorded.user.ledger, recorded.twin.ledger)
        return check_first_layer(*ledgers, has_guard=maskproof_settings.app.guard, declared=case.form.second_layer)

    maskproof_reporter.conclude(check)


@pytest.mark.maskproof("rules")
def test_rules(
    case: Case, maskproof_record: Record, maskproof_settings: Settings, maskproof_reporter: Reporter
) -> None:
    """Every PII field of the form is covered by a masking rule, and no other field is."""
    rules = load_rules(maskproof_settings.paths.rules)

    def check() -> Outcome:
        recorded = maskproof_record()
        return check_rules(case.form, recorded.fields, rules, recorded.rules_used, pages=recorded.pages)

    maskproof_reporter.conclude(check)


@pytest.mark.maskproof("fidelity")
def test_fidelity(case: Case, maskproof_record: Record, maskproof_reporter: Reporter) -> None:
    """Every non-PII value, click and navigation is in the stored session."""

    def check() -> Outcome:
        recorded = maskproof_record()
        return check_fidelity(case.form, recorded.user, recorded.fields)

    maskproof_reporter.conclude(check)


@pytest.mark.maskproof("replay")
def test_replay(
    case: Case,
    maskproof_record: Record,
    maskproof_settings: Settings,
    maskproof_target: Target,
    maskproof_redaction: CaseRedaction,
    browser: Browser,
    maskproof_reporter: Reporter,
) -> None:
    """The stored session can be drawn at each moment of the journey, and no value is on the page."""

    def check() -> Outcome:
        recorded = maskproof_record()
        reports, umami = maskproof_settings.paths.reports, maskproof_target.umami.version
        return check_replay(recorded, browser, reports, safe=maskproof_redaction.of(case), umami=umami)

    maskproof_reporter.conclude(check)


@pytest.mark.maskproof("capture")
def test_capture(maskproof_record: Record, maskproof_settings: Settings, maskproof_reporter: Reporter) -> None:
    """For both personas, every session that was started is stored, and every event that was sent is in Umami."""

    def check() -> Outcome:
        recorded = maskproof_record()
        return check_capture(recorded.user, recorded.twin, begins_ms=maskproof_settings.run.recording_begins_ms)

    maskproof_reporter.conclude(check)


@pytest.mark.maskproof("analytics")
def test_analytics(case: Case, maskproof_record: Record, maskproof_reporter: Reporter) -> None:
    """Umami has the page views and events that the fixture names."""
    maskproof_reporter.conclude(lambda: check_analytics(case.form, maskproof_record().user))


@pytest.mark.maskproof("behaviour")
def test_behaviour(
    case: Case, maskproof_record: Record, maskproof_settings: Settings, maskproof_reporter: Reporter
) -> None:
    """The form validates, submits and ends exactly as without tracking."""

    def check() -> Outcome:
        try:
            recorded = maskproof_record()
        except BrokenByTracking as error:
            return broken(error)
        is_off = maskproof_settings.is_off_for_bare
        return check_behaviour(case.form, recorded.user.ledger, recorded.bare, is_off=is_off)

    maskproof_reporter.conclude(check)


@pytest.mark.alone
@pytest.mark.maskproof("overhead")
def test_overhead(
    browser: Browser, maskproof_settings: Settings, maskproof_target: Target, maskproof_reporter: Reporter
) -> None:
    """The upper bound of what tracking costs is below the margin."""
    is_off = maskproof_settings.is_off_for_bare
    maskproof_reporter.conclude(
        lambda: outcome_of(overhead_of(maskproof_settings, maskproof_target, browser), is_off=is_off)
    )
