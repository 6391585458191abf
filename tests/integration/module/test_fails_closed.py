"""No guard, no recording: where the guard cannot work nothing is sent, the application goes on, and learns why."""

# ruff: noqa: E501 - a script is read as one line.
import json
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page
from tests.integration.module.actions import Action, cases, nothing, run, then, wait
from tests.integration.module.conftest import Visit
from tests.integration.module.site import TRACKING, WEBSITE, Site, bundled

BODY = "<h1>Shop</h1><p data-pii=name>Brauzin Feldoquar</p>"
EVENT = f"JSON.stringify({{ type: 'event', payload: {{ website: '{WEBSITE}', name: 'x', data: {{ who: 'Brauzin Feldoquar' }} }} }})"


class Row(NamedTuple):
    """A script that runs before the page, what may not have been sent, and a word of the reason."""

    before: str
    silent: str
    reason: str


BROKEN = {
    "no worker": Row("window.Worker = class { constructor() { throw new Error('blocked') } }", "messages", "no worker"),
    "a worker that cannot be guarded": Row(
        "const Native = Worker; window.Worker = class extends Native { constructor(...given) { super(...given);"
        "Object.defineProperty(this, 'postMessage', { get: () => Native.prototype.postMessage, set: () => undefined }) } }",
        "messages",
        "cannot be guarded",
    ),
    "requests that cannot be guarded": Row(
        "const native = fetch; Object.defineProperty(window, 'fetch', { get: () => native, set: () => undefined })",
        "all",
        "requests cannot be guarded",
    ),
    "a guard that fails on a message": Row(
        "window.CSS = new Proxy(CSS, {}); Element.prototype.closest = () => { throw new Error('Brauzin') }",
        "messages",
        "recording ends",
    ),
    "a browser below the floor": Row(
        "window.RegExp = new Proxy(RegExp, { construct(of, given) { if (String(given[0]).includes('(?<')) throw new SyntaxError('Brauzin'); return Reflect.construct(of, given) } })",
        "all",
        "this browser cannot be guarded: SyntaxError",
    ),
    "a browser without what it needs": Row("delete window.TextEncoder; delete window.MutationObserver", "messages", ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_where_the_guard_cannot_work_nothing_is_recorded(visit: Visit, name: str) -> None:
    """The page works as before, and `onError` gets a reason without a value."""
    row = BROKEN[name]
    seen: list[str] = []

    def drive(page: Page) -> None:
        page.wait_for_timeout(900)
        seen.append(page.inner_text("h1"))

    left = visit(BODY, drive, records=False, before=row.before)
    assert seen == ["Shop"]
    assert left.messages == ()
    assert row.silent != "all" or left.lines() == []
    assert row.reason in " ".join(problem["reason"] for problem in left.problems)
    assert left.problems
    assert left.holding("Brauzin") == []
    assert "Brauzin" not in json.dumps(left.problems)


@pytest.fixture
def with_other_table(site: Site, tmp_path: Path) -> None:
    """The module does not know the tracker's version."""
    table = json.loads((TRACKING / "messages.generated.json").read_text(encoding="utf-8"))
    other = tmp_path / "messages.json"
    other.write_text(json.dumps({**table, "versions": ["18.0.6"]}), encoding="utf-8")
    site.script = bundled({"messages.generated.json": other})


@pytest.mark.usefixtures("with_other_table")
def test_an_unknown_tracker_is_not_started(visit: Visit) -> None:
    """Its messages may be numbered in another way; analytics go on."""
    left = visit(BODY, wait(900), records=False)
    assert (left.messages, left.starts) == ((), ())
    assert left.events
    assert [problem for problem in left.problems if "19.0.1 are unknown" in problem["reason"]]


SENT = {
    "a request object": f"fetch(new Request(ANALYTICS + '/api/send', {{ method: 'POST', body: {EVENT} }}))",
    "a trailing slash": f"fetch(ANALYTICS + '/api/send/', {{ method: 'POST', body: {EVENT} }})",
    "another path": f"fetch('/collect', {{ method: 'POST', body: {EVENT} }})",
    "a URL object": f"fetch(new URL(ANALYTICS + '/api/send?x=1'), {{ method: 'POST', body: {EVENT} }})",
    "an XMLHttpRequest": f"(() => {{ const r = new XMLHttpRequest(); r.open('POST', ANALYTICS + '/api/send'); r.send({EVENT}) }})()",
    "a beacon": f"navigator.sendBeacon('/collect', {EVENT})",
    "a beacon with a blob": f"navigator.sendBeacon('/collect', new Blob([{EVENT}], {{ type: 'text/plain' }}))",
    "a blob": f"fetch('/collect', {{ method: 'POST', body: new Blob([{EVENT}]) }}).catch(() => 0)",
    "several events": f"fetch(ANALYTICS + '/api/batch', {{ method: 'POST', body: '[' + {EVENT} + ']' }})",
    "a form": f"fetch(ANALYTICS + '/api/send', {{ method: 'POST', body: new URLSearchParams({{ who: 'Brauzin Feldoquar', w: '{WEBSITE}' }}) }})",
    "a recorder": f"fetch(ANALYTICS + '/api/record', {{ method: 'POST', body: {EVENT} }})",
    "bytes": f"fetch(ANALYTICS + '/api/send', {{ method: 'POST', body: new TextEncoder().encode({EVENT}) }})",
    "the tracker's own analytics": "fetch(INGEST + '/v1/sdk/i', { method: 'POST', body: JSON.stringify({ who: 'Brauzin Feldoquar' }) })",
}


SENT_AT_NIGHT = {
    "a trailing slash",
    "another path",
    "a URL object",
    "a beacon with a blob",
    "a blob",
    "a form",
    "bytes",
}


@pytest.mark.parametrize("name", cases(SENT, nightly=SENT_AT_NIGHT))
def test_an_event_leaves_redacted_or_not_at_all(visit: Visit, site: Site, name: str) -> None:
    """However it is sent; and the application's own requests are answered."""
    known = f"const ANALYTICS = '{site.analytics}', INGEST = '{site.config['openreplay']['ingestPoint']}';"
    answers: list[object] = []
    own = "fetch('/page.html').then((answer) => answer.status)"
    left = visit(
        BODY,
        then(
            run(f"(async () => {{ {known} await ({SENT[name]}) }})()"),
            wait(),
            lambda page: answers.append(page.evaluate(own)),
        ),
    )
    assert left.holding("Brauzin") == []
    assert answers == [200]


def test_a_configuration_cannot_turn_the_guard_off(visit: Visit, site: Site) -> None:
    """What looks like a switch is none."""
    site.config["test"] = {"disableSecureMode": True, "guard": None, "plainInputs": True, "dropRule": "name-text"}
    left = visit(BODY, nothing)
    assert left.messages
    assert left.holding("Brauzin") == []


def test_without_the_guard_these_pages_leak(visit: Visit) -> None:
    """The counterpart: the harness sees what leaves a page that nobody guards."""
    guard_off = (Path(__file__).parents[3] / "src/maskproof/embedded/weakening/guard.js").read_text(encoding="utf-8")
    action: Action = run("umami.track('x', { who: 'Brauzin Feldoquar' })")
    left = visit(
        "<input id=in placeholder=Brauzin><p title='Brauzin Feldoquar' data-pii=name>Brauzin Feldoquar</p>",
        then(action, wait()),
        before=f"({guard_off.strip()})()",
    )
    assert left.holding('"Value": "Brauzin Feldoquar"')
    assert any("Brauzin" in event for event in left.events)
