"""The checks of the application's own source, once a run, for a configuration with `[project]`."""

import pytest
from playwright.sync_api import Browser

from maskproof.project_settings import ProjectSettings
from maskproof.recording.target import Target
from maskproof.settings import Settings
from maskproof.suite.development_check import check_development
from maskproof.suite.module_check import check_module
from maskproof.suite.regression_check import check_regression
from maskproof.suite.reporting import Reporter


@pytest.fixture
def project(maskproof_settings: Settings) -> ProjectSettings:
    """The source that the configuration names; without one, these checks are left out."""
    found = maskproof_settings.project
    assert found is not None
    return found


@pytest.mark.alone
@pytest.mark.maskproof("module")
def test_module(
    project: ProjectSettings, browser: Browser, maskproof_target: Target, maskproof_reporter: Reporter
) -> None:
    """Tracking is started before the first render, which does not wait for it."""
    maskproof_reporter.conclude(lambda: check_module(project, browser, maskproof_target.app.instrumented))


@pytest.mark.alone
@pytest.mark.maskproof("development")
def test_development(
    project: ProjectSettings,
    browser: Browser,
    maskproof_settings: Settings,
    maskproof_target: Target,
    maskproof_reporter: Reporter,
) -> None:
    """A development server is not tracked, and shows a change of its source without a reload."""
    log = maskproof_settings.paths.reports / "run/development.log"
    maskproof_reporter.conclude(lambda: check_development(project, browser, maskproof_target.trackers, log))


@pytest.mark.alone
@pytest.mark.maskproof("regression")
def test_regression(
    project: ProjectSettings, maskproof_settings: Settings, maskproof_target: Target, maskproof_reporter: Reporter
) -> None:
    """The application's own tests pass on the instrumented build, while it is recorded."""
    log = maskproof_settings.paths.reports / "run/regression.log"
    target = maskproof_target
    maskproof_reporter.conclude(lambda: check_regression(project, target.app.instrumented, target.work_dir, log))
