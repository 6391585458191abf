"""What `maskproof init` sees of a page."""

import pytest
from playwright.sync_api import Browser
from tests.unit import conftest
from tests.unit.conftest import Server

from maskproof.commands.starting import look

server = conftest.server

POLLING = "<!doctype html><h1>Orders</h1><input name=city><script>setInterval(() => fetch('/api/news'), 100)</script>"


def test_a_page_that_asks_again_and_again_is_looked_at(
    browser: Browser, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never comes to rest; what it asks for is reported once."""
    monkeypatch.setattr(look, "TIMEOUT_MS", 2000)
    server.answer("GET", "/", 200, POLLING.encode())
    seen = look.look_at(browser, server.url, "/", [])
    assert seen.page["heading"]["text"] == "Orders"
    assert [field["name"] for field in seen.page["fields"]] == ["city"]
    assert seen.unanswered == ("GET /api/news",)
