"""A pytest plugin: notes which tests speak for which criterion, and writes the result after a whole run."""

from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import pytest

from deploy.checks.criteria import RESULT, states, write_result


class Evidence:
    """
    The outcomes of one session.

    Args:
        folder: The tests that make a whole run; a part of them says nothing about a criterion.
        verified: What a criterion is when all its tests passed.
        path: The result file.

    """

    def __init__(self, folder: str, verified: str, path: Path = RESULT) -> None:
        self._folder, self._verified, self._path = folder, verified, path
        self._outcomes: defaultdict[str, list[bool]] = defaultdict(list)
        self._ran: set[str] = set()
        self._left_out = False

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note the outcome of a test; one that broke before its end, or was skipped, did not pass."""
        report = yield
        if report.when == "call" or not report.passed:
            self._ran.add(item.nodeid)
            for marker in item.iter_markers("criterion"):
                self._outcomes[marker.args[0]].append(report.passed)
        return report

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Tests that were left out make it a part of a run."""
        self._left_out = self._left_out or bool(items)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the result file after a whole run: every test of the folder was collected, and ran to its end."""
        option = session.config.option
        is_whole = session.config.args == [self._folder] and not (option.ignore or self._left_out)
        if is_whole and session.testscollected and len(self._ran) == session.testscollected:
            write_result(states(self._outcomes, self._verified), self._path)


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
