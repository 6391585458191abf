"""Each tracker that Maskproof says it was checked with, as npm has it, under every protocol version that it speaks."""

import functools
import json
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from maskproof.bundles import CHECKED_TRACKERS, read_bundle, spoken_protocols
from maskproof.journey.pace import FLUSH
from maskproof.machine.packages import ensure_packages
from maskproof.openreplay.client import OpenReplayClient
from maskproof.openreplay.collector import Collector, CollectorAddresses
from maskproof.openreplay.recordings import decode_recording, unpack
from maskproof.openreplay.session import SessionView

pytestmark = pytest.mark.nightly

PACKAGES = Path(__file__).parents[1] / "data/trackers"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
TEXT = "a plain note"
PAGE = """<!doctype html><title>Shop</title><h1>All lamps</h1><input id="note"><button id="send">Send</button>
<script type="module">
import Tracker from './entry.js';
const tracker = new Tracker({ projectKey: '%s', ingestPoint: '%s', __DISABLE_SECURE_MODE: true, defaultInputMode: 0 });
window.started = await tracker.start();
</script>"""
CASES = [(version, protocol) for version in CHECKED_TRACKERS for protocol in spoken_protocols([version])]


class Quiet(SimpleHTTPRequestHandler):
    """Prints nothing."""

    def log_message(self, *_: object) -> None:
        """Print nothing."""


def module_of(version: str) -> Path:
    """The tracker as one module, as it was published."""
    folder = ensure_packages(PACKAGES, kind="trackers") / f"tracker-{version}" / "dist/lib"
    return next(file for file in (folder / "entry.js", folder / "index.js") if file.is_file())


def test_the_packages_are_those_that_are_called_checked() -> None:
    """No version is called checked that is not."""
    named = json.loads((PACKAGES / "package.json").read_text())["dependencies"]
    assert list(named) == [f"tracker-{version}" for version in CHECKED_TRACKERS]


@pytest.fixture
def site(tmp_path: Path, addresses: CollectorAddresses, version: str) -> Iterator[str]:
    """A page that loads the tracker of a version."""
    folder = tmp_path / "site"
    folder.mkdir()
    shutil.copy(module_of(version), folder / "entry.js")
    (folder / "index.html").write_text(PAGE % (addresses.project_key, addresses.ingest))
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("version", "protocol"), CASES)
def test_a_tracker_is_recorded_and_decoded(
    browser: Browser,
    site: str,
    collector: Collector,
    addresses: CollectorAddresses,
    tmp_path: Path,
    version: str,
    protocol: int,
) -> None:
    """The session is stored in the format of the protocol version, and holds what was typed and clicked."""
    context = browser.new_context(user_agent=f"{AGENT} mp-session/1 mp-protocol/{protocol}")
    page = context.new_page()
    page.goto(site)
    started = page.wait_for_function("window.started").evaluate("() => window.started")
    page.locator("#note").press_sequentially(TEXT)
    page.click("#send")
    page.wait_for_timeout(300)  # the tracker looks at fields a few times a second
    with page.expect_response(lambda answer: "/v1/web/i" in answer.url):
        page.evaluate(FLUSH)
    page.wait_for_timeout(500)  # an upload that was under way before may have been the one that was answered
    context.close()
    client = OpenReplayClient(addresses.api, user=addresses.user, password=addresses.password)
    stored = client.wait_for_session(addresses.project_id, str(started["sessionID"]), 20)
    dom = decode_recording([unpack(part) for part in stored.dom], source="stored")
    names = {message.name for message in dom.messages}
    texts = {string.text for string in SessionView((dom,)).strings}
    assert dom.version == protocol
    assert {"SetPageLocation", "CreateDocument", "MouseClick"} <= {name.removesuffix("Deprecated") for name in names}
    assert {"All lamps", TEXT} <= texts
    assert collector.unknown_requests == ()
    assert read_bundle(tmp_path / "site").trackers == (version,)
