"""Style sheets that recorded pages link to, kept of a run."""

from pathlib import Path

from maskproof.replay.kept_styles import keep_style, kept_style

STORED = "http://127.0.0.1/sessions-assets/http%213A%212F%212F127.0.0.1%213A80%212Fa.css.27"


def test_a_style_sheet_is_found_by_the_address_that_the_recording_has(tmp_path: Path) -> None:
    """Also by the address that the page had."""
    keep_style(tmp_path / "styles", STORED, "p{}")
    assert kept_style(tmp_path / "styles", STORED) == "p{}"
    assert kept_style(tmp_path / "styles", "http://127.0.0.1:80/a.css") == "p{}"


def test_one_that_was_not_kept_is_empty(tmp_path: Path) -> None:
    """The page is drawn without it."""
    assert kept_style(tmp_path, STORED) == ""
