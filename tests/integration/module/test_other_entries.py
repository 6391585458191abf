"""What is entered in other ways than into a field of the page: drawn, composed, pasted, asked for, or by code."""

# ruff: noqa: E501 - a page is read as one line.
import pytest
from playwright.sync_api import Page
from tests.integration.module.actions import cases, click, run, then, typed, wait
from tests.integration.module.conftest import Visit
from tests.integration.module.hard_pages import FIELD, Row, check
from tests.integration.module.test_entries import NAME


def composed(page: Page) -> None:
    """Compose a name with an input method."""
    page.click("#note")
    session = page.context.new_cdp_session(page)
    for text in ("ou", "ouyang", "ouyangxiaoming"):
        session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        page.wait_for_timeout(60)
    session.send("Input.insertText", {"text": "欧阳小明"})
    page.wait_for_timeout(300)


def answered(page: Page) -> None:
    """Answer the page's question."""
    page.once("dialog", lambda dialog: dialog.accept(NAME))
    page.click("#ask")
    page.wait_for_timeout(300)


WIDGETS = {
    "a field that code fills": Row(
        FIELD,
        run(
            "document.querySelector('#in').value = 'Brauzin Feldoquar'; out.textContent = 'Hello Brauzin Feldoquar'; console.log('Brauzin Feldoquar'); umami.track('open', { who: 'Brauzin Feldoquar' })"
        ),
        stays=("Hello ***",),
    ),
    "a field in a shadow root that code fills": Row(
        "<div id=host></div><p id=out></p><script>host.attachShadow({ mode: 'open' }).innerHTML = '<input id=in>'</script>",
        run(
            "host.shadowRoot.querySelector('#in').value = 'Brauzin Feldoquar'; out.textContent = 'Hello Brauzin Feldoquar'"
        ),
        stays=("Hello ***",),
    ),
    "a widget that draws what is typed itself": Row(
        "<div id=pad tabindex=0 style='height:40px'></div><p id=hint>Type here</p><script>let text = ''; pad.addEventListener('keydown', (event) => { if (event.key.length === 1) text += event.key; pad.textContent = text })</script>",
        then(lambda page: page.focus("#pad"), lambda page: page.keyboard.type("zandoquar gloq", delay=15)),
        ("zando", "gloq"),
        ("Type here",),
    ),
    "a closed shadow root that was there before": Row(
        "<div id=host></div><p id=out></p><script>const root = host.attachShadow({ mode: 'closed' }); root.innerHTML = '<input id=in>'; const input = root.querySelector('#in');"
        "input.addEventListener('input', () => { out.textContent = 'Hi ' + input.value }); setTimeout(() => input.focus(), 900)</script>",
        then(wait(900), lambda page: page.keyboard.type("zandoquar", delay=15)),
        ("zandoq",),
        ("Hi ",),
    ),
    "a document in design mode": Row(
        "<iframe srcdoc='<p>x</p>'></iframe><p>Write below</p><script>document.querySelector('iframe').addEventListener('load', (event) => { event.target.contentDocument.designMode = 'on' })</script>",
        then(
            wait(400),
            lambda page: page.frame_locator("iframe").locator("body").click(),
            lambda page: page.keyboard.type("zandoquar", delay=15),
        ),
        ("zandoq",),
        ("Write below",),
    ),
    "a frame whose document was written anew": Row(
        "<iframe></iframe><p id=out></p>",
        then(
            wait(200),
            run(
                "const inner = document.querySelector('iframe').contentDocument; inner.open(); inner.write('<p>Inner page</p><input id=in>'); inner.close();"
                "inner.querySelector('#in').addEventListener('input', (event) => { out.textContent = 'Hello ' + event.target.value; document.title = event.target.value })"
            ),
            lambda page: page.frame_locator("iframe").locator("#in").press_sequentially("zandoquar", delay=15),
        ),
        ("zandoq",),
        ("Hello ",),
    ),
    "an editor with an input method": Row(
        "<div contenteditable=true id=note style='min-height:40px'></div><p id=out></p><p>Write below</p><script>note.addEventListener('input', () => { out.textContent = note.textContent })</script>",
        composed,
        ("ouyang", "欧阳", "小明"),
        ("Write below",),
    ),
    "a question of the browser": Row(
        "<button id=ask>Ask</button><p id=out></p><script>ask.addEventListener('click', () => { out.textContent = 'Hello ' + prompt('Your name?') })</script>",
        answered,
        stays=("Hello ***",),
    ),
    "what is pasted beside every field": Row(
        "<div id=zone tabindex=0>Paste here</div><p id=out></p><script>addEventListener('paste', (event) => { out.textContent = 'Got ' + event.clipboardData.getData('text') })</script>",
        run(
            "const data = new DataTransfer(); data.setData('text/plain', 'Brauzin Feldoquar'); zone.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, composed: true, clipboardData: data }))"
        ),
        stays=("Got ***",),
    ),
    "a form that is reset": Row(
        "<form><input id=in><button type=reset id=go>Reset</button></form><p id=out></p><script>let last = ''; document.querySelector('#in').addEventListener('input', (event) => { last = event.target.value }); document.querySelector('form').addEventListener('reset', () => setTimeout(() => { out.textContent = 'Forgot ' + last }))</script>",
        then(typed("#in", NAME), click()),
        stays=("Forgot ***",),
    ),
    "the choice of a marked select": Row(
        "<select name=birth_month id=in data-x=1><optgroup label=Spring><option>Zandoquarber<option>Gloqtember</optgroup></select><p id=out></p><script>document.querySelector('#in').addEventListener('change', (event) => { out.textContent = 'Born in ' + event.target.value; console.log('month', event.target.value) })</script>",
        then(lambda page: page.select_option("#in", "Gloqtember"), wait()),
        ("Born in Gloqtember", "month Gloqtember"),
        ('"Zandoquarber"', '"Gloqtember"', "Born in ***", '"Spring"'),
    ),
    "a text that grows token by token": Row(
        f"<p data-pii=name>{NAME}</p><p id=out>.</p>",
        run(
            "(async () => { const text = 'Dear Brauzin Feldoquar, welcome'; for (let end = 1; end <= text.length; end += 1) { out.firstChild.data = text.slice(0, end); await new Promise((done) => setTimeout(done, 40)) } })()"
        ),
        ("Brauz", "Feldo"),
        ("Dear ***, welcome",),
    ),
    "a component that was declared closed, and one that is open": Row(
        "<div><template shadowrootmode=open><p>Write to help@shop.example</p><b data-pii=name>Brauzin Feldoquar</b><input id=in></template></div><p id=out></p>",
        run("out.textContent = 'Hello Brauzin Feldoquar'"),
        stays=("Write to help@shop.example", "Hello ***"),
    ),
}


@pytest.mark.parametrize(
    "name",
    cases(
        WIDGETS,
        core=[
            "a field that code fills",
            "a widget that draws what is typed itself",
            "a closed shadow root that was there before",
            "a frame whose document was written anew",
            "a question of the browser",
            "the choice of a marked select",
            "a text that grows token by token",
        ],
    ),
)
def test_what_is_entered_in_other_ways_leaves_nowhere(visit: Visit, name: str) -> None:
    """No part of it is in a message, a request or an event; what the page says besides is recorded."""
    check(visit, WIDGETS[name])
