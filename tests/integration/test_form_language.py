"""What form fixtures can say, from YAML to a page in a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.unit import conftest
from tests.unit.conftest import Server

from maskproof.forms import FormFixture, load_form
from maskproof.journey import JourneyFailed, Ledger, Trackers, run_journey
from maskproof.replay import Place
from maskproof.replay.draw import picture_of
from maskproof.rules.coverage import Inspector

server = conftest.server

TIMEOUT_MS = 2000
HTML = {"Content-Type": "text/html; charset=utf-8"}
FIXTURE = """version: 1
id: demo
title: Demo
path: /demo
fields: {fields}
steps:
{steps}
success: {{selector: "#done"}}
"""
PAGE = """<!doctype html><title>Demo</title><body>
<label for="mail">E-mail</label><input id="mail">
<input placeholder="Nickname" data-testid="nick">
<table><tr><td>One</td><td><button>Open</button></td></tr>
<tr><td>Two</td><td><button id="two">Open</button></td></tr></table>
<x-card></x-card><iframe id="pay" srcdoc="<label>Card number <input name='card'></label>"></iframe>
<p id="log"></p>
<script>
const log = (text) => { document.querySelector('#log').textContent += `${text};`; };
const shadow = document.querySelector('x-card').attachShadow({ mode: 'open' });
shadow.innerHTML = '<label>City <input name="city" class="own"></label>';
document.querySelector('#two').addEventListener('click', () => { log('two'); document.body.id = 'done'; });
</script></body>"""
Drive = Callable[..., Ledger]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a context of its own."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def form_of(tmp_path: Path) -> Callable[..., FormFixture]:
    """Loads a fixture with these fields and steps, each a line of YAML."""

    def load(*steps: str, fields: str = "{}") -> FormFixture:
        lines = "\n".join(f"  - {step}" for step in steps)
        (tmp_path / "demo.yaml").write_text(FIXTURE.format(fields=fields, steps=lines), encoding="utf-8")
        return load_form(tmp_path / "demo.yaml")

    return load


@pytest.fixture
def drive(page: Page, server: Server) -> Drive:
    """Drives a fixture through a page."""

    def run(form: FormFixture, html: str, inspector: Inspector | None = None) -> Ledger:
        server.answer("GET", "/demo", 200, html.encode(), HTML)
        return run_journey(
            page,
            form,
            form.personas("seed"),
            base_url=server.url,
            build="bare",
            trackers=Trackers(),
            timeout_ms=TIMEOUT_MS,
            inspector=inspector,
        )

    return run


FIELDS = """
  mail: {selector: {label: E-mail}, label: E-mail, category: email, value: user.email}
  nick: {selector: {placeholder: nick}, label: Nickname, category: none, fixed: bluebird}
  city: {selector: {label: City}, label: City, category: address, value: user.city}
  card: {selector: {label: Card number, frame: "#pay"}, label: Card, category: payment, value: user.card_number}"""
RULES = {
    "rules": [
        {"id": name, "selectors": [css], "types": [], "autocomplete": [], "names": [], "treatment": "hidden"}
        for name, css in {"cities": ".own", "cards": "[name=card]", "gone": ".gone"}.items()
    ]
}


def test_elements_are_found_as_a_person_finds_them(
    page: Page, form_of: Callable[..., FormFixture], drive: Drive
) -> None:
    """By label, placeholder and role, in rows, frames and shadow roots; the ledger says where a recording has them."""
    form = form_of(
        "fill: {field: mail}",
        "type: {field: nick}",
        "fill: {field: city}",
        "fill: {field: card}",
        "click: {selector: {role: button, name: open, within: {role: row, name: Two}}, label: Open}",
        fields=FIELDS,
    )
    inspector = Inspector(form, RULES)
    ledger = drive(form, PAGE, inspector)
    assert ledger.addresses == {
        "mail": ('input[id="mail"]',),
        "nick": ('input[data-testid="nick"]',),
        "city": ('input[name="city"]',),
        "card": ('input[name="card"]',),
    }
    assert [(click.selector, "open" in click.names) for click in ledger.clicks] == [
        ("role button named open within role row named Two", True)
    ]
    assert {name: field.rules for name, field in inspector.fields.items() if field.rules} == {
        "city": ("cities",),
        "card": ("cards",),
    }
    assert inspector.used == {"cities", "cards"}
    typed = page.frame_locator("#pay").locator("input").input_value()
    assert typed == form.personas("seed").value("user.card_number").reveal()


def test_pictures_frame_fields_of_frames(page: Page, form_of: Callable[..., FormFixture]) -> None:
    """A field within a frame is framed where it is; a value there is covered."""
    page.set_content(PAGE)
    page.frame_locator("#pay").locator("input").fill("4242")
    form = form_of("fill: {field: card}", fields=f"\n{FIELDS.splitlines()[-1]}")
    places = [Place(field.selector, 1) for field in form.fields.values()]
    assert picture_of(page, places=places, values={"[payment #1]": "4242"}).values == {"[payment #1]": 1}


def test_what_a_frame_of_another_origin_shows_is_in_no_picture(page: Page) -> None:
    """No page can read it, so that a value there could not be covered."""
    pictures = set()
    for text in ("one", "another"):
        page.set_content(f'<p>Pay</p><iframe src="data:text/html,<h1>{text}</h1>"></iframe>')
        page.frame_locator("iframe").locator("h1").wait_for()
        pictures.add(picture_of(page, places=[], values={}).image)
    assert len(pictures) == 1


@pytest.mark.parametrize(
    ("locator", "message"),
    [
        ("{label: Gone}", "demo.yaml:7: step click label Gone .* nothing on the page matches label Gone"),
        ("{css: input, frame: '#gone'}", "nothing on the page matches input in the frame #gone"),
        ("{role: button, name: Open}", "strict mode violation"),
    ],
)
def test_an_element_that_is_not_there_is_named_in_words(
    form_of: Callable[..., FormFixture], drive: Drive, locator: str, message: str
) -> None:
    """As the fixture names it, with its line."""
    with pytest.raises(JourneyFailed, match=message):
        drive(form_of(f"click: {{selector: {locator}}}"), PAGE)


GESTURES = """<!doctype html><title>Demo</title><body style="height: 3000px">
<input id="note" value="before"><p id="text">Some words</p><b id="card" draggable="true">Card</b><i id="lane">Lane</i>
<canvas id="pad" width="200" height="100" style="border: 1px solid"></canvas><div id="far">Far</div>
<ul id="log"></ul>
<script>
const seen = new Set();
const log = (text) => {
  if (seen.has(text)) return;
  seen.add(text);
  document.querySelector('#log').append(Object.assign(document.createElement('li'), { textContent: text }));
};
const on = (id, type, act) => document.querySelector(id).addEventListener(type, act);
document.querySelector('#far').style.marginTop = '2000px';
on('#note', 'keydown', (event) => log(event.ctrlKey ? `Control+${event.key.toUpperCase()}` : event.key));
on('#note', 'blur', () => log('blurred'));
on('#text', 'mouseover', () => log('hovered'));
on('#text', 'dblclick', () => log('double'));
on('#text', 'contextmenu', () => log('menu'));
on('#lane', 'dragover', (event) => event.preventDefault());
on('#lane', 'drop', () => log('dropped'));
let points = 0;
on('#pad', 'mousemove', (event) => { if (event.buttons === 1) points += 1; });
on('#pad', 'mouseup', () => log(points >= 10 ? 'drawn' : 'jumped'));
document.addEventListener('selectionchange', () => log(`selected ${document.getSelection()}`));
addEventListener('scroll', () => log(scrollY > 500 ? 'scrolled far' : 'scrolled'));
setTimeout(() => document.querySelector('#lane').insertAdjacentHTML('afterend', '<p hidden id="gone">x</p>'), 50);
</script><p id="done"></p></body>"""
SHOWN = "expect_visible: {{selector: '#log', text: {}}}"
NOTE = "\n  note: {selector: '#note', label: Note, category: name, value: user.full_name}"


@pytest.mark.parametrize(
    ("steps", "seen"),
    [
        (["focus: {selector: '#note'}", "press: Control+A", "press: Delete"], ["Control+A", "Delete"]),
        (["press: {field: note, key: Shift+A}", "blur: {field: note}"], ["A", "blurred"]),
        (["hover: {selector: {text: Some words}}"], ["hovered"]),
        (["select_text: {selector: '#text'}"], ["selected Some words"]),
        (["click: {selector: '#text', count: 2}", "click: {selector: '#text', button: right}"], ["double", "menu"]),
        (["drag: {from: '#card', to: '#lane'}"], ["dropped"]),
        (["drag: {from: '#pad', by: [[-40, 0], [40, 20]]}"], ["drawn"]),
        (["scroll: {by: 400}"], ["scrolled"]),
        (["scroll: {selector: '#far'}"], ["scrolled far"]),
    ],
)
def test_gestures_reach_the_page(
    form_of: Callable[..., FormFixture], drive: Drive, steps: list[str], seen: list[str]
) -> None:
    """Keys, mouse and wheel do what a person's do."""
    filled = "fill: {field: note}"
    done = [SHOWN.format(text) for text in seen]
    form = form_of(filled, *steps, *done, "stay: {ms: 1}", "expect_hidden: {selector: '#gone'}", fields=NOTE)
    drive(form, GESTURES.replace('<p id="done">', '<p id="done">Done'))


