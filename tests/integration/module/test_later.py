"""What leaves later than it was made: from another window, after the network came back, out of the tracker's buffer."""

import pytest
from playwright.sync_api import Page
from tests.integration.module.actions import then, typed
from tests.integration.module.conftest import Visit, wait_until_recording
from tests.integration.module.test_entries import FIRST, LAST, NAME


def copied(page: Page) -> None:
    """Look at the page in a second window, which was opened when the first had typed."""
    typed("#in", NAME)(page)
    page.keyboard.press("Tab")
    with page.expect_popup() as popup:
        page.click("#go")
    wait_until_recording(popup.value)
    popup.value.evaluate("document.querySelector('p').textContent = 'Label for Brauzin Feldoquar'")
    popup.value.wait_for_timeout(300)


@pytest.mark.nightly
def test_a_window_that_is_opened_knows_what_was_typed_before(visit: Visit) -> None:
    """Its storage is a copy of the other's."""
    page = "<input id=in><button id=go onclick=\"window.open('/other.html')\">Open</button>"
    left = visit(page, copied, others={"/other.html": "<h1>Label</h1><p>x</p>"})
    assert [left.holding(text) for text in (FIRST, LAST)] == [[], []]
    assert left.holding("Label for ***")


def offline(page: Page) -> None:
    """Type while there is no network, and wait longer than a state of typing is known."""
    page.context.set_offline(True)
    typed("#in", NAME)(page)
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.wait_for_timeout(1500)


@pytest.mark.nightly
def test_what_waits_for_the_network_is_redacted(visit: Visit) -> None:
    """Batches that could not be sent are sent later, and hold no state of what was typed."""
    left = visit(PREVIEW, offline)
    assert [left.holding(text) for text in (FIRST, "brauz", LAST)] == [[], [], []]
    assert left.holding("Preview of ***")


def buffered(page: Page) -> None:
    """Record into the tracker's buffer, and upload it when nobody knows any more what was being typed."""
    page.evaluate("__OPENREPLAY__.stop()")
    page.evaluate("window.kept = __OPENREPLAY__.startOfflineRecording({}, () => 0)")
    typed("#in", NAME)(page)
    page.wait_for_timeout(300)
    page.evaluate("__OPENREPLAY__.app.saveBuffer()")
    page.evaluate(
        "const now = Date.now; Date.now = () => now() + 60_000; document.querySelector('#in').remove(); out.remove()"
    )
    page.evaluate("__OPENREPLAY__.uploadOfflineRecording()")
    page.wait_for_timeout(500)


def test_what_the_tracker_keeps_until_later_is_redacted_now(visit: Visit) -> None:
    """Neither its buffer nor the copy of it in the storage holds a state of what was typed."""
    stored: list[str] = []
    left = visit(
        PREVIEW, then(buffered, lambda page: stored.append(page.evaluate("JSON.stringify({ ...localStorage })")))
    )
    assert [left.holding(text) for text in ("brauz", LAST)] == [[], []]
    assert left.holding("Preview of ***")
    assert "or_buffer_1" in stored[0]
    assert "brauz" not in stored[0].lower()


PREVIEW = (
    "<input id=in><p id=out></p><script>document.querySelector('#in').addEventListener('input', (event) => "
    "{ out.textContent = `Preview of ${event.target.value}` })</script>"
)
