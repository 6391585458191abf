"""The pictures of a run, as the report shows them."""

import json
from pathlib import Path
from typing import Any

from maskproof.evidence.pictures import read_pictures

PLACES = [{"number": 1, "label": "E-mail", "category": "email", "holds": "nothing"}]


def _session(reports: Path, name: str, form: str, protocol: int, moments: list[dict[str, Any]]) -> None:
    folder = reports / "run/pictures" / name
    folder.mkdir(parents=True)
    for moment in moments:
        for picture in moment["pictures"]:
            (folder / picture).write_bytes(f"{protocol} {picture}".encode())
    index = {"form": form, "protocol": protocol, "moments": moments}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")


def _moment(*pictures: str) -> dict[str, Any]:
    return {"title": "The end", "pictures": list(pictures), "places": PLACES}


def test_of_each_form_the_newest_protocol_is_shown(tmp_path: Path) -> None:
    """One session a form is enough for a reader; pictures are part of the page."""
    for protocol in (1, 2):
        moments = [_moment("end-1-seen.png", "end-1-recorded.png")]
        _session(tmp_path, f"demo-v{protocol}", "Demo", protocol, moments)
    _session(tmp_path, "other-v1", "Other", 1, [_moment("end-1-recorded.png")])
    demo, other = read_pictures(tmp_path)
    assert (demo.form, demo.protocol, other.form) == ("Demo", 2, "Other")
    assert demo.pairs[0].seen.startswith("data:image/png;base64,")
    assert demo.pairs[0].places == tuple(PLACES)
    assert other.pairs[0].seen == ""


def test_a_session_without_a_picture_is_not_shown(tmp_path: Path) -> None:
    """A run that drew nothing has no such chapter."""
    _session(tmp_path, "demo-v1", "Demo", 1, [])
    assert read_pictures(tmp_path) == []
    assert read_pictures(tmp_path / "nowhere") == []
