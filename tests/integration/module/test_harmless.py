"""Not one letter too much: what a page's author wrote, and what says nothing about anybody, is recorded."""

# ruff: noqa: E501 - a page is read as one line.
from typing import NamedTuple

import pytest
from tests.integration.module.actions import Action, cases, click, nothing, run, then, typed, wait
from tests.integration.module.conftest import Visit
from tests.integration.module.test_entries import FIRST, LAST, NAME


class Row(NamedTuple):
    """A page, texts that must leave, what is done on it, its address, and what may not leave all the same."""

    body: str
    stays: tuple[str, ...]
    drive: Action = nothing
    path: str = "/page.html"
    gone: tuple[str, ...] = ()


ROUTES = """<main id=view></main><script>const render = () => { const route = location.hash.slice(1).split('?')[0] || '/cart';
view.innerHTML = { '/cart': '<h1>Your cart</h1><a id=ship href="#/cart/shipping">Shipping</a>',
'/cart/shipping': '<h1>Shipping options</h1><a id=end href="#/done?ref=Brauzin%20Feldoquar&step=4">Finish</a>', '/done': '<h1>All ordered</h1>' }[route] }
addEventListener('hashchange', render); if (!location.hash) location.hash = '/cart'; render()</script>"""
ROWS = {
    "campaigns": Row(
        "<h1>Join the newsletter</h1><p><a href=/terms.html>Spring-sale terms</a></p>",
        ("Join the newsletter", "Spring-sale terms", "utm_source=newsletter&utm_campaign=spring-sale"),
        path="/page.html?utm_source=newsletter&utm_campaign=spring-sale",
    ),
    "words of the page in its address": Row(
        "<h1>Shipping options</h1><p>Sorted by price</p>",
        ("Shipping options", "Sorted by price", "view=***"),
        path="/page.html?view=shipping&sort=price",
    ),
    "hash routes": Row(
        ROUTES,
        ("#/cart", "#/cart/shipping", "#/done?ref=***", "All ordered"),
        then(click("#ship"), click("#end")),
        gone=(FIRST, LAST),
    ),
    "anchors": Row(
        '<h1 id="terms-of-use">Terms</h1><a name=old-place>x</a><a id=one href="#terms-of-use">1</a><a id=two href="#old-place">2</a><a id=three href="#jane-doe">3</a>',
        ("#terms-of-use", "#old-place", "#***"),
        then(click("#one"), click("#two"), click("#three")),
        gone=("#jane-doe",),
    ),
    "numbers of no one": Row(
        "<h1>Order 6000 1200 3400 5606</h1><ul><li>Part 555-120-4477</li><li>Code 123-45-6789</li></ul><footer>help@shop.example, 212-555-0140</footer>"
        '<button title="Call 212-555-0140" data-sku="555-120-4477">Call us</button>',
        (
            "Order 6000 1200 3400 5606",
            "Part 555-120-4477",
            "Code 123-45-6789",
            "help@shop.example, 212-555-0140",
            "Call 212-555-0140",
            '"555-120-4477"',
        ),
        click("button"),
    ),
    "what only looks like an address": Row(
        "<p id=here></p>",
        ("logo@2x.png", "lib@3.4.21", "react@18.2.0-rc.1"),
        run("here.textContent = 'Loads logo@2x.png'; console.log('lib@3.4.21 and react@18.2.0-rc.1')"),
    ),
    "inputs that hold no words": Row(
        "<form><input type=hidden name=_method value=delete><input type=color value='#aabbcc'><input type=range value=50><button>Delete</button></form>"
        "<p>Use delete to remove, 50 left, #aabbcc</p><p id=here></p>",
        ("Use delete to remove, 50 left, #aabbcc", "delete again, #aabbcc", '"delete"'),
        run("here.textContent = 'delete again, #aabbcc'; umami.track('removed', { method: 'delete' })"),
    ),
    "everyday words that were typed": Row(
        "<h1>Welcome to the team</h1><input id=in><p id=here>Team plan</p>",
        ("Welcome to the team", "Team plan", "Our team welcomes you", "Welcome to the shop"),
        then(
            typed("#in", "Welcome"),
            run(
                "document.body.append(Object.assign(document.createElement('p'), { textContent: 'Our team welcomes you' }), Object.assign(document.createElement('h2'), { textContent: 'Welcome to the shop' }))"
            ),
        ),
    ),
    "style sheets, fonts and styles": Row(
        '<link rel=stylesheet href="/style.css?v=20240317&theme=dark"><style>.n4242 { --id: 42424242; margin: 42px 42px } .x::after { content: "Hello" }</style>'
        "<input id=in><p id=here style='width: 424px; height: 242px'>x</p>",
        (
            "/style.css?v=20240317&theme=dark",
            ".n4242 { --id: 42424242; margin: 42px 42px }",
            "width: 424px; height: 242px",
            'content: \\"Hello\\"',
        ),
        then(typed("#in", "42424242"), run("here.style.width = '424px'")),
    ),
    "options of a choice under an obscured rule": Row(
        "<select name=birth_month id=in><option value=m1>January<option value=m2>February</select>",
        ("January", "February", '"m1"'),
        lambda page: page.select_option("#in", "m2"),
    ),
    "events and logs of the application": Row(
        "<p>x</p>",
        (
            '"amount":4999',
            "order 100-200 in 1795466381898 ms",
            '"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
            "123e4567-e89b-12d3-a456-426614174000",
        ),
        run(
            "umami.track('bought', { amount: 4999, build: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', id: '123e4567-e89b-12d3-a456-426614174000' }); console.log('order 100-200 in 1795466381898 ms')"
        ),
    ),
}


