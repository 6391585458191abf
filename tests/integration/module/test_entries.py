"""What a user enters leaves a page nowhere, however the page shows it, and everything else stays."""

# ruff: noqa: E501 - a page is read as one line.
from typing import NamedTuple

import pytest
from tests.integration.module.actions import (
    Action,
    cases,
    chosen,
    click,
    fill,
    press,
    then,
    typed,
    typed_in_frame,
    wait,
)
from tests.integration.module.conftest import Visit

NAME, FIRST, LAST = "Brauzin Feldoquar", "Brauzin", "Feldoquar"
NOTE = "Please call Brauzin about the zandoquar report"


class Row(NamedTuple):
    """A page, what is done on it, texts of which no part may leave, and texts that must."""

    body: str
    drive: Action
    gone: tuple[str, ...]
    stays: tuple[str, ...] = ()


def echo(show: str, source: str = "#in", kind: str = "input") -> str:
    """A script that does something with each entry; `value` is what the control holds."""
    return (
        f"<script>document.querySelector('{source}').addEventListener('{kind}', (event) => "
        f"{{ const value = event.target.value ?? event.target.textContent; {show} }})</script>"
    )


FILE_LIST = """<ul id=list></ul><script>document.querySelector('input').addEventListener('change', (event) => {
  for (const file of event.target.files) { const row = document.createElement('li'); SHOW; list.append(row) } })</script>"""
