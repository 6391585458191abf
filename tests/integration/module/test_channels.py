"""What is typed leaves through no channel that an application can open, in no script of the world."""

# ruff: noqa: E501 - a page is read as one line.
from typing import NamedTuple

import pytest
from tests.integration.module.actions import Action, cases, click, fill, nothing, press, run, then, typed, wait
from tests.integration.module.conftest import Visit
from tests.integration.module.test_entries import FIRST, LAST, NAME

FIELD = "<input id=in><button id=go>Go</button><p id=out></p>"


class Row(NamedTuple):
    """What a click does with `value`, and texts that must leave."""

    script: str
    stays: tuple[str, ...] = ()
    after: Action = nothing


CHANNELS = {
    "title and address": Row(
        "document.title = `Profile of ${value}`; history.pushState({}, '', `/people/${value.replace(' ', '.')}?tab=${value}#${value}`)",
        ("Profile of ***", "/people/***"),
    ),
    "error": Row("setTimeout(() => { throw new Error(`no such person: ${value}`) })", ("no such person: ***",)),
    "rejection of an object": Row("Promise.reject({ who: { name: value }, code: 7 })", ("code",)),
    "console of objects": Row(
        "console.error('failed', { who: value }, [value], new Error(value)); console.table([{ who: value }])",
        ("failed",),
    ),
    "validation that quotes": Row(
        "out.setAttribute('aria-live', 'polite'); out.textContent = `“${value}” is taken, try ${value.toLowerCase().replace(' ', '_')}_1`",
        ("is taken, try ",),
    ),
    "tooltip and label": Row(
        "out.innerHTML = `<button title='Remove ${value}' aria-label='Remove ${value}'>x</button>`; out.firstChild.click()",
        ("Remove ***",),
        click("#out button"),
    ),
    "data attribute that a style shows": Row(
        "out.dataset.who = value; out.append(Object.assign(document.createElement('style'), { textContent: `#out::after { content: attr(data-who) ' of ${value}'; color: rgb(1, 2, 3) }` }))",
        ("rgb(1, 2, 3)",),
    ),
    "custom property": Row(
        "out.style.setProperty('--who', `\"${value}\"`); out.style.setProperty('--plain', value)", ("--who",)
    ),
    "custom element": Row(
        "out.innerHTML = `<my-card holder='${value}' holder-id='a${value.replace(' ', '')}b'><span>Card</span></my-card>`",
        ("Card",),
    ),
    "fetch, XMLHttpRequest and a failed picture": Row(
        "fetch(`/api/${encodeURIComponent(value)}`); const r = new XMLHttpRequest(); r.open('GET', `/api/x?who=${value}`); r.send(); new Image().src = `/avatars/${value.toLowerCase().replace(' ', '-')}.png`; out.innerHTML = `<img src='/img/${value}.jpg'>`",
        ("/avatars/***.png",),
        wait(500),
    ),
    "event by attribute": Row(
        "out.innerHTML = `<button data-umami-event='open-person' data-umami-event-who='${value}'>Open</button>`",
        ("open-person",),
        click("#out button"),
    ),
    "event name and identify": Row(
        "umami.track(`open ${value}`.slice(0, 40)); umami.identify({ who: value, tags: [value, 3] })", ("open ***",)
    ),
    "user id and metadata": Row(
        "__OPENREPLAY__.setUserID(value); __OPENREPLAY__.setMetadata('who', value); __OPENREPLAY__.event('opened', { who: value }); __OPENREPLAY__.issue('lost', { who: value })",
        ("opened", "lost"),
    ),
    "table with row actions": Row(
        "out.innerHTML = `<table><tr id='row-${value.replace(' ', '-')}'><td>${value.split(' ')[0]}<td>${value.split(' ')[1]}<td><button class='edit'>Edit</button></table>`",
        ("Edit",),
        click(".edit"),
    ),
    "summary of a wizard": Row(
        "document.body.innerHTML = `<h2>Summary</h2><dl><dt>Name<dd>${value}<dt>Mail<dd>${value.replace(' ', '.')}@example.com</dl>`",
        ("Summary", "Mail"),
    ),
    "web socket": Row("__OPENREPLAY__.trackWs('chat')('message', JSON.stringify({ who: value }), 'up')", ("message",)),
    "selection": Row("out.textContent = `Dear ${value}, welcome`; getSelection().selectAllChildren(out)", ("Dear ",)),
    "select all": Row(
        "out.innerHTML = `<b>${value.split(' ')[0]}</b> <b>${value.split(' ')[1]}</b>`",
        (),
        then(press("Control+a"), wait()),
    ),
    "datalist": Row(
        "out.innerHTML = `<input list=l><datalist id=l><option value='${value}' label='${value}'>${value}</option></datalist>`"
    ),
    "template of a component": Row(
        "const root = out.attachShadow({ mode: 'open' }); root.innerHTML = `<style>:host::before { content: \"${value}\" }</style><p part=name title='${value}'>Hello ${value}</p>`",
        ("Hello ***",),
    ),
}


