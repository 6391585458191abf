"""The recorded sessions of a run, as the report shows them."""

import json
from pathlib import Path
from typing import Any

from maskproof.evidence.audit.sessions import read_sessions

PLACES = [{"number": 1, "label": "E-mail", "category": "email", "rules": ["email-inputs"], "holds": "nothing"}]
MOMENT = {"title": "The end", "pictures": ["end-1-seen.png", "end-1-recorded.jpg"], "time_ms": 1, "places": PLACES}
ROW = {"channel": "url", "field": "SetPageLocation.URL", "where": "", "text": "/demo", "count": 1}
INDEX: dict[str, Any] = {
    "form": "Demo",
    "form_id": "demo",
    "session": "7",
    "categories": ["email"],
    "versions": {"tracker": "19.0.1", "umami": "2.10.0", "browser": "1"},
    "moments": [MOMENT],
    "static": 3,
    "texts": {
        "session": [ROW, {**ROW, "text": "[redacted]"}],
        "database": [ROW, {**ROW, "text": "/end", "count": 2}, {**ROW, "field": "other"}],
        "analytics": [],
    },
    "looked_at": {"url": 2},
}


def _keep(reports: Path, protocol: int, **changes: Any) -> None:
    folder = reports / "run/pictures" / f"demo-v{protocol}"
    folder.mkdir(parents=True)
    for name in MOMENT["pictures"]:  # type: ignore[attr-defined]
        (folder / name).write_bytes(b"picture")
    (folder / "index.json").write_text(json.dumps({**INDEX, "protocol": protocol, **changes}), encoding="utf-8")


def test_every_session_is_read_with_its_pictures(tmp_path: Path) -> None:
    """Pictures are part of the page, each by its type; the sessions are in order."""
    _keep(tmp_path, 2)
    _keep(tmp_path, 1)
    first, second = read_sessions(tmp_path)
    assert (first.case, second.case) == ("demo-v1", "demo-v2")
    assert first.pairs[0].seen.startswith("data:image/png;base64,")
    assert first.pairs[0].recorded.startswith("data:image/jpeg;base64,")
    assert first.pairs[0].places == tuple(PLACES)


def test_a_moment_without_a_picture_is_read(tmp_path: Path) -> None:
    """One side alone is shown as it is."""
    _keep(tmp_path, 1, moments=[{**MOMENT, "pictures": ["end-1-recorded.jpg"]}])
    assert read_sessions(tmp_path)[0].pairs[0].seen == ""
    assert read_sessions(tmp_path / "nowhere") == []


def test_a_text_that_is_hidden_is_marked(tmp_path: Path) -> None:
    """It is hidden because it holds a value: whoever looks must not overlook it."""
    _keep(tmp_path, 1)
    assert [row.has_value for row in read_sessions(tmp_path)[0].texts] == [False, True]


def test_events_are_shown_field_by_field(tmp_path: Path) -> None:
    """What differs between events stands in one row."""
    _keep(tmp_path, 1)
    rows = read_sessions(tmp_path)[0].database
    assert [(row.field, row.texts, row.count) for row in rows] == [
        ("SetPageLocation.URL", ("/demo", "/end"), 3),
        ("other", ("/demo",), 1),
    ]
