"""On such pages too, what says nothing about anybody is recorded."""

# ruff: noqa: E501 - a page is read as one line.
import pytest
from tests.integration.module.actions import cases, click, run, then
from tests.integration.module.conftest import Visit
from tests.integration.module.hard_pages import check, shown

HARMLESS = {
    "the shop's own mail and phone as links": shown(
        "<footer><a id=mail href='mailto:help@shop.example'>help@shop.example</a> <a href='tel:+12125550140'>212-555-0140</a></footer>",
        '"help@shop.example"',
        '"Label": "help@shop.example"',
        "212-555-0140",
        drive=click("#mail"),
    ),
    "choices of a select that code makes": shown(
        "<select id=s></select><p id=out></p>",
        '"Small box"',
        '"Large box"',
        "Took Large box",
        drive=run(
            "s.innerHTML = '<option>Small box<option>Large box'; s.value = 'Large box'; s.dispatchEvent(new Event('change', { bubbles: true })); out.textContent = 'Took Large box'"
        ),
    ),
    "shortcuts that somebody presses": shown(
        "<p id=out>Saved drafts</p>",
        "Jump to inbox",
        "Saved drafts",
        "Just now",
        '"j"',
        drive=then(
            lambda page: page.keyboard.type("jjkk", delay=20),
            run("out.insertAdjacentHTML('afterend', '<p>Jump to inbox</p><p>Just now</p><kbd>j</kbd>')"),
        ),
    ),
    "pictures and styles": shown(
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' alt='A lamp'><div style=\"background: url('data:image/svg+xml,<svg/>')\">Lamps</div>",
        "A lamp",
        "Lamps",
        "<svg/>",
    ),
    "addresses of forms and pictures": shown(
        "<form action='/search'><video poster='/lamp.png'></video></form>",
        "/search",
        "/lamp.png",
    ),
}


@pytest.mark.parametrize(
    "name", cases(HARMLESS, core=["the shop's own mail and phone as links", "choices of a select that code makes"])
)
def test_what_is_harmless_on_such_pages_is_recorded(visit: Visit, name: str) -> None:
    """It is in a message as it is."""
    check(visit, HARMLESS[name])
