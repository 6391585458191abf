"""A journey in a real browser through a small page: what the ledger keeps, and when a journey fails."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.unit import conftest
from tests.unit.conftest import Server

from maskproof.errors import ConfigurationError
from maskproof.forms.model import Expected, Field, FormFixture, Step
from maskproof.journey import JourneyFailed, Ledger, Trackers, run_journey
from maskproof.journey.model import BuildName
from maskproof.rules.coverage import Inspector

server = conftest.server

PAGE = b"""<!doctype html><title>Demo</title><form>
<label>E-mail <input id="email" type="email" autocomplete="email"></label>
<label>ZIP <input id="zip" name="zip"></label>
<button>Send</button><p id="error"></p></form>
<script>
document.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const email = document.querySelector('#email').value, zip = Number(document.querySelector('#zip').value);
  if (!email.includes('@')) { document.querySelector('#error').textContent = `${email} is no address`; return; }
  await fetch(`/api/people/${encodeURIComponent(email)}`, { method: 'POST', body: JSON.stringify({ email, zip }) });
  const named = JSON.stringify({ type: 'event', payload: { name: `to ${email}` } });
  await fetch(`http://localhost:${location.port}/api/send`, { method: 'POST', mode: 'no-cors', body: named });
  history.pushState(null, '', `/people/${encodeURIComponent(email)}`);
  document.body.innerHTML = `<h1>Thanks, ${email}</h1>`;
});
</script>"""
# The browser's own validation would stop the form before the page does.
NO_VALIDATION = "addEventListener('DOMContentLoaded', () => { document.querySelector('form').noValidate = true })"
# Imitates a tracker on a busy machine: it has something to send only some time after the first flush.
LATE_TRACKER = """
let asked = 0;
window.__OPENREPLAY__ = {
  isActive: () => true,
  forceFlushBatch() {
    asked = asked || performance.now();
    if (performance.now() < asked + 400) return;
    fetch('/ingest/v1/web/i?batch=0_1_1_kyes', { method: 'POST' });
  },
};
addEventListener('DOMContentLoaded', () => fetch('/ingest/v1/web/start', { method: 'POST' }));
"""
TIMEOUT_MS = 3000  # enough for a busy machine to open the page; each wait for what never comes takes as long
FIELDS = {
    "email": Field("email", "#email", "E-mail", "email", value="user.email"),
    "zip": Field("zip", "#zip", "ZIP", "address", value="user.zip"),
}
STEPS = (
    Step("autofill", {"fields": ["zip"]}, 10),
    Step("fill", {"field": "email"}, 11),
    Step("click", {"selector": "button", "label": "Send"}, 12),
    Step("expect_visible", {"selector": "h1", "text": "Thanks"}, 13),
)
FORM = FormFixture(
    source=Path("forms/demo.yaml"),
    id="demo",
    title="Demo",
    path="/demo",
    protocols=(1,),
    fields=FIELDS,
    steps=STEPS,
    success=Expected("h1", "Thanks"),
    seed=None,
    planted=(),
    controls=(),
    submits=(),
    events=(),
    page_views=(),
    navigations=(),
    volatile=(),
)
RULES: dict[str, Any] = {
    "rules": [
        {"id": "emails", "selectors": [], "types": ["email"], "autocomplete": [], "names": []},
        {"id": "zips", "selectors": [], "types": [], "autocomplete": [], "names": ["^zip$"]},
    ]
}


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A page of a context of its own; the server knows the form."""
    server.answer("GET", "/demo", 200, PAGE, {"Content-Type": "text/html"})
    server.answer("POST", "/api/send", 200, b'{"sessionId": "s1"}', {"Content-Type": "application/json"})
    context = browser.new_context()
    yield context.new_page()
    context.close()


def drive(
    page: Page, server: Server, *steps: Step, build: BuildName = "bare", inspector: Inspector | None = None
) -> Ledger:
    """Drive the steps of the form, or other ones."""
    form = replace(FORM, steps=steps or STEPS)
    personas = FORM.personas("seed")
    return run_journey(
        page,
        form,
        personas,
        base_url=server.url,
        build=build,
        trackers=trackers_of(server),
        timeout_ms=TIMEOUT_MS,
        inspector=inspector,
    )


def trackers_of(server: Server) -> Trackers:
    """The trackers of the pages of a server; Umami has another host name."""
    return Trackers(f"{server.url}/ingest", server.url.replace("127.0.0.1", "localhost"))


