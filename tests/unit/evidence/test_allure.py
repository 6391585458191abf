"""Allure's report makes no connection."""

import base64
from pathlib import Path

import pytest

from maskproof.evidence import allure
from maskproof.evidence.allure import without_analytics, without_program

LOADER = '<script async src="https://www.googletagmanager.com/gtag/js?id=X"></script>'
STARTER = "<script>\n  window.dataLayer = [];\n  gtag('config', 'X');\n</script>"
OWN = "<script>window.allureData = {}</script>"
PAGE = "<html><head><title>x</title>{}</head><body>{}</body></html>"


@pytest.mark.parametrize("tag", [LOADER, STARTER, LOADER + STARTER], ids=["loader", "starter", "both"])
def test_analytics_are_taken_out(tag: str) -> None:
    """All other scripts stay."""
    cleaned = without_analytics(PAGE.format(OWN + tag + OWN, OWN))
    assert "gtag" not in cleaned
    assert "googletagmanager" not in cleaned
    assert cleaned.count(OWN) == 3


def test_a_policy_forbids_every_connection() -> None:
    """The policy also covers scripts that a newer version may bring."""
    cleaned = without_analytics(PAGE.format("", ""))
    assert '<head><meta http-equiv="Content-Security-Policy" content="default-src \'none\';' in cleaned
    assert "http:" not in cleaned
    assert "https:" not in cleaned


def test_the_program_of_the_page_is_left_out_of_a_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only if it is a script of the package to the letter."""
    package = tmp_path / "@allurereport/web/dist/single"
    package.mkdir(parents=True)
    (package / "app.js").write_text("run()")
    monkeypatch.setattr(allure, "ensure_packages", lambda *_, **__: tmp_path)
    own, other = (base64.b64encode(script).decode() for script in (b"run()", b"run(1)"))
    page = '<script src="data:text/javascript;base64,{}"></script><p>a text</p>'
    assert without_program(page.format(own)) == '<script src=""></script><p>a text</p>'
    assert without_program(page.format(other)) == page.format(other)
    assert without_program("<p>a text</p>") == "<p>a text</p>"