def test_typing_adds_to_what_is_there(form_of: Callable[..., FormFixture], drive: Drive, page: Page) -> None:
    """Without `keep`, a field is emptied first; a value of another person can be typed in between."""
    form = form_of(
        "fill: {field: note, with: {value: other1.email}}",
        "type: {field: note}",
        "type: {field: note, with: ', too', keep: true, delay_ms: 2}",
        fields=NOTE,
    )
    drive(form, GESTURES.replace('<p id="done">', '<p id="done">Done'))
    name = form.personas("seed").value("user.full_name").reveal()
    assert page.locator("#note").input_value() == f"{name}, too"


def test_an_element_that_stays_is_not_hidden(form_of: Callable[..., FormFixture], drive: Drive) -> None:
    """A step that waits for it to go fails."""
    with pytest.raises(JourneyFailed, match=r"demo\.yaml:7: step expect_hidden #text cannot be done"):
        drive(form_of("expect_hidden: {selector: '#text'}"), GESTURES)


HISTORY = """<!doctype html><title>Demo</title><body><button>Next</button><p id="done"></p><script>
const show = () => { document.querySelector('#done').textContent = location.hash || 'start'; };
document.querySelector('button').addEventListener('click', () => { location.hash = '#/next'; });
addEventListener('hashchange', show);
show();
</script></body>"""