ROWS = {
    "file name in a list": Row(
        "<input type=file>"
        + FILE_LIST.replace(
            "SHOW", "row.innerHTML = `<b>${file.name}</b> <i>${file.size} bytes</i> <em>Uploaded</em>`"
        ),
        chosen("Feldoquar_Brauzin_1987-06-05.pdf"),
        (FIRST, LAST, "1987-06"),
        ("1234 bytes", "Uploaded"),
    ),
    "file name without its ending, and in a title": Row(
        "<input type=file>"
        + FILE_LIST.replace("SHOW", "row.title = file.name; row.innerHTML = `<b>${file.name.split('.')[0]}</b> done`"),
        chosen("Feldoquar-tax-return.pdf"),
        (LAST,),
        (" done",),
    ),
    "file name in the console and an event": Row(
        "<input type=file>"
        + FILE_LIST.replace(
            "SHOW", "console.log('got', file.name); umami.track('upload', { file: file.name, size: file.size })"
        ),
        chosen("letter to Feldoquar.txt"),
        (LAST,),
        ('"size":1234',),
    ),
    "editor": Row(
        '<p>Your note goes here</p><div contenteditable=true role=textbox id=note style="min-height:40px"></div>'
        "<button aria-label='Make it bold'>Bold</button>",
        typed("#note", NOTE),
        ("Please", FIRST, "zandoq", "report"),
        ("Your note goes here", "Bold", "Make it bold"),
    ),
    "editor of plain text without a role": Row(
        "<p>Write here</p><div contenteditable=plaintext-only id=note style='min-height:40px'></div>",
        typed("#note", NOTE),
        ("Please", "zandoq"),
        ("Write here",),
    ),
    "editor that rewrites itself": Row(
        '<div id=editor contenteditable=true role=textbox style="min-height:40px"></div><p id=len></p>'
        "<script>editor.addEventListener('input', () => { const text = editor.textContent;"
        "editor.innerHTML = [...text].map((one) => `<span class=l>${one}</span>`).join('');"
        "getSelection().selectAllChildren(editor); getSelection().collapseToEnd(); len.textContent = text.length + ' letters' })</script>",
        typed("#editor", NOTE),
        ('"Data": "P"', '"Data": "z"', "zandoq"),
        ("46 letters",),
    ),
    "preview letter by letter beside a text area": Row(
        "<textarea id=in></textarea><p id=out></p><p>Preview below</p>"
        + echo("out.innerHTML = [...value].map((one) => `<span>${one}</span>`).join('')"),
        typed("#in", "zandoquar report"),
        ("zandoq", '"Data": "q"'),
        ("Preview below",),
    ),
    "preview word by word in cells": Row(
        "<input id=in><table><tr id=out></tr></table>"
        + echo("out.innerHTML = value.split(' ').map((one) => `<td>${one}</td>`).join('')"),
        typed("#in", NAME),
        (FIRST, LAST),
    ),
    "preview of every state": Row(
        "<input id=in><p id=out></p><p id=count></p>"
        + echo("out.textContent = value; count.textContent = value.length + ' signs'"),
        typed("#in", "zandoquar"),
        ('"zan', '"za"', "zando"),
        ("9 signs",),
    ),
    "attributes of every state": Row(
        "<div><b id=out>Box</b><input id=in></div>"
        + echo(
            "if (value) { out.title = value; out.setAttribute('aria-valuetext', value); out.dataset.size = value.length; out.style.setProperty('--who', JSON.stringify(value)) }",
        ),
        typed("#in", "Qzx Feldoquar"),
        ('Q"', 'Qz"', 'Qzx"', LAST),
        ("Box", "data-size", "--who"),
    ),
    "late answers of a search": Row(
        "<input id=in><p id=out></p>" + echo("setTimeout(() => { out.textContent = 'No hit for ' + value }, 400)"),
        then(typed("#in", "zandoquar"), wait(600)),
        ("zan", "zandoq"),
        ("No hit for ",),
    ),
    "field cleared by code": Row(
        "<input id=in><ul id=list></ul>"
        "<script>document.querySelector('#in').addEventListener('keydown', (event) => { if (event.key !== 'Enter') return;"
        "const value = event.target.value; event.target.value = ''; setTimeout(() => { list.innerHTML += `<li>Added ${value}</li>` }, 300) })</script>",
        then(typed("#in", "zandoquar"), press("Enter"), wait(500)),
        ("zandoq",),
        ("Added ",),
    ),
    "one-time code in six boxes": Row(
        "<fieldset>" + "<input maxlength=1 class=box>" * 6 + "</fieldset><button id=go>Go</button><p id=out></p>"
        "<script>go.addEventListener('click', () => { const code = [...document.querySelectorAll('.box')].map((one) => one.value).join('');"
        "console.log('code', code); out.textContent = 'Checking ' + code })</script>",
        then(*(fill(f".box:nth-child({at})", digit) for at, digit in enumerate("582904", 1)), click()),
        ("582904",),
        ("Checking ",),
    ),
    "shadow root": Row(
        "<div id=host></div><script>const root = host.attachShadow({ mode: 'open' });"
        "root.innerHTML = '<input id=in><p>Inside</p><p id=out></p>';"
        "root.querySelector('#in').addEventListener('input', (event) => { root.querySelector('#out').textContent = 'Hi ' + event.target.value; document.title = event.target.value })</script>",
        typed("#in", "zandoquar"),
        ("zandoq",),
        ("Inside",),
    ),
    "closed shadow root": Row(
        "<div id=host></div><p id=out></p><script type=module>addEventListener('load', () => setTimeout(() => {"
        "const root = host.attachShadow({ mode: 'closed' }); root.innerHTML = '<input id=in>'; const input = root.querySelector('#in');"
        "input.addEventListener('input', () => { out.textContent = 'Hi ' + input.value }); setTimeout(() => input.focus(), 500) }, 300))</script>",
        then(wait(900), lambda page: page.keyboard.type("zandoquar", delay=15)),
        ("zandoq",),
        ("Hi ",),
    ),
    "last digits, and names in another order": Row(
        "<input id=card><input id=in><button id=go>Go</button><p id=out></p><script>go.addEventListener('click', () => {"
        "out.textContent = `Card ending ${card.value.slice(-4)} of ${document.querySelector('#in').value.split(' ').reverse().join(', ')}` })</script>",
        then(fill("#card", "4242 4242 4242 1881"), fill("#in", NAME), click()),
        ("1881", FIRST, LAST),
        ("Card ending ",),
    ),
    "frame of the same origin": Row(
        "<iframe srcdoc='<input id=in><p>In a frame</p><p id=out></p>'></iframe><p id=echo></p><script>document.querySelector('iframe').addEventListener('load', (event) => {"
        "const inner = event.target.contentDocument; inner.querySelector('#in').addEventListener('input', (event) => {"
        "inner.querySelector('#out').textContent = event.target.value; echo.textContent = 'Hello ' + event.target.value }) })</script>",
        then(wait(400), typed_in_frame("#in", "zandoquar")),
        ("zandoq",),
        ("In a frame", "Hello "),
    ),
    "numbers and nested values in an event": Row(
        "<input id=who name=full_name><input id=tel name=phone type=tel><input id=card name=card_number><button id=go>Call me</button>"
        "<script>go.addEventListener('click', () => umami.track('lead', { phone: Number(tel.value.replace(/\\D/g, '')),"
        "ids: [Number(card.value)], who: { n: who.value, born: 19870605 }, amount: 4999 }))</script>",
        then(fill("#who", NAME), fill("#tel", "212-555-0123"), fill("#card", "4242424242424242"), click()),
        (FIRST, "2125550123", "4242424242424242"),
        ('"amount":4999', '"lead"'),
    ),
    "numbers without zeros and country code": Row(
        "<input id=a type=tel><input id=b type=tel><button id=go>Go</button><script>go.addEventListener('click', () => umami.track('lead',"
        "{ a: Number(a.value), b: Number(b.value.replace(/\\D/g, '').slice(2)), n: 7 }))</script>",
        then(fill("#a", "0612345678"), fill("#b", "+49 30 5550 1234"), click()),
        ("612345678", "3055501234"),
        ('"n":7',),
    ),
    "dates in other notations": Row(
        "<input id=in type=date><p id=out></p>"
        + echo(
            "const day = new Date(value + 'T00:00:00Z'); if (value) { out.textContent = 'Born ' + day.toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });"
            "console.log('day', day.toLocaleDateString('de-DE', { timeZone: 'UTC' }), day.getTime()) }",
            kind="change",
        ),
        then(fill("#in", "1987-06-05"), wait()),
        ("June 5", "1987", "5.6.", "549849600000"),
        ("Born ",),
    ),
    "digests and base64 in the console and addresses": Row(
        "<input id=in type=email><img id=pic><button id=go>Go</button><script>go.addEventListener('click', async () => { const value = document.querySelector('#in').value;"
        "const digest = async (name) => [...new Uint8Array(await crypto.subtle.digest(name, new TextEncoder().encode(value.toLowerCase())))].map((one) => one.toString(16).padStart(2, '0')).join('');"
        "console.log('ids', await digest('SHA-1'), await digest('SHA-256'), btoa(value), btoa(JSON.stringify({ mail: value })));"
        "pic.src = '/avatar/' + await digest('SHA-1') + '.png?s=40'; fetch('/by/' + btoa(value)) })</script>",
        then(typed("#in", "Brauzin.Feldoquar@example.com"), click()),
        ("feldoquar", "22f6c3f3", "QnJhdXpp", "eyJtYWls"),
        ("ids ", ".png"),
    ),
    "search without a submit": Row(
        "<input id=in><button id=go>Go</button><script>go.addEventListener('click', () => { history.pushState({}, '', '/find/' + document.querySelector('#in').value.toLowerCase().replace(' ', '-')); fetch('/api/' + encodeURIComponent(document.querySelector('#in').value)) })</script>",
        then(typed("#in", NAME), click()),
        (FIRST, LAST),
        ("/find/",),
    ),
}


ROWS_AT_NIGHT = {
    "file name without its ending, and in a title",
    "file name in the console and an event",
    "editor of plain text without a role",
    "preview letter by letter beside a text area",
    "preview word by word in cells",
    "late answers of a search",
    "last digits, and names in another order",
    "numbers without zeros and country code",
    "search without a submit",
}


@pytest.mark.parametrize("name", cases(ROWS, nightly=ROWS_AT_NIGHT))
def test_what_is_entered_leaves_nowhere(visit: Visit, name: str) -> None:
    """No part of it is in a message, a request or an event; what the page says besides is recorded."""
    row = ROWS[name]
    left = visit(row.body, row.drive)
    assert {text: left.holding(text) for text in row.gone if left.holding(text)} == {}
    assert [text for text in row.stays if not any(text in line for line in left.lines())] == []
    assert left.problems == ()
