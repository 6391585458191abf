"""
Wires the project's own tests; the suite itself comes with the installed plugin, `maskproof.plugin`.

What takes long begins first, so that the workers end together.
"""

import pytest

from maskproof.machine.temporary import ensure_room

SLOW_FIRST = ("tests/integration/suite/", "tests/integration/")


def pytest_configure() -> None:
    """Give browsers and databases a folder for temporary files that has room, before workers are started."""
    ensure_room()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put whole runs of the suite first, then other integration tests, then unit tests."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    return next((rank for rank, part in enumerate(SLOW_FIRST) if item.nodeid.startswith(part)), len(SLOW_FIRST))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Call bytes by their argument: what packers put a clock into would have another id in each worker."""
    return argname if isinstance(val, (bytes, bytearray)) else None