ROWS_AT_NIGHT = {
    "words of the page in its address",
    "what only looks like an address",
}


@pytest.mark.parametrize("name", cases(ROWS, nightly=ROWS_AT_NIGHT))
def test_what_is_harmless_is_recorded(visit: Visit, name: str) -> None:
    """It is in a message or an event as it is, and the first layer is not blamed for anything."""
    row = ROWS[name]
    reports: list[dict[str, int]] = []
    report = then(row.drive, wait(200), lambda page: reports.append(page.evaluate("__maskproofGuard()")))
    left = visit(row.body, report, path=row.path)
    assert [text for text in row.stays if not any(text in line for line in left.lines())] == []
    assert {text: left.holding(text) for text in row.gone if left.holding(text)} == {}
    blamed = {"first-layer:dom-text", "first-layer:console", "first-layer:analytics"}
    assert blamed.isdisjoint(reports[0])


def test_an_id_that_was_cut_holds_no_part_of_a_value(visit: Visit) -> None:
    """An address cut within its domain or its name, after 20 or 50 characters, leaves nothing of it."""
    page = "<p data-pii=email>brauzin.feldoquar@example.com</p>"
    cut = "const mail = 'brauzin.feldoquar@example.com'; const long = 'main-branch/customers/by-mail/' + mail;"
    left = visit(
        page,
        run(
            cut
            + "umami.identify({ a: long.slice(0, -5), b: long.slice(0, 50), c: long.slice(0, 40), d: mail.slice(0, 12) + '...', plan: 'main-branch' })"
        ),
    )
    assert [left.holding(text) for text in ("brauz", "feldo", "@exa")] == [[], [], []]
    assert left.holding("main-branch/customers/by-mail/***")


def test_a_name_typed_is_found_by_its_parts(visit: Visit) -> None:
    """A greeting by the first name, and a list that sorts by the last, hold neither."""
    left = visit(
        "<input id=in name=full_name><button id=go>Go</button><p id=out></p><script>go.addEventListener('click', () => {"
        "const [first, last] = document.querySelector('#in').value.split(' '); out.textContent = `Hello ${first}! (${last}, ${first})` })</script>",
        then(typed("#in", NAME), click()),
    )
    assert [left.holding(text) for text in (FIRST, LAST)] == [[], []]
    assert left.holding("Hello ***")
