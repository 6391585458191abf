"""
The tracking module: what it adds to a page's download, and its work on the main thread for each key.

A page knows 300 values, and shows a preview of what is typed. For each key, the time of the module's listeners and of
the batch that it redacts is measured in the browser; the tracker's own work is not.
"""

import gzip
import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page
from tests.integration.module.site import PAGE, bundled, running_site

from benchmarks.figures import Figure
from maskproof.openreplay.collector import Collector
from maskproof.recording.browser import running_browser

VALUES = 300
KEYS = 60
PERCENTILE = 95
TEXT = "Zandoquar report for the annual general meeting of Gloquar "
BODY = (
    "<ul>{rows}</ul><input id=in name=who><p id=out></p><button id=more>More</button>"
    '<script type="module" src="/tracking.js"></script>'
)
ROW = "<li data-pii=name>Person{at} Brauzin{at} Feldoquar of {at} Zandrix Terrace</li>"
# Milliseconds of each key: the input event's listeners, and the guarded hand-over of what the tracker then sends.
TYPE = """
(text) => {
  const input = document.querySelector('#in'), output = document.querySelector('#out');
  const app = window.__OPENREPLAY__.app, times = [];
  const [inputId, textId] = [app.nodes.getID(input), app.nodes.getID(output)];
  for (let at = 1; at <= text.length; at += 1) {
    input.value = text.slice(0, at);
    output.textContent = `Preview: ${input.value}`;
    const started = performance.now();
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    app.worker.postMessage([
      [0, Date.now()], [118, 'tab'], [18, inputId, input.value, 0], [14, textId, output.textContent],
      [22, 'log', `typed ${at}: ${input.value}`], [61, textId, 'p { color: red }', 'http://a/page.html?q=x'],
    ]);
    times.push(performance.now() - started);
  }
  return times;
}
"""


def figures() -> Iterator[Figure]:
    """Size and cost of the module."""
    own = len(gzip.compress(bundled())) - len(gzip.compress(bundled(entry="import '@openreplay/tracker'")))
    yield Figure("tracking_module.gzip_kb", own / 1000, "kB", 12)
    times = _measured()
    yield Figure("tracking_module.key_ms", statistics.median(times), "ms", 2)
    yield Figure("tracking_module.key_p95_ms", sorted(times)[len(times) * PERCENTILE // 100], "ms")


def _measured() -> list[float]:
    with TemporaryDirectory() as folder, running_browser() as browser:
        collector = Collector(Path(folder))
        rows = "".join(ROW.format(at=at) for at in range(VALUES))
        try:
            with running_site(collector.start(), bundled()) as site:
                site.pages["/page.html"] = PAGE.format(title="Shop", body=BODY.format(rows=rows), script="").encode()
                page = browser.new_page()
                page.goto(f"{site.url}/page.html")
                return _times(page)
        finally:
            collector.stop()


def _times(page: Page) -> list[float]:
    page.wait_for_function("window.__OPENREPLAY__ && window.__OPENREPLAY__.isActive()")
    page.wait_for_timeout(500)
    page.evaluate(TYPE, "warm up")
    times: list[float] = page.evaluate(TYPE, TEXT[:KEYS])
    return times
