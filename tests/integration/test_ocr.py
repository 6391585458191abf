"""The engine reads the text of real pictures; a value that nothing covered is found in them."""

import re
from pathlib import Path

from playwright.sync_api import Browser

from maskproof.evidence.picture_scan import scan_pictures
from maskproof.leaks import Searcher
from maskproof.leaks.spelling.values import Value
from maskproof.openreplay.session import Window
from maskproof.replay import draw
from maskproof.secrets import Secret
from maskproof.verdicts.pictures import CONTROL, CONTROL_TEXTS, PICTURES_FOLDER

TYPED = {
    "email": "olive.brimmond@example.com",
    "name": "Olive Brimmond",
    "phone": "(212) 555-0142",
    "payment": "4111 1111 1111 1111",
}
STYLE = "<!doctype html><style>body { font: 14px sans-serif }</style>"


def test_each_value_in_a_picture_is_read(browser: Browser, tmp_path: Path) -> None:
    """As text and in a field; the same picture with the values covered holds none."""
    searcher = Searcher([Value(name, name, Secret(text, category=name, value_id=name)) for name, text in TYPED.items()])
    folder = tmp_path / PICTURES_FOLDER / "demo-v1"
    folder.mkdir(parents=True)
    page = STYLE + "".join(f"<p>We keep {text}. <input size=40 value='{text}'></p>" for text in TYPED.values())
    patterns = {f"[{name} #1]": re.escape(text) for name, text in TYPED.items()}
    for file, html, covered in (
        ("../control", "".join(f"<p>{line}</p>" for line in CONTROL_TEXTS), {}),
        ("bare", page, {}),
        ("covered", page, patterns),
    ):
        (folder / f"{file}.png").write_bytes(draw(browser, html, window=Window(1280, 720), values=covered).image)
    assert (tmp_path / PICTURES_FOLDER / CONTROL).is_file()
    shown = [f"the picture demo-v1/bare.png shows {name}" for name in sorted(TYPED)]
    assert sorted(scan_pictures(tmp_path, searcher).problems) == shown
