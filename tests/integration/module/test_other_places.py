"""What is typed is found in other places: other elements, other realms, other ways to write into a page."""

# ruff: noqa: E501 - a page is read as one line.
import pytest
from tests.integration.module.actions import cases, click, fill, then, wait
from tests.integration.module.conftest import Visit
from tests.integration.module.hard_pages import FIELD, after, check
from tests.integration.module.test_entries import FIRST, LAST

CHANNELS = {
    "popover and dialog": after(
        "document.body.insertAdjacentHTML('beforeend', `<div popover id=pop>Saved ${value}</div><dialog id=dia aria-label='Card of ${value}'>Sure, ${value}?</dialog>`); pop.showPopover(); dia.showModal()",
        "Saved ***",
        "Sure, ***?",
    ),
    "output, meter, progress and data": after(
        "out.innerHTML = `<output name='${value}'>Result ${value}</output><data value='${value}'>Data</data><meter value=0.4 title='${value}'>40 of ${value}</meter>`",
        "Result ***",
        "Data",
    ),
    "drawn and mathematical texts": after(
        "out.innerHTML = `<svg><title>${value}</title><text x=1 y=9>Svg ${value}</text><text><tspan>${value.split(' ')[0]}</tspan><tspan dx=3>${value.split(' ')[1]}</tspan></text></svg><math><mtext>Math ${value}</mtext></math>`",
        "Svg ***",
        "Math ***",
    ),
    "ranges and split texts": after(
        "out.textContent = `Dear ${value}, hello`; const text = out.firstChild; text.splitText(9); out.normalize(); const range = document.createRange(); range.setStart(out.firstChild, 5); range.setEnd(out.firstChild, 12); range.surroundContents(document.createElement('b'))",
        "Dear ",
    ),
    "templates, fragments and adopted nodes": after(
        "const t = document.createElement('template'); t.innerHTML = `<p title='${value}'>Templ ${value}</p>`; out.append(document.importNode(t.content, true)); const other = document.implementation.createHTMLDocument(); other.body.innerHTML = `<p lang='${value}'>Adopt ${value}</p>`; out.append(document.adoptNode(other.body.firstChild)); out.insertAdjacentText('beforeend', `Adjacent ${value}`)",
        "Templ ***",
        "Adopt ***",
        "Adjacent ***",
    ),
    "declarative shadow roots that are set": after(
        "out.setHTMLUnsafe(`<div><template shadowrootmode=open><p>Inside ${value}</p></template></div>`)", "Inside ***"
    ),
    "form data and parameters": after(
        "const data = new FormData(); data.set('who', value); out.textContent = 'Sent ' + new URLSearchParams(data); console.log('form', JSON.stringify([...data])); fetch('/save?' + new URLSearchParams(data), { method: 'POST', body: data })",
        "Sent ",
    ),
    "history with states": after(
        "history.pushState({ who: value }, value, `/p/${btoa(value)}`); history.replaceState({ who: value }, '', `?x=1&who=${value}`); console.log('state', history.state)",
        "state",
    ),
    "a worker that answers later": after(
        "const worker = new Worker(URL.createObjectURL(new Blob(['onmessage = (e) => setTimeout(() => postMessage(e.data.toUpperCase()), 300)']))); worker.onmessage = (e) => { out.textContent = 'Back ' + e.data }; worker.postMessage(value)",
        "Back ***",
        late=wait(500),
    ),
    "styles for print, comments and properties": after(
        "out.innerHTML = `<style>/* of ${value} */ @media print { #out::after { content: '${value}' } } @property --who { syntax: '*'; inherits: true; initial-value: '${value}' } .kept { color: rgb(9, 8, 7) }</style>`; const sheet = new CSSStyleSheet(); document.adoptedStyleSheets = [sheet]; sheet.replaceSync(`.a::before { content: '${value}' } .b { background: url('/x/${value}.png') }`); sheet.insertRule(`.c::before { content: '${value}' }`)",
        "rgb(9, 8, 7)",
    ),
    "addresses in other attributes": after(
        "const slug = value.replace(' ', '%20'); out.innerHTML = `<form action='/save/${slug}?who=jane-doe'><button formaction='/drop?who=jane-doe'>Drop</button></form><video poster='/p.png?who=jane-doe'></video><blockquote cite='/c?who=jane-doe'>Quote</blockquote><svg><use href='/i.svg?who=jane-doe#x'/></svg>`",
        "Drop",
        "Quote",
        gone=(FIRST, LAST, "jane-doe"),
    ),
    "long addresses that hold a file": after(
        "const rows = Array.from({ length: 200 }, (_, at) => `${at};row`).join('\\n'); out.innerHTML = `<a id=csv download=a.csv>Export</a>`; csv.href = 'data:text/csv;charset=utf-8,' + encodeURIComponent(rows + value); out.append(Object.assign(document.createElement('a'), { textContent: 'Other', href: 'data:text/plain;base64,' + btoa(rows + value + rows) })); out.style.background = `url(\"data:image/svg+xml,${encodeURIComponent('<svg><!--' + rows + '--><text>' + value + '</text></svg>')}\")`",
        "Export",
        "Other",
    ),
    "hexadecimal digits": after(
        "const hex = [...new TextEncoder().encode(value)].map((one) => one.toString(16)).join(''); console.log('hex', hex); fetch('/h/' + hex)",
        "hex",
        gone=("4272617", "46656c646f"),
    ),
    "a template of a message": after(
        "out.textContent = `%s says hi`.replace('%s', value); console.log('%s says %o', value, { value }); console.table([[value]])",
        "says hi",
    ),
    "errors with a cause": after(
        "setTimeout(() => { throw new Error('lost', { cause: new Error(value) }) }); Promise.reject(new DOMException(value, value)); out.innerHTML = `<img src=x onerror='throw new TypeError(this.title)' title='${value}'>`",
        "lost",
    ),
    "names without separators": after(
        "out.innerHTML = `<b id='${value.replace(' ', '')}' class='user-${value.toLowerCase().replace(' ', '_')}'>Card</b><i style='view-transition-name: ${value.replace(' ', '-')}; color: teal'>Style</i>`; out.dataset[value.replace(' ', '').toLowerCase()] = '1'",
        "Card",
        "Style",
    ),
    "four wrappers around each half": after(
        "out.innerHTML = [value.slice(0, 4), value.slice(4, 9), value.slice(9)].map((one) => `<b><i><u><s><em>${one}</em></s></u></i></b>`).join('')",
        gone=('"Brau"', "zin F", "eldoquar"),
    ),
    "tokens that come as texts of their own": after(
        "for (const token of [value.slice(0, 4), value.slice(4, 9), value.slice(9), ', hi']) out.append(token)",
        ", hi",
        gone=('"Brau"', "zin F", "eldoquar"),
    ),
    "a letter in each element, with marks between": after(
        "out.innerHTML = [...value].map((one) => `<span>${one}</span><wbr>`).join(''); out.dataset.initial = value[0]",
        gone=('"Data": "z"', '"Data": "q"'),
    ),
    "attributes of parts of the page": after(
        "out.innerHTML = `<p aria-description='${value}' aria-valuetext='by ${value}' itemprop=name content='${value}' slot='${value}' data-json='${JSON.stringify({ who: value, n: 1 })}'>Card</p><img alt='${value}' usemap='#${value}'><map name='${value}'><area alt='${value}'></map><details name='${value}'><summary>More on ${value}</summary></details><track label='${value}'><option label='${value}'>1</option>`",
        "Card",
        "More on ***",
    ),
    "a frame of another realm": after(
        "const frame = document.createElement('iframe'); document.body.append(frame); const inner = frame.contentDocument; inner.title = value; inner.body.innerHTML = `<p title='${value}'>Realm ${value}</p><input value='${value}'>`; const node = inner.createTextNode(`Text ${value}`); out.append(node); frame.contentWindow.console.log(value); frame.contentWindow.fetch('/f/' + value)",
        "Realm ***",
        "Text ***",
        late=wait(500),
    ),
    "values as numbers, arrays and maps": after(
        "console.log(new Map([[value, { a: [value] }]]), new Set([value]), Object.assign(() => 0, { who: value }), [[[value]]], document.querySelector('#in')); console.warn(new URL(`http://x.example/${value}`), Symbol(value)); umami.track('list', { all: [[{ deep: { deeper: value } }]], [value]: 1 })",
        "list",
    ),
    "an escaped text": after(
        "out.innerHTML = `<p>${value.replace(' ', '&nbsp;')}</p><p>${[...value].join('\u200b')}</p><p>${value.replace('a', 'a\u00ad')}</p><p>${value.replace(' ', ' \u2003 ')}</p>`; console.log(escape(value), JSON.stringify(JSON.stringify({ a: value })), [...value].map((one) => '\\u' + one.charCodeAt(0).toString(16).padStart(4, '0')).join(''), [...value].map((one) => '&#' + one.charCodeAt(0) + ';').join(''))",
        gone=(FIRST, LAST, "r\u200ba", "0042", "#66;"),
    ),
    "a user of a session that starts again": after(
        "__OPENREPLAY__.stop(); await __OPENREPLAY__.start({ userID: value, metadata: { who: value } }); out.textContent = `Again ${value}`",
        "Again ***",
        late=wait(500),
    ),
}


