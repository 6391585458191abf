"""Places in answers are filled with what was kept."""

from pathlib import Path

import pytest

from maskproof.embedded.static.answers import _filled, fits
from maskproof.static_settings import StaticAnswer

KEPT = {"name": 'Lee "L"', "people": [{"name": "Ann"}], "count": 2}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ('{"a": "{{name}}"}', '{"a": "Lee \\"L\\""}'),
        ('{"a": "{{people}}", "b": ["{{ count }}"]}', '{"a": [{"name": "Ann"}], "b": [2]}'),
        ('{"a": "Dear {{people.0.name}}"}', '{"a": "Dear Ann"}'),
        ('{"a": "{{gone}}", "b": "x{{people.7}}"}', '{"a": null, "b": "x"}'),
        ("{{ no JSON", "{{ no JSON"),
    ],
)
def test_json_stays_json(tmp_path: Path, text: str, filled: str) -> None:
    """A text that is one place becomes the value; in a longer one, the value is text."""
    file = tmp_path / "a.json"
    file.write_text(text)
    assert _filled(StaticAnswer("GET /a", file), "application/json", KEPT).decode() == filled


def test_bytes_stay_as_they_are(tmp_path: Path) -> None:
    """What is no text is sent unchanged."""
    (tmp_path / "a.bin").write_bytes(b"\xff{{name}}")
    assert _filled(StaticAnswer("GET /a", tmp_path / "a.bin"), "application/octet-stream", KEPT) == b"\xff{{name}}"


@pytest.mark.parametrize(
    ("name", "method", "path", "expected"),
    [
        ("GET /api/*/items", "GET", "/api/7/items", True),
        ("GET /api/*/items", "GET", "/api/items", False),
        ("GET /api", "HEAD", "/api", True),
        ("POST /api", "GET", "/api", False),
        ("GET /api", "GET", "/api/", False),
    ],
)
def test_an_answer_fits_by_method_and_path(name: str, method: str, path: str, *, expected: bool) -> None:
    """Step by step."""
    assert fits(StaticAnswer(name), method, path) is expected
