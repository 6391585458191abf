"""A pytest plugin: notes which tests speak for which criterion, and writes the result after a whole run."""

from collections import defaultdict
from collections.abc import Generator

import pytest

from deploy.checks.criteria import states, write_result


class Evidence:
    """
    The outcomes of one session.

    Args:
        folder: The tests that make a whole run; a part of them says nothing about a criterion.
        verified: What a criterion is when all its tests passed.

    """

    def __init__(self, folder: str, verified: str) -> None:
        self._folder, self._verified = folder, verified
        self._outcomes: defaultdict[str, list[bool]] = defaultdict(list)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note the outcome of a test; one that broke before its end, or was skipped, did not pass."""
        report = yield
        if report.when == "call" or not report.passed:
            for marker in item.iter_markers("criterion"):
                self._outcomes[marker.args[0]].append(report.passed)
        return report

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the result file, unless only a part of the tests was asked for."""
        option = session.config.option
        if session.config.args == [self._folder] and not (option.keyword or option.markexpr or option.collectonly):
            write_result(states(self._outcomes, self._verified))


def register(config: pytest.Config, folder: str, verified: str) -> None:
    """
    Turn the plugin on.

    Args:
        config: Pytest's configuration.
        folder: The tests that make a whole run.
        verified: What a criterion is when all its tests passed.

    """
    config.addinivalue_line("markers", "criterion(id): the test is evidence for this criterion of the owner")
    config.pluginmanager.register(Evidence(folder, verified))