@pytest.mark.parametrize(
    "name",
    cases(
        CHANNELS,
        core=[
            "styles for print, comments and properties",
            "addresses in other attributes",
            "long addresses that hold a file",
            "tokens that come as texts of their own",
        ],
    ),
)
def test_what_is_typed_is_found_in_other_places(visit: Visit, name: str) -> None:
    """No part of it is in a message, a request or an event; what the page says besides is recorded."""
    check(visit, CHANNELS[name])


SPELLED = {
    "a letter that has two in capitals": (
        "Weißenzand",
        "document.querySelector('#in').value.toUpperCase()",
        "weissenzand",
    ),
    "a letter with two small forms": (
        "Ζανδόκουαρος",
        "document.querySelector('#in').value.toUpperCase()",
        "ζανδοκουαρ",
    ),
    "letters that are no accents": (
        "Søndoqår Łukzand",
        "document.querySelector('#in').value.replace(/ø/g, 'o').replace(/Ł/g, 'L').replace(/å/g, 'a')",
        "ondoq",
    ),
    "a letter without its dot": ("Zandoquarl\u0131", "document.querySelector('#in').value.toUpperCase()", "zandoquarl"),
}


@pytest.mark.parametrize("name", cases(SPELLED, core=["a letter that has two in capitals"]))
def test_a_name_is_known_in_other_letters(visit: Visit, name: str) -> None:
    """In capitals, and as slugs and forms write it."""
    value, changed, gone = SPELLED[name]
    page = FIELD + f"<script>go.addEventListener('click', () => {{ out.textContent = 'Hello ' + {changed} }})</script>"
    left = visit(page, then(fill("#in", value), click()))
    assert left.holding(gone) == []
    assert left.holding("Hello ***")
