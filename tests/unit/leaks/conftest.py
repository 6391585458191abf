"""A values file, for tests of its readers."""

import json
from pathlib import Path

import pytest
from tests.unit.leaks.samples import VALUE


@pytest.fixture
def values(tmp_path: Path) -> Path:
    """A values file with one value."""
    path = tmp_path / "values.json"
    path.write_text(json.dumps({"values": [{"id": "email", "category": "email", "value": VALUE}]}))
    return path
