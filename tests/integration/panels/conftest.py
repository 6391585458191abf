"""One stage for all tests of panels: nothing that runs them leaves anything behind."""

from collections.abc import Iterator

import pytest
from tests.integration.panels.stages import Stage, staged


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A server with the traffic of three people."""
    with staged(tmp_path_factory.mktemp("panels")) as stage:
        yield stage
