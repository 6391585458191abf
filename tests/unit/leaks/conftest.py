"""A values file, for tests of what reads one."""

import json
from pathlib import Path

import pytest
from tests.unit.leaks.samples import VALUE


@pytest.fixture
def values(tmp_path: Path) -> Path:
    """A values file of one value."""
    path = tmp_path / "values.json"
    path.write_text(json.dumps({"values": [{"id": "email", "category": "email", "value": VALUE}]}))
    return path