def values() -> list[str]:
    """The values that are typed."""
    return [secret.reveal() for secret in FORM.personas("seed").pii_of(FORM)]


def test_the_ledger_says_what_happened_without_a_value(page: Page, server: Server) -> None:
    """It has steps, clicks, submissions, navigation and document, with each value replaced by its id."""
    ledger = drive(page, server)
    assert [step.kind for step in ledger.steps] == ["goto", *(step.kind for step in STEPS), "expect_visible"]
    assert [(click.selector, click.label) for click in ledger.clicks] == [("button", "Send")]
    (sent,) = ledger.submissions
    assert (sent.method, sent.path) == ("POST", "/api/people/[user.email]")
    assert sent.body == {"email": "[user.email]", "zip": "[user.zip]"}
    assert [send.shown for send in ledger.sends] == ["to [user.email]"]
    assert ledger.navigations == ("/demo", "/people/[user.email]")
    assert ledger.final_path == "/people/[user.email]"
    assert "Thanks, [user.email]" in ledger.final_dom
    assert not any(value in repr(ledger) for value in values())


def test_the_rules_of_every_field_are_recorded(page: Page, server: Server) -> None:
    """The rules of a field that the browser fills are recorded too."""
    inspector = Inspector(FORM, RULES)
    drive(page, server, inspector=inspector)
    assert {name: field.rules for name, field in inspector.fields.items()} == {"zip": ("zips",), "email": ("emails",)}
    assert inspector.used == {"emails", "zips"}


def test_the_tracker_is_flushed_until_it_sends(page: Page, server: Server) -> None:
    """A tracker that has nothing to send yet is flushed again."""
    page.add_init_script(LATE_TRACKER)
    server.answer("POST", "/ingest/v1/web/start", 200, b'{"sessionID": "1"}')
    server.answer("POST", "/ingest/v1/web/i", 200, b"")
    assert drive(page, server, build="instrumented").batches == ("0_1",)


def test_a_validation_message_is_kept_without_a_value(page: Page, server: Server) -> None:
    """The ledger has the text of the message."""
    wrong = Step("fill", {"field": "email", "with": "nobody"}, 11)
    message = Step("expect_message", {"selector": "#error", "text": "is no address"}, 13)
    page.add_init_script(NO_VALIDATION)
    ledger = drive(page, server, STEPS[0], wrong, STEPS[2], message, STEPS[1], STEPS[2], STEPS[3])
    assert ledger.messages == (("#error", "nobody is no address"),)


def test_a_script_that_is_not_there_is_a_configuration_error(page: Page, server: Server) -> None:
    """The error names the file or the function."""
    (script,) = Path(__file__).parents[2].glob("fixtures/forms/scripts.py")
    for call, message in (("gone.py::stay", "script gone.py cannot be read"), ("scripts.py::gone", "no function gone")):
        form = replace(FORM, source=script.with_name("demo.yaml"), steps=(Step("script", {"call": call}, 10),))
        with pytest.raises(ConfigurationError, match=message):
            run_journey(
                page,
                form,
                FORM.personas("seed"),
                base_url=server.url,
                build="bare",
                trackers=trackers_of(server),
                timeout_ms=TIMEOUT_MS,
            )


@pytest.mark.parametrize(
    "step",
    [
        Step("expect_visible", {"selector": "h1", "text": "Sorry"}, 21),
        Step("click", {"selector": "#gone"}, 21),
        Step("expect_url", {"path": "/elsewhere"}, 21),
    ],
    ids=["other-text", "no-element", "other-page"],
)
def test_a_step_that_cannot_be_done_names_its_line_and_no_value(page: Page, server: Server, step: Step) -> None:
    """The error names file, line, build and the path of the page."""
    with pytest.raises(JourneyFailed, match=r"forms/demo\.yaml:21: step .* on the bare build") as caught:
        drive(page, server, *STEPS, step)
    assert "The page was at /people/[user.email]." in str(caught.value)
    assert not any(value in str(caught.value) for value in values())


def test_a_selector_that_matches_nothing_is_reported(page: Page, server: Server) -> None:
    """The message names the selector."""
    with pytest.raises(JourneyFailed, match=r"nothing on the page matches #gone"):
        drive(page, server, Step("click", {"selector": "#gone"}, 7))
