"""A rebuilt page in a real browser: what is drawn, and that no value reaches a pixel."""

from base64 import b64encode
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from maskproof.openreplay.session import Window
from maskproof.replay import Place, draw
from maskproof.replay.draw import picture_of

VALUE, PATTERN = "Quelmorn Gravid", r"Quelmorn[^\w]{0,2}Gravid"
VIEW = Window(400, 300)
HTML = "<!doctype html><body style='margin:0;font:20px monospace;background:#fff'>{}</body>"
SHOWING = {
    "a text": f"<p>Dear {VALUE}, hello</p>",
    "a text in pieces": "<p>Dear <b>Quelmorn</b> <i>Gravid</i></p>",
    "a text that a style writes": f"<style>p::after {{ content: 'Dear {VALUE}' }}</style><p></p>",
    "an attribute that a style shows": f"<style>p::before {{ content: attr(title) }}</style><p title='{VALUE}'></p>",
    "an input": f"<input value='{VALUE}'>",
    "a placeholder": f"<input placeholder='{VALUE}'>",
    "a textarea": f"<textarea>{VALUE}</textarea>",
    "a choice": f"<select style='font:inherit'><option>{VALUE}</option></select>",
    "a shadow tree": f"<div><template shadowrootmode=open><p>{VALUE}</p></template></div>",
    "a drawing in an address": (
        "<img width=300 height=40 src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'>"
        f"<text y='20'>{VALUE.replace(' ', '%20')}</text></svg>\">"
    ),
    "a drawing behind a text": (
        "<p style=\"height:40px;background:url(&quot;data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'>"
        f"<text y='20'>{VALUE}</text></svg>&quot;)\"></p>"
    ),
    "a frame": f"<iframe srcdoc='<p style=&quot;font:20px monospace&quot;>{VALUE}</p>'></iframe>",
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in which scripts run, as in an application."""
    context = browser.new_context(viewport={"width": 400, "height": 300})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", SHOWING)
def test_a_value_never_reaches_a_pixel(browser: Browser, name: str) -> None:
    """A picture is the same for two people whose values are as wide: all that differs is covered."""
    values = {"[name #1]": f"{PATTERN}|{PATTERN.replace('Quelmorn', 'Tuelmorx')}"}
    first = draw(browser, HTML.format(SHOWING[name]), window=VIEW, values=values)
    other = draw(browser, HTML.format(SHOWING[name].replace("Quelmorn", "Tuelmorx")), window=VIEW, values=values)
    bare = draw(browser, HTML.format(SHOWING[name]), window=VIEW)
    assert first.covered == other.covered >= 1
    assert first.image == other.image
    assert first.image != bare.image


@pytest.mark.parametrize("name", ["Quelmorn Gravid", "Éloïse Çelik", "欧阳小明"])
@pytest.mark.parametrize("place", ["<img src='{}'>", "<p style='height:40px;background:url({})'></p>"])
def test_a_drawing_in_base64_is_read(browser: Browser, name: str, place: str) -> None:
    """In every script: what stands in its address is covered as any text is."""
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg' width='300' height='40'><text y='20'>{name}</text></svg>"
    address = f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
    html = HTML.format(place.format(address))
    assert draw(browser, html, window=VIEW, values={"[name #1]": name}).covered == 1


DRAWN = """<canvas width=300 height=60></canvas><img><script type="module">
const pen = document.querySelector('canvas').getContext('2d')
pen.font = '30px serif'
pen.fillText('{}', 10, 40)
document.querySelector('img').src = pen.canvas.toDataURL()
</script>"""


def test_nobody_can_tell_what_was_drawn_by_code(page: Page) -> None:
    """A canvas, and a picture that was made of it, are covered; where nothing has to be, they are shown."""
    pictures = {}
    for text in (VALUE, "Other words"):
        page.set_content(HTML.format(DRAWN.replace("{}", text)))
        page.wait_for_function("document.querySelector('img').naturalWidth > 0")
        for values in ((), (("[name #1]", PATTERN),)):
            pictures[text, bool(values)] = picture_of(page, places=[], values=dict(values)).image
    assert pictures[VALUE, True] == pictures["Other words", True]
    assert pictures[VALUE, False] != pictures["Other words", False]


def test_a_page_is_drawn_as_far_as_it_was_scrolled(browser: Browser) -> None:
    """The part of the page that the person saw is in the picture, and covered where it stands there."""
    html = HTML.format(f"<div style='height:2000px'>top</div><p>{VALUE}</p>")
    values = {"[name #1]": PATTERN}
    top = draw(browser, html, window=VIEW, values=values)
    below = draw(browser, html, window=VIEW._replace(top=1800), values=values)
    assert top.image != below.image
    assert below.image == draw(browser, html.replace("top", "tip"), window=VIEW._replace(top=1800), values=values).image


def test_what_is_drawn_over_a_page_is_taken_off(page: Page) -> None:
    """After a picture the page is as before, so that a journey can go on."""
    page.set_content(HTML.format(SHOWING["a text"]))
    before = page.content()
    assert picture_of(page, places=[Place("p", 1)], values={"[name #1]": PATTERN}).covered == 1
    assert page.content() == before


def test_a_leak_is_framed_in_another_colour(browser: Browser) -> None:
    """Places are framed and numbered; a leak looks different from a place that leaks nothing."""
    pictures = {
        draw(browser, HTML.format("<p>text</p>"), window=VIEW, places=places).image
        for places in ([], [Place("p", 1)], [Place("p", 1, is_leak=True)], [Place("p", 2)], [Place("b", 1)])
    }
    assert len(pictures) == 4


def test_a_rebuilt_page_runs_no_script(browser: Browser) -> None:
    """Even a page with a script and a handler is drawn as it was written."""
    quiet = draw(browser, HTML.format("<p>text</p><img>"), window=VIEW)
    script = "<script>document.body.innerHTML = 'changed'</script>"
    loud = draw(
        browser, HTML.format(f"<p>text</p><img onerror=\"document.body.innerHTML = 'x'\">{script}"), window=VIEW
    )
    assert loud.image == quiet.image


@pytest.mark.parametrize("selector", ["p", "text=text", "css=p >> nth=0", "xpath=//p"])
def test_a_place_is_found_as_a_step_finds_it(browser: Browser, selector: str) -> None:
    """Every selector that a fixture may use frames the same element."""
    html = HTML.format("<p>text</p>")
    framed = draw(browser, html, window=VIEW, places=[Place("p", 1)])
    assert draw(browser, html, window=VIEW, places=[Place(selector, 1)]).image == framed.image
