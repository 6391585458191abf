"""Allure's report makes no connection."""

import pytest

from maskproof.evidence.allure import without_analytics

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