CHANNELS_AT_NIGHT = {
    "error",
    "rejection of an object",
    "validation that quotes",
    "tooltip and label",
    "custom property",
    "event by attribute",
    "table with row actions",
    "summary of a wizard",
    "web socket",
    "select all",
    "datalist",
    "template of a component",
}


@pytest.mark.parametrize("name", cases(CHANNELS, nightly=CHANNELS_AT_NIGHT))
def test_what_is_typed_leaves_through_no_channel(visit: Visit, name: str) -> None:
    """The name is in none, and what the application says besides is."""
    row = CHANNELS[name]
    page = (
        FIELD
        + f"<script>go.addEventListener('click', () => {{ const value = document.querySelector('#in').value; {row.script} }})</script>"
    )
    left = visit(page, then(typed("#in", NAME), click(), row.after, wait()))
    assert {text: left.holding(text) for text in (FIRST, LAST) if left.holding(text)} == {}
    assert [text for text in row.stays if not left.holding(text)] == []


SCRIPTS = {
    "chinese": ("欧阳小明", "%E6%AC%A7%E9%98%B3%E5%B0%8F%E6%98%8E"),
    "cyrillic": ("Бразин Фельдоквар", "фельдоквар"),
    "arabic": ("برازين فلدوقار", "فلدوقار"),
    "accents": ("Bräzin Feldóquar", "feldoquar"),
}


SCRIPTS_AT_NIGHT = {
    "cyrillic",
    "arabic",
}


@pytest.mark.parametrize("name", cases(SCRIPTS, nightly=SCRIPTS_AT_NIGHT))
def test_names_in_any_script_are_found(visit: Visit, name: str) -> None:
    """As text, percent-encoded, decomposed, and within a sentence."""
    value, other = SCRIPTS[name]
    script = (
        "const value = document.querySelector('#in').value; out.textContent = `«${value}» — ${value.normalize('NFD').toUpperCase()}`;"
        "console.log(encodeURIComponent(value)); fetch('/p/' + value.normalize('NFKD').replace(/\\p{M}/gu, ''))"
    )
    left = visit(
        FIELD + f"<script>go.addEventListener('click', () => {{ {script} }})</script>",
        then(fill("#in", value), click(), wait()),
    )
    assert [left.holding(text) for text in (*value.split(), other)] == [[] for _ in (*value.split(), other)]


def test_a_draft_that_is_saved_while_it_is_typed_holds_no_state_of_it(visit: Visit) -> None:
    """An event for each pause, before the field is left."""
    page = "<textarea id=in></textarea><script>document.querySelector('#in').addEventListener('input', (event) => umami.track('draft', { text: event.target.value, length: event.target.value.length }))</script>"
    left = visit(page, then(typed("#in", "zandoquar gloq"), wait()))
    assert [left.holding(text) for text in ('"zan"', "zandoq", "gloq")] == [[], [], []]
    assert left.holding('"length":14')


def test_a_file_that_is_dropped_is_known_by_its_name(visit: Visit) -> None:
    """As one that is chosen."""
    page = "<div id=zone style='height:90px'>Drop here</div><p id=out></p><script>zone.addEventListener('drop', (event) => { out.textContent = 'Got ' + event.dataTransfer.files[0].name })</script>"
    drop = "const data = new DataTransfer(); data.items.add(new File(['x'], 'Feldoquar tax 1987.pdf')); zone.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: data }))"
    left = visit(page, then(run(drop), wait()))
    assert left.holding(LAST) == []
    assert left.holding("Got ***")
