"""A page rebuilt from a stored document: what it shows, and what it never does."""

from collections.abc import Sequence

import pytest
from tests.unit.samples import Sent

from maskproof.openreplay.batches import decode_batch
from maskproof.openreplay.dom import DomDocument
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.session import SessionView
from maskproof.replay import rebuilt

PAGE: tuple[Sent, ...] = (
    message("CreateDocument"),
    message("CreateElementNode", 1, 0, 0, "HEAD", False),
    message("CreateElementNode", 2, 0, 1, "BODY", False),
)


def _document(*sent: Sent) -> DomDocument:
    return SessionView([decode_batch(encode_batch([*PAGE, *sent]), source="batch")]).documents[-1]


def _body(*sent: Sent) -> str:
    """What the body of a page holds."""
    return rebuilt(_document(*sent)).partition("<body>")[2].partition("</body>")[0]


def _element(tag: str, *sent: Sent, **attributes: str) -> Sequence[Sent]:
    named = [message("SetNodeAttribute", 10, name, value) for name, value in attributes.items()]
    return [message("CreateElementNode", 10, 2, 0, tag, False), *named, *sent]


SHOWN = {
    "texts and attributes": (
        _element("P", message("CreateTextNode", 11, 10, 0), message("SetNodeData", 11, "a < b & c"), title='say "x"'),
        '<p title="say &quot;x&quot;">a &lt; b &amp; c</p>',
    ),
    "a value": (_element("INPUT", message("SetInputValue", 10, "blue", 0), value="old"), '<input value="blue">'),
    "a masked value": (_element("INPUT", message("SetInputValue", 10, "", 5)), '<input value="*****">'),
    "a long mask": (_element("INPUT", message("SetInputValue", 10, "", 500)), f'<input value="{"*" * 32}">'),
    "a hidden value": (_element("INPUT", message("SetInputValue", 10, "", -1)), '<input value="">'),
    "a button": (_element("INPUT", type="submit", value="Send"), '<input type="submit" value="Send">'),
    "a tick": (
        _element("INPUT", message("SetInputChecked", 10, True), type="checkbox"),
        '<input type="checkbox" checked="">',
    ),
    "a textarea": (
        _element("TEXTAREA", message("SetInputValue", 10, "</textarea>", 0)),
        "<textarea>&lt;/textarea&gt;</textarea>",
    ),
    "a choice": (
        _element(
            "SELECT",
            message("CreateElementNode", 11, 10, 0, "OPTION", False),
            message("SetNodeAttribute", 11, "value", "a"),
            message("CreateElementNode", 12, 10, 1, "OPTION", False),
            message("SetNodeAttribute", 12, "value", "b"),
            message("SetInputValue", 10, "b", 0),
        ),
        '<select><option value="a"></option><option value="b" selected=""></option></select>',
    ),
    "a shadow tree": (
        _element(
            "SHOP-CART",
            message("CreateIFrameDocument", 10, 11),
            message("CreateElementNode", 12, 11, 0, "B", False),
        ),
        '<shop-cart><template shadowrootmode="open"><b></b></template></shop-cart>',
    ),
    "a frame": (
        _element(
            "IFRAME",
            message("CreateIFrameDocument", 10, 11),
            message("CreateElementNode", 12, 11, 0, "HTML", False),
            src="/inner",
        ),
        '<iframe srcdoc="&lt;html&gt;&lt;/html&gt;"></iframe>',
    ),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_shows_what_the_recording_holds(name: str) -> None:
    """Texts, values, masks, ticks, choices and inner documents are where they were."""
    sent, expected = SHOWN[name]
    assert _body(*sent) == expected


UNSAFE = {
    "a script": _element("SCRIPT"),
    "a handler": _element("B", onclick="run()"),
    "a picture": _element("IMG", src="http://127.0.0.1/x.png", srcset="x.png 2x"),
    "a link": _element("A", href="javascript:run()"),
    "a form": _element("FORM", action="http://127.0.0.1/"),
    "an object": _element("OBJECT", data="x"),
    "a tag that is none": [message("CreateElementNode", 10, 2, 0, "b onclick=run()", False)],
    "an attribute that is none": [*_element("B"), message("SetNodeAttribute", 10, "x onclick", "run()")],
    "a style that ends": _element("STYLE", message("SetCSSData", 10, "a{}</style><script>run()</script>")),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_a_page_runs_and_loads_nothing(name: str) -> None:
    """Scripts, handlers and addresses are left out, whatever a recording says."""
    html = _body(*UNSAFE[name])
    for sign in ("<script", "run()", "http", "x.png", "<object", "<base"):
        assert sign not in html.replace("a{}<\\/style><script>run()<\\/script>", "")


def test_adopted_styles_of_a_frame_are_drawn_in_it() -> None:
    """A frame has style sheets of its own."""
    html = _body(
        *_element("IFRAME", message("CreateIFrameDocument", 10, 11)),
        message("AdoptedSSReplace", 7, "b { color: blue }"),
        message("AdoptedSSAddOwner", 7, 11),
    )
    assert "color: blue" in html.partition("srcdoc=")[2]


def test_styles_are_included() -> None:
    """Texts and inserted rules of style elements, known linked style sheets, and adopted ones are in the page."""
    document = _document(
        message("CreateElementNode", 10, 1, 0, "STYLE", False),
        message("SetCSSData", 10, "a { color: red }"),
        message("CreateElementNode", 11, 1, 1, "LINK", False),
        message("SetNodeAttribute", 11, "rel", "stylesheet"),
        message("SetNodeAttribute", 11, "href", "/shop.css"),
        message("AdoptedSSReplace", 7, "b { color: blue }"),
        message("AdoptedSSAddOwner", 7, 0),
        message("CreateElementNode", 12, 1, 2, "STYLE", False),
        message("AdoptedSSInsertRule", 8, "u { color: gold }", 0),
        message("AdoptedSSAddOwner", 8, 12),
    )
    html = rebuilt(document, {"/shop.css": "i { color: green }"}.__getitem__)
    for style in ("a { color: red }", "b { color: blue }", "i { color: green }", "u { color: gold }"):
        assert f"<style>{style}</style>" in html
