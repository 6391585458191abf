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
from maskproof.forms.model import Expected, Field, FormFixture, Step, VolatileElement
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
    # The page may not read an answer of another origin, so it is not known.
    assert [send.shown for send in ledger.sends_unanswered] == ["to [user.email]"]
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


OTHER_PAGE = """<!doctype html><title>Demo</title><body>%s
<p id="done" hidden>Done</p>
<script>
const done = () => { document.querySelector('#done').hidden = false };
document.querySelector('#go')?.addEventListener('click', done);
</script></body>"""
GO = Step("click", {"selector": "#go", "label": "Go on"}, 20)


def drive_other(page: Page, server: Server, body: str, *steps: Step, **changes: Any) -> Ledger:
    """Drive steps through another page, which ends well once it shows that it is done."""
    server.answer("GET", "/other", 200, (OTHER_PAGE % body).encode(), {"Content-Type": "text/html"})
    form = replace(FORM, path="/other", steps=steps or (GO,), success=Expected("#done", "Done"), **changes)
    return run_journey(
        page,
        form,
        FORM.personas("seed"),
        base_url=server.url,
        build="bare",
        trackers=trackers_of(server),
        timeout_ms=TIMEOUT_MS,
    )


# A ripple as component libraries draw it: it is there for half a second after the click.
RIPPLE = """<style>@keyframes fade { to { opacity: 0 } }</style><button id="go">Go on</button><script>
document.querySelector('#go').addEventListener('mousedown', (event) => {
  const ripple = document.createElement('i');
  ripple.className = 'ripple'; ripple.style.animation = 'fade .5s';
  ripple.addEventListener('animationend', () => ripple.remove());
  event.target.append(ripple);
})</script>"""


def test_a_decoration_that_comes_and_goes_is_not_in_the_final_document(page: Page, server: Server) -> None:
    """The document is read once the page has settled."""
    assert "ripple" not in drive_other(page, server, RIPPLE).final_dom


def test_a_declared_element_is_left_out_and_counted(page: Page, server: Server) -> None:
    """What moves all the time is read as it is, without what the fixture declares."""
    body = """<button id="go">Go on</button><b class="now">0</b><script>
    setInterval(() => { document.querySelector('.now').textContent = performance.now() }, 50)</script>"""
    declared = (VolatileElement(".now", "a clock"), VolatileElement(".gone", "never there"))
    ledger = drive_other(page, server, body, volatile_elements=declared)
    assert "now" not in ledger.final_dom
    assert ledger.volatile_elements == {".now": 1, ".gone": 0}


def test_a_declared_selector_that_cannot_be_read_is_a_configuration_error(page: Page, server: Server) -> None:
    """The error names it."""
    declared = (VolatileElement("p[[", "a typing error"),)
    with pytest.raises(ConfigurationError, match=r"volatile: document: .* p\[\["):
        drive_other(page, server, '<button id="go">Go on</button>', volatile_elements=declared)


def test_a_click_is_kept_with_every_name_of_its_element(page: Page, server: Server) -> None:
    """The tracker may label it with any of them; one with a value in it is left out."""
    name = values()[0]
    body = f"""<button id="go" aria-label="Close the panel" title="{name}" style="text-transform: uppercase">
    <i>Go</i> <b>on</b></button>"""
    (click,) = drive_other(page, server, body).clicks
    assert set(click.names) == {"close the panel", "go on", "#go"}


def test_a_click_on_a_label_is_also_one_on_its_control(page: Page, server: Server) -> None:
    """The tracker names an input by its id, classes, name or type."""
    body = """<label id="go">Keep me <b>posted</b> <input type="checkbox" class="round box" name="posted"></label>"""
    (click,) = drive_other(page, server, body).clicks
    assert {"keep me posted", ".round.box", "posted", "checkbox", "#go"} == set(click.names)


LINK = '<a id="go" %s onclick="event.preventDefault(); done()">Go on</a>'


@pytest.mark.parametrize(
    ("attributes", "is_umami_link"),
    [
        ('href="/elsewhere" data-umami-event="on"', True),
        ('href="/elsewhere" data-umami-event="on" target="_blank"', False),
        ('href="/elsewhere"', False),
        ('data-umami-event="on"', False),
    ],
    ids=["followed", "other-tab", "no-event", "no-url"],
)
def test_a_link_that_umamis_script_follows_is_marked(
    page: Page, server: Server, attributes: str, *, is_umami_link: bool
) -> None:
    """The script stops a click on it and loads the page of the link itself."""
    (click,) = drive_other(page, server, LINK % attributes).clicks
    assert click.is_umami_link is is_umami_link


def test_documents_that_were_loaded_are_kept_apart_from_routes(page: Page, server: Server) -> None:
    """Both are navigations; only one of them loads a document."""
    body = """<button id="go" onclick="history.pushState(null, '', '/other/route')">Go on</button>"""
    ledger = drive_other(page, server, body)
    assert ledger.navigations == ("/other", "/other/route")
    assert ledger.loads == ("/other",)


def test_an_answer_that_nobody_reads_is_a_submission(page: Page, server: Server) -> None:
    """Chromium never finishes a request with `no-store` whose body the page does not read."""
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    server.answer("POST", "/api/order", 200, b"{}", headers)
    body = """<button id="go" onclick="fetch('/api/order', { method: 'POST', body: '{}' })">Go on</button>"""
    (sent,) = drive_other(page, server, body).submissions
    assert (sent.path, sent.status) == ("/api/order", 200)


def test_a_step_that_cannot_be_done_has_the_whole_reason(page: Page, server: Server) -> None:
    """The elements that match, the console and the failed requests are named, without a value."""
    name = values()[0]
    body = f"""<button>{name}</button><button>Two</button>
    <script>console.error('unwell')
    fetch('/gone').then(() => document.body.append(document.createElement('hr')))</script>"""
    server.answer("GET", "/gone", 404, b"")
    wait = Step("expect_visible", {"selector": "hr"}, 19)
    with pytest.raises(JourneyFailed, match="strict mode violation") as caught:
        drive_other(page, server, body, wait, Step("click", {"selector": "button"}, 20))
    message = str(caught.value)
    assert all(part in message for part in ("2) <button>Two</button>", "Console errors: unwell", "/gone: status 404"))
    assert name not in message
    assert caught.value.reference.endswith("demo.yaml:20: step click button")


def test_the_type_of_a_field_and_rules_of_parameters_are_recorded(page: Page, server: Server) -> None:
    """Each type is as the page has it; a plain rule counts for a parameter of a URL that it names."""
    body = """<select multiple id="plan"><option>a</option></select><a href="/x?utm_source=mail">x</a>
    <button id="go">Go on</button>"""
    names = {"plain": ["^utm_source$"], "hidden": ["^utm_source$"], "absent": ["^page$"]}
    empty: dict[str, list[str]] = {"selectors": [], "types": [], "autocomplete": []}
    rules = [
        {"id": name, "treatment": "hidden" if name == "hidden" else "plain", "names": each, **empty}
        for name, each in names.items()
    ]
    form = replace(FORM, fields={"plan": Field("plan", "#plan", "Plan", "none", fixed="a")})
    inspector = Inspector(form, {"rules": rules})
    server.answer("GET", "/other", 200, (OTHER_PAGE % body).encode(), {"Content-Type": "text/html"})
    page.goto(f"{server.url}/other")
    inspector.field("plan", page.locator("#plan"))
    inspector.page(page)
    assert inspector.fields["plan"].type == "select-multiple"
    assert (inspector.used, inspector.pages) == ({"plain"}, 1)