def test_a_tab_has_a_history(form_of: Callable[..., FormFixture], drive: Drive) -> None:
    """Back, forward and reload, with an element to wait for; a history that is too short is no step that was done."""
    at = "expect_visible: {{selector: '#done', text: {}}}"
    steps = ("click: {selector: button}", at.format("'#/next'"), "back:", at.format("start"))
    more = ("forward: {ready: {text: '#/next'}}", "reload:", at.format("'#/next'"))
    ledger = drive(form_of(*steps, *more), HISTORY)
    assert ledger.loads == ("/demo", "/demo")
    with pytest.raises(JourneyFailed, match=r"step forward cannot be done .*the history of the tab has no such page"):
        drive(form_of("forward:"), HISTORY)


FILES = """<!doctype html><title>Demo</title><body>
<input id="file" type="file" hidden multiple><button>Choose</button><div id="zone">Drop here</div>
<p id="shown"></p><p id="done">Done</p>
<script>
const show = async (files) => {
  const texts = await Promise.all([...files].map(async (file) => `${file.name} ${file.type} ${await file.text()}`));
  document.querySelector('#shown').textContent = texts.join(' | ');
};
const input = document.querySelector('input');
input.addEventListener('change', () => show(input.files));
document.querySelector('button').addEventListener('click', () => input.click());
document.querySelector('#zone').addEventListener('drop', (event) => show(event.dataTransfer.files));
</script></body>"""


@pytest.mark.parametrize(("selector", "drop"), [("'#file'", "false"), ("{role: button}", "false"), ("'#zone'", "true")])
def test_files_are_uploaded_as_a_person_does(
    form_of: Callable[..., FormFixture], drive: Drive, page: Page, selector: str, drop: str
) -> None:
    """Into a hidden input, by a button that opens the dialog, or dropped; the contents are made up."""
    fields = "".join(
        f"\n  {name}: {{selector: {selector}, label: File, {more}}}"
        for name, more in {
            "cv": "category: name, value: user.full_name, file: txt",
            "plan": "category: none, fixed: floor-plan, file: txt",
        }.items()
    )
    step = f"upload: {{fields: [cv, plan], drop: {drop}, holds: {{value: user.email}}}}"
    form = form_of(step, "expect_visible: {selector: '#shown', text: floor-plan.txt}", fields=fields)
    ledger = drive(form, FILES)
    personas = form.personas("seed")
    name, email = (personas.value(value).reveal() for value in ("user.full_name", "user.email"))
    shown = page.locator("#shown").inner_text()
    assert shown == f"{name}.txt text/plain {email} | floor-plan.txt text/plain {email}"
    assert "[user.full_name].txt text/plain [user.email]" in ledger.final_dom
    assert name not in repr(ledger)


