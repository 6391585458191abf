"""
Configuration of the project's own tests; the suite itself comes with the installed plugin, `maskproof.plugin`.

Long tests start first, so that all workers end at about the same time.
"""

import pytest

from maskproof.machine.temporary import ensure_room

SLOW_FIRST = ("tests/integration/suite/", "tests/integration/")


def pytest_configure() -> None:
    """Choose a folder with enough free space for temporary files, before workers are started."""
    ensure_room()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort tests: whole runs of the suite first, then other integration tests, then unit tests."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    return next((rank for rank, part in enumerate(SLOW_FIRST) if item.nodeid.startswith(part)), len(SLOW_FIRST))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: compressed data may hold a time stamp, and ids must be the same in all workers."""
    return argname if isinstance(val, (bytes, bytearray)) else None
