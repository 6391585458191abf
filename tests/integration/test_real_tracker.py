"""The unmodified tracker in a real browser records to the collector, under both protocol versions."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from maskproof.machine.packages import ensure_packages
from maskproof.openreplay.client import OpenReplayClient
from maskproof.openreplay.collector import Collector, CollectorAddresses
from maskproof.openreplay.recordings import Recording, decode_recording, unpack

APP = Path(__file__).parents[2] / "fixtures" / "app"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
PAGE = """<!doctype html><title>Shop</title><link rel="stylesheet" href="/style.css">
<h1>Heading of %(path)s</h1><input id="note"><a id="next" href="/second">Next</a>
<script type="module">
import { tracker } from '/tracker.js';
tracker.configure({ projectKey: '%(key)s', ingestPoint: '%(ingest)s', __DISABLE_SECURE_MODE: true });
window.started = await tracker.start({ userID: 'user-1', metadata: { plan: 'gold' } });
window.flush = () => tracker.forceFlushBatch();
</script>"""


@pytest.fixture
def site(addresses: CollectorAddresses) -> Iterator[str]:
    """A small site without a bundler: it loads the tracker's module as published on npm."""
    module = ensure_packages(APP, kind="app") / "@openreplay" / "tracker" / "dist" / "lib" / "entry.js"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = PAGE % {"path": self.path, "key": addresses.project_key, "ingest": addresses.ingest}
            files = {
                "/tracker.js": ("text/javascript", module.read_bytes()),
                "/style.css": ("text/css", b"h1 { color: red }"),
            }
            kind, body = files.get(self.path, ("text/html", page.encode()))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def type_and_flush(page: Page, text: str) -> str:
    """Wait until the tracker records, type, and flush the batch; returns the session id."""
    started = page.wait_for_function("window.started").evaluate("() => window.started")
    assert started["success"], started
    page.fill("#note", text)
    with page.expect_response(lambda answer: "/v1/web/i" in answer.url):
        page.evaluate("new Promise(done => setTimeout(done, 300)).then(window.flush)")
    return str(started["sessionID"])


def decoded(parts: tuple[bytes, ...]) -> Recording:
    """The decoded form of a stored recording."""
    return decode_recording([unpack(part) for part in parts], source="stored")


@pytest.mark.parametrize("protocol", [1, 2])
def test_a_session_over_two_pages_is_stored_as_one(
    browser: Browser, site: str, collector: Collector, addresses: CollectorAddresses, protocol: int
) -> None:
    """Both pages and the metadata are stored, and no request goes to an unknown endpoint."""
    context = browser.new_context(user_agent=f"{AGENT} mp-session/1 mp-protocol/{protocol}")
    page = context.new_page()
    page.goto(site)
    first = type_and_flush(page, "one")
    page.click("#next")
    second = type_and_flush(page, "two")
    context.close()
    client = OpenReplayClient(addresses.api, user=addresses.user, password=addresses.password)
    stored = client.wait_for_session(addresses.project_id, first, 10)
    dom = decoded(stored.dom)
    texts = {str(message.get("Data")) for message in dom.messages if message.name == "SetNodeData"}
    assert first == second
    assert dom.version == protocol
    assert {"Heading of /", "Heading of /second"} <= texts
    assert decoded(stored.devtools).version == protocol
    assert (stored.replay.session.pages, stored.replay.session.metadata) == (2, {"plan": "gold"})
    assert collector.unknown_requests == ()
