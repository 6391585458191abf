"""Marks, rules and values hold across attributes, shadow roots, frames, windows, pages and restarts."""

# ruff: noqa: E501 - a page is read as one line.
from typing import NamedTuple

import pytest
from playwright.sync_api import Page
from tests.integration.module.actions import Action, cases, click, nothing, run, then, typed, wait
from tests.integration.module.conftest import Visit, wait_until_recording
from tests.integration.module.test_entries import FIRST, LAST, NAME


class Row(NamedTuple):
    """A page, what is done on it, texts of which no part may leave, and texts that must."""

    body: str
    gone: tuple[str, ...]
    stays: tuple[str, ...] = ()
    drive: Action = nothing
    title: str = "Shop"


ROWS = {
    "attributes of what is marked": Row(
        '<p data-pii=name title="Brauzin One" aria-label="Brauzin Two" data-x="Brauzin Three" class=big role=note>x</p>'
        '<time data-pii=date datetime="1987-06-05">x</time><abbr data-pii=name abbr="Brauzin Four">x</abbr>'
        '<my-card data-pii=name holder="Brauzin Five" full-name="Brauzin Six" summary="Brauzin Seven">x</my-card>'
        '<a data-pii=name download="Brauzin.pdf" href="/x?Brauzin">x</a><section data-pii=name><i content="Brauzin Eight">x</i></section>',
        (FIRST, "1987-06"),
        ('"big"', '"note"'),
    ),
    "attributes of a control that a rule names": Row(
        '<input type=email placeholder="brauzin@example.com" title="Brauzin" aria-label="Brauzin Feldoquar" size=30>'
        '<p data-pii=name><input type=radio name=who value=Brauzin checked><input type=submit value="Send to Brauzin"></p>',
        (FIRST,),
        ('"30"', '"submit"'),
    ),
    "a value that is shown in a marked element, in any attribute elsewhere": Row(
        f'<p data-pii=name>{NAME}</p><td></td><button aria-label="Open {NAME}">Open card</button><i data-slug="brauzin-feldoquar">y</i>'
        f'<my-row label="{NAME}">z</my-row><optgroup label="{NAME}"></optgroup><b download="{NAME}.pdf">w</b><u cite="/by/Brauzin%20Feldoquar">v</u>',
        (FIRST, LAST),
        ("Open card", "Open ***"),
    ),
    "drawings, links and pictures in what is marked": Row(
        '<div data-pii=signature><svg width=40><path d="M11 22L33 44" stroke=red /></svg><img src="/brauzin.png" alt="Brauzin">'
        '<svg><use href="#brauzin"></use></svg></div><svg><path d="M55 66L77 88" /></svg>',
        (FIRST, "M11 22"),
        ("M55 66L77 88", '"red"'),
    ),
    "shadow roots below a marked host": Row(
        "<div id=host data-pii=name></div><div id=other></div><script>for (const [one, text] of [[host, 'Brauzin Shadow'], [other, 'Open text']]) {"
        "const root = one.attachShadow({ mode: 'open' }); root.innerHTML = `${text}<p title='${text}'>${text}</p><div id=deep></div>`;"
        "root.querySelector('#deep').attachShadow({ mode: 'open' }).innerHTML = `<b>${text} deep</b>` }</script>",
        (FIRST,),
        ("Open text", "Open text deep"),
    ),
    "a slot in a marked part of a component": Row(
        "<div id=host>Brauzin Slotted</div><script>host.attachShadow({ mode: 'open' }).innerHTML = '<p data-pii=name><slot></slot></p><i>Frame</i>'</script>",
        (FIRST,),
        ("Frame",),
    ),
    "a frame in a marked element": Row(
        "<div data-pii=name><iframe srcdoc='<p title=Brauzin>Brauzin Framed</p>'></iframe></div><iframe srcdoc='<p>Plain frame</p>'></iframe>",
        (FIRST,),
        ("Plain frame",),
        wait(500),
    ),
    "the source of a frame with what was typed": Row(
        "<input id=in><button id=go>Go</button><script>go.addEventListener('click', () => { const frame = document.createElement('iframe');"
        "frame.srcdoc = `<h1>Letter</h1><p>Dear ${document.querySelector('#in').value.replace(' ', '&nbsp;')}</p>`; document.body.append(frame) })</script>",
        (FIRST, LAST),
        ("Letter",),
        then(typed("#in", NAME), click(), wait(500)),
    ),
    "nodes of another realm": Row(
        "<iframe srcdoc='<p id=p>Moved</p>'></iframe><p data-pii=name>Brauzin Feldoquar</p><div id=here></div>",
        (FIRST,),
        ("Adopted ***",),
        then(
            wait(400),
            run(
                "const p = frames[0].document.querySelector('#p'); p.textContent = 'Adopted Brauzin Feldoquar'; p.title = 'Brauzin Feldoquar'; here.append(p)"
            ),
            click("#p"),
        ),
    ),
    "nodes that are gone before their batch is sent": Row(
        "<div id=here></div>",
        (FIRST,),
        ("Loaded",),
        run(
            "for (let at = 0; at < 20; at += 1) { here.innerHTML = `<p data-pii=name title='Brauzin ${at}'>Brauzin ${at}</p>` }"
            "setTimeout(() => { here.innerHTML = 'Loaded' }, 5); new Promise((done) => setTimeout(done, 200))"
        ),
    ),
    "nodes that come late, and a mark that comes with them": Row(
        "<div id=here></div>",
        (FIRST,),
        ("Hello ", "Row 1"),
        run(
            "here.innerHTML = '<p>Row 1 <b data-pii=name>Brauzin Late</b></p>'; const p = document.createElement('p'); p.append('Hello ', Object.assign(document.createElement('i'), { textContent: 'Brauzin Late' })); here.append(p)"
        ),
    ),
    "texts streamed word by word": Row(
        "<p id=here data-pii=free_text></p><p id=other></p>",
        (FIRST, "zandoquar"),
        ("Streaming",),
        run(
            "(async () => { for (const word of ['Dear ', 'Brauzin, ', 'your ', 'zandoquar ']) { here.append(word); await new Promise((done) => setTimeout(done, 50)) } other.textContent = 'Streaming' })()"
        ),
    ),
    "a title that the server rendered, before the first event": Row(
        f"<p data-pii=name>{NAME}</p>", (FIRST, LAST), ("Account of ***",), title=f"Account of {NAME}"
    ),
    "a choice under an obscured rule": Row(
        '<p><select name="salutation" data-pii=name><option value=mrs selected>Mrs Brauzin<option value=mr>Mr</select></p>',
        (FIRST, '"mrs"', '"selected"'),
    ),
}


