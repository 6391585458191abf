"""One synthesis of each profile for all tests, and the result file that the report of a run reads."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from deploy.checks.criteria import EVALUATED
from deploy.checks.synthesis import Synthesis
from deploy.evidence import register
from deploy.tests.synthesising import profile_named, synthesise

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
    """A criterion whose tests all pass is verified by evaluation."""
    register(config, "deploy/tests", EVALUATED)