PLANTED = {"zip": "Some", "city": "Gone"}


def test_the_element_of_a_planted_value_is_noted(form_of: Callable[..., FormFixture], drive: Drive) -> None:
    """So that a recording can be searched for it, even if it is found by its text; the value itself is not noted."""
    shown = ", ".join(f"{{value: other1.{kind}, selector: {{text: {text}}}}}" for kind, text in PLANTED.items())
    form = form_of("stay: {ms: 1}", fields=f"{{}}\nplanted: [{shown}]")
    ledger = drive(form, GESTURES.replace('<p id="done">', '<p id="done">Done'))
    assert ledger.addresses == {"planted other1.zip": ('p[id="text"]',)}


def test_a_journey_goes_on_after_another(tmp_path: Path, drive: Drive, form_of: Callable[..., FormFixture]) -> None:
    """Its own page is not loaded again if the other one ends there; the routes of both are in the ledger."""
    (tmp_path / "shared").mkdir()
    steps = "  - click: {selector: button}\n  - expect_url: {path: '/demo#/next'}"
    first = FIXTURE.replace("id: demo", "id: first").format(fields="{}", steps=steps)
    (tmp_path / "shared/first.yaml").write_text(first, encoding="utf-8")
    before = "{}\nbefore: [shared/first.yaml]"
    ledger = drive(form_of("stay: {ms: 1}", fields=before), HISTORY)
    assert (ledger.loads, ledger.navigations) == (("/demo",), ("/demo", "/demo#/next"))
    (tmp_path / "shared/first.yaml").write_text(first.replace("#/next", "#/gone"), encoding="utf-8")
    with pytest.raises(JourneyFailed, match=r"shared/first\.yaml:8: step expect_url /demo#/gone cannot be done"):
        drive(form_of("stay: {ms: 1}", fields=before), HISTORY)


TABS = """<!doctype html><title>Demo</title><body><a href="/demo?from=link" target="_blank">Other</a>
<button>Save</button><input><p id="done">Done</p><script>
window.__maskproofGuard = () => ({ 'input value': 1, [location.search || 'first']: 1 });
sessionStorage.count = Number(sessionStorage.count ?? 0) + 1;
document.querySelector('button').addEventListener('click', (event) => {
  event.target.textContent = `Saved ${sessionStorage.count}`;
});
</script></body>"""


def test_a_journey_has_several_tabs(form_of: Callable[..., FormFixture], drive: Drive) -> None:
    """Opened by a link, by a path, or as a copy; what the guard of each counted adds up."""
    saved = "expect_visible: {{selector: {{text: Saved {}}}}}"
    save = "click: {selector: button}"
    form = form_of(
        "click: {selector: a}",
        "switch_tab: {tab: 2}",
        "expect_url: {path: '/demo?from=link'}",
        "open_tab: {path: '/demo?from=path', ready: button}",
        save,
        saved.format(1),
        "switch_tab: {tab: 1}",
        "duplicate_tab:",
        save,
        saved.format(2),
        "close_tab:",
        "expect_url: {path: /demo}",
    )
    ledger = drive(form, TABS)
    assert ledger.loads == ("/demo",) * 4
    assert ledger.guard_report == {"input value": 4, "first": 2, "?from=link": 1, "?from=path": 1}
    assert (ledger.tab, [moment.tab for moment in ledger.moments]) == (1, [1])


@pytest.mark.parametrize(
    ("step", "message"),
    [("switch_tab: {tab: 2}", "there is no tab 2; 1 were opened"), ("close_tab:", "the only tab cannot be closed")],
)
def test_a_tab_that_is_not_there_is_named(
    form_of: Callable[..., FormFixture], drive: Drive, step: str, message: str
) -> None:
    """With the line of the step."""
    with pytest.raises(JourneyFailed, match=rf"demo\.yaml:7: step \w+_tab .*{message}"):
        drive(form_of(step), TABS)