ROWS_AT_NIGHT = {
    "attributes of a control that a rule names",
    "drawings, links and pictures in what is marked",
    "a slot in a marked part of a component",
    "the source of a frame with what was typed",
    "nodes that come late, and a mark that comes with them",
}


@pytest.mark.parametrize("name", cases(ROWS, nightly=ROWS_AT_NIGHT))
def test_what_is_marked_or_known_stays_in_the_page(visit: Visit, name: str) -> None:
    """No part of it is in a message, a request or an event; what the page says besides is recorded."""
    row = ROWS[name]
    left = visit(row.body, row.drive, title=row.title)
    assert {text: left.holding(text) for text in row.gone if left.holding(text)} == {}
    assert [text for text in row.stays if not any(text in line for line in left.lines())] == []
    assert left.problems == ()


def test_values_of_the_page_before_are_known_on_the_next(visit: Visit) -> None:
    """Typed on one page, shown by the server on the next, in its address in base64, and kept in no storage in clear."""
    stored: list[str] = []

    def drive(page: Page) -> None:
        typed("#in", NAME)(page)
        page.keyboard.press("Tab")
        page.evaluate("location.href = '/next/QnJhdXppbiBGZWxkb3F1YXI='")
        page.wait_for_url("**/next/**")
        wait_until_recording(page)
        stored.append(page.evaluate("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])"))

    left = visit("<input id=in>", drive, others={"/next/QnJhdXppbiBGZWxkb3F1YXI=": f"<h1>Thank you, {NAME}!</h1>"})
    assert [left.holding(text) for text in (FIRST, LAST, "QnJhdXpp")] == [[], [], []]
    assert left.holding("Thank you, ***!")
    assert not any(FIRST in text or "auzin" in text.lower() for text in stored)


def test_windows_have_tab_ids_of_their_own(visit: Visit) -> None:
    """A window that was opened, and one that was duplicated, have others; a reload keeps its own."""

    def drive(page: Page) -> None:
        page.reload()
        wait_until_recording(page)
        with page.expect_popup() as popup:
            page.click("#open")
        wait_until_recording(popup.value)
        typed("#who", NAME)(popup.value)
        popup.value.wait_for_timeout(200)

    details = {"/details.html": "<h1>Details</h1><input id=who name=full_name>"}
    left = visit("<button id=open onclick=\"window.open('/details.html')\">Show</button>", drive, others=details)
    assert len(set(left.of("TabData", "TabId"))) == 2
    assert left.holding(FIRST) == []


def test_a_restarted_recording_is_guarded_as_before(visit: Visit) -> None:
    """The tracker numbers its nodes anew; marks and values still hold."""

    def drive(page: Page) -> None:
        typed("#in", NAME)(page)
        page.evaluate("window.__OPENREPLAY__.stop()")
        page.evaluate("here.innerHTML = `<p>Hello Brauzin Feldoquar</p><p data-pii=name>Zandoquar</p>`")
        page.evaluate("window.__OPENREPLAY__.start()")
        page.wait_for_timeout(500)

    left = visit("<input id=in><p data-pii=name>Zandoquar</p><div id=here></div>", drive)
    assert [left.holding(text) for text in (FIRST, LAST, "zandoquar")] == [[], [], []]
    assert left.holding("Hello ***")


def test_a_page_out_of_the_back_forward_cache_is_guarded_as_before(visit: Visit) -> None:
    """What was typed before it was left is known when it comes back."""

    def drive(page: Page) -> None:
        typed("#in", NAME)(page)
        page.goto(page.url.replace("page.html", "other.html"))
        page.go_back()
        wait_until_recording(page)
        page.evaluate("here.textContent = 'Back again, Brauzin Feldoquar'")
        page.wait_for_timeout(200)

    left = visit("<input id=in><p id=here></p>", drive, others={"/other.html": "<h1>Other</h1>"})
    assert [left.holding(text) for text in (FIRST, LAST)] == [[], []]
    assert left.holding("Back again, ***")


@pytest.mark.parametrize("style", ["", "field-sizing: content"])
def test_the_width_of_a_hidden_choice_tells_nothing(visit: Visit, style: str) -> None:
    """Two choices of different lengths are recorded as boxes of one width."""
    page = f'<select data-openreplay-hidden style="{style}"><option>%s</select><b id=on>x</b>'
    widths = {
        line.split("width: ")[1].split("px")[0]
        for name in ("Bo", "Brauzin Feldoquar of Zandrix Terrace")
        for line in visit(page % name).holding("width: ")
    }
    assert len(widths) == 1
