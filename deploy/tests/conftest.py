"""One synthesis of each profile for all tests, and the result file that the report of a run reads."""

from collections import defaultdict
from collections.abc import Callable, Generator
from functools import cache
from pathlib import Path

import pytest

from deploy.checks.criteria import EVALUATED, states, write_result
from deploy.checks.synthesis import Synthesis
from deploy.tests.synthesising import profile_named, synthesise

OUTCOMES = pytest.StashKey[defaultdict[str, list[bool]]]()
Synthesised = Callable[[str], Synthesis]


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the templates of the session are."""
    return tmp_path_factory.mktemp("synthesis")


@pytest.fixture(scope="session")
def synthesised(folders: Path) -> Synthesised:
    """The synthesis of a profile by its name."""
    return cache(lambda name: synthesise(profile_named(name), folders / name))


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker that binds a test to criteria."""
    config.addinivalue_line("markers", "criterion(id): the test is evidence for this criterion of the owner")
    config.stash[OUTCOMES] = defaultdict[str, list[bool]](list)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note the outcome of each test for its criteria; a test that broke before its end did not pass."""
    report = yield
    if report.when == "call" or not report.passed:
        for marker in item.iter_markers("criterion"):
            item.config.stash[OUTCOMES][marker.args[0]].append(report.passed)
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the result file after a whole run; a part of the tests says nothing about a criterion."""
    config = session.config
    whole = not config.option.keyword and not config.option.markexpr and config.args == ["deploy/tests"]
    if whole and not config.option.collectonly:
        outcomes = config.stash[OUTCOMES]
        write_result(states(outcomes, EVALUATED))
