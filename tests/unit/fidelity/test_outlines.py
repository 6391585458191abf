"""The final page and the end of the stored session: what must be equal, and what rules may change."""

from dataclasses import replace

import pytest
from tests.unit.samples import Sent

from maskproof.fidelity.outlines import compare_outline
from maskproof.journey.outline import OutlineNode, PageOutline
from maskproof.openreplay.batches import decode_batch
from maskproof.openreplay.dom import DomDocument
from maskproof.openreplay.encode import encode_batch, message
from maskproof.openreplay.session import SessionView

PAGE = PageOutline(
    "/shop/orders?q=1#/done",
    (
        OutlineNode(0, "body"),
        OutlineNode(1, "h1", attributes={"class": "big *", "title": "Of [user.first]"}),
        OutlineNode(2, "", "Order received"),
        OutlineNode(1, "p"),
        OutlineNode(2, "", "Dear [user.first], it comes soon."),
        OutlineNode(1, "b", is_covered=True),
        OutlineNode(2, "", "somebody", is_covered=True),
        OutlineNode(1, "select"),
        OutlineNode(1, "iframe"),
        OutlineNode(2, "body"),
        OutlineNode(3, "", "within"),
        OutlineNode(1, "shop-cart"),
        OutlineNode(2, "", "light"),
        OutlineNode(2, "i"),
    ),
    styles=(2,),
    links=("/assets/shop%20one.css?v=2",),
)
CSS = "h1 { color: red } p { margin: 0 }"
RECORDED: dict[str, Sent] = {
    "start": message("CreateDocument"),
    "address": message("SetPageLocation", "http://127.0.0.1:1/shop/orders?q=***#/done", "", 1, "Shop"),
    "head": message("CreateElementNode", 1, 0, 0, "HEAD", False),
    "style": message("CreateElementNode", 2, 1, 0, "STYLE", False),
    "css": message("SetCSSData", 2, CSS),
    "link": message("CreateElementNode", 3, 1, 1, "LINK", False),
    "href": message("SetNodeAttribute", 3, "href", "https://store/assets/shop%2520one.css%3Fv%3D2"),
    "body": message("CreateElementNode", 10, 0, 1, "BODY", False),
    "script": message("CreateElementNode", 11, 10, 0, "SCRIPT", False),
    "h1": message("CreateElementNode", 12, 10, 1, "H1", False),
    "class": message("SetNodeAttribute", 12, "class", "big *"),
    "note": message("SetNodeAttribute", 12, "title", "Of ***"),
    "blank": message("CreateTextNode", 40, 10, 2),
    "title": message("CreateTextNode", 13, 12, 0),
    "title text": message("SetNodeData", 13, " Order\n received "),
    "p": message("CreateElementNode", 14, 10, 3, "P", False),
    "line": message("CreateTextNode", 15, 14, 0),
    "line text": message("SetNodeData", 15, "Dear *****, it comes soon."),
    "b": message("CreateElementNode", 16, 10, 4, "B", False),
    "mask": message("CreateTextNode", 17, 16, 0),
    "mask text": message("SetNodeData", 17, "********"),
    "select": message("CreateElementNode", 18, 10, 5, "SELECT", False),
    "option": message("CreateElementNode", 19, 18, 0, "OPTION", False),
    "iframe": message("CreateElementNode", 20, 10, 6, "IFRAME", False),
    "frame": message("CreateIFrameDocument", 20, 21),
    "inner html": message("CreateElementNode", 22, 21, 0, "HTML", False),
    "inner body": message("CreateElementNode", 23, 22, 0, "BODY", False),
    "inner": message("CreateTextNode", 24, 23, 0),
    "inner text": message("SetNodeData", 24, "within"),
    "cart": message("CreateElementNode", 25, 10, 7, "SHOP-CART", False),
    "shadow": message("CreateIFrameDocument", 25, 26),
    "i": message("CreateElementNode", 27, 26, 0, "I", False),
    "light": message("CreateTextNode", 28, 25, 1),
    "light text": message("SetNodeData", 28, "light"),
}


Changes = dict[str, Sent | None]


def _document(changes: Changes) -> DomDocument:
    """The recorded document, with messages replaced, added or left out."""
    sent = {**RECORDED, **changes}
    data = encode_batch([change for change in sent.values() if change is not None])
    return SessionView([decode_batch(data, source="batch")]).documents[-1]


def _problems(changes: Changes, page: PageOutline = PAGE) -> tuple[str, ...]:
    return compare_outline(page, _document(changes)).problems


def test_a_faithful_recording_has_no_problem() -> None:
    """Masked values, scripts, blanks, and addresses that a store rewrote are as they should be."""
    comparison = compare_outline(PAGE, _document({}))
    assert comparison.problems == ()
    assert comparison.seen == (
        "final document: 14 elements and texts of the page, 4 texts outside of rules, 2 attributes, 2 style sheets "
        "and the address compared with the stored session"
    )
    assert (comparison.compared, comparison.share) == (19, 100.0)


def test_the_share_counts_every_part_that_differs() -> None:
    """The report shows how much of the page the recording holds, beside what is missing."""
    lost = compare_outline(PAGE, _document({"light": None, "light text": None}))
    assert (lost.differing, round(lost.share, 1)) == (1, 94.7)


LOST: dict[str, tuple[Changes, str]] = {
    "an element": ({"i": None}, "final document: body > shop-cart > i of the page is not in the recording"),
    "a text": (
        {"light": None, "light text": None},
        "final document: body > shop-cart > text of the page is not in the recording",
    ),
    "a masked text": (
        {"title text": message("SetNodeData", 13, "***** ********")},
        "final document: the text 'Order received' is recorded as a mask",
    ),
    "another text": (
        {"title text": message("SetNodeData", 13, "Order lost")},
        "final document: the text 'Order received' is recorded differently",
    ),
    "the words around a value": (
        {"line text": message("SetNodeData", 15, "**** *****, ** ***** ****.")},
        "final document: the text 'Dear [user.first], it comes soon.' is recorded differently",
    ),
    "an attribute": ({"class": None}, "final document: the attribute class of h1 is not in the recording"),
    "a masked attribute": (
        {"class": message("SetNodeAttribute", 12, "class", "*** *")},
        "final document: the attribute class of h1 is recorded as a mask",
    ),
    "a style": ({"css": None}, "of style sheet 1 of the page 0 of 2 rules are in the recording"),
    "a masked style": (
        {"css": message("SetCSSData", 2, "***")},
        "of style sheet 1 of the page 0 of 2 rules are in the recording",
    ),
    "a linked style sheet": (
        {"href": message("SetNodeAttribute", 3, "href", "***")},
        "the style sheet /assets/shop%20one.css?v=2 of the page is not in the recording",
    ),
    "a route": (
        {"address": message("SetPageLocation", "http://127.0.0.1:1/shop/orders#***", "", 1, "Shop")},
        "the recorded address of the final page lacks 'done'",
    ),
    "a path": (
        {"address": message("SetPageLocation", "http://127.0.0.1:1/***#/done", "", 1, "Shop")},
        "the recorded address of the final page lacks 'shop', 'orders'",
    ),
}


@pytest.mark.parametrize("name", LOST)
def test_what_masking_destroys_is_a_problem(name: str) -> None:
    """Each part of a page that the recording lacks is named."""
    changes, expected = LOST[name]
    assert _problems(changes) == (expected,)


def test_an_attribute_with_a_value_may_be_masked_and_any_may_have_changed() -> None:
    """Only what is lost or masked without a reason is a fault."""
    assert _problems({"note": message("SetNodeAttribute", 12, "title", "***")}) == ()
    assert _problems({"class": message("SetNodeAttribute", 12, "class", "small")}) == ()


def test_the_rules_of_a_sheet_may_belong_to_the_text_within_it() -> None:
    """The tracker sends the text of an inline sheet as rules of its text node."""
    text: Changes = {"css": message("CreateTextNode", 41, 2, 0), "css text": message("SetCSSData", 41, CSS)}
    assert _problems(text) == ()
    assert _problems({**text, "css text": message("SetCSSData", 41, "***")}) != ()


def test_the_rules_of_a_sheet_may_have_been_inserted_one_by_one() -> None:
    """Libraries that style components insert rules in production: the element owns them, and too few are still lost."""
    inserted: Changes = {
        "css": message("AdoptedSSAddOwner", 7, 2),
        "rule 1": message("AdoptedSSInsertRule", 7, "h1 { color: red }", 0),
        "rule 2": message("AdoptedSSInsertRule", 7, "p { margin: 0 }", 1),
    }
    assert _problems(inserted) == ()
    assert _problems({**inserted, "css": message("AdoptedSSAddOwner", 7, 10)}) == (
        "of style sheet 1 of the page 0 of 2 rules are in the recording",
    )


STYLED_TREE: dict[str, Sent | None] = {
    "inner style": message("CreateElementNode", 50, 26, 1, "STYLE", False),
    "inner css": message("SetCSSData", 50, CSS),
}


def test_a_style_of_a_shadow_tree_does_not_stand_for_one_of_the_page() -> None:
    """The page's own sheet is lost, whatever trees within it have; and they take no place among the page's."""
    assert _problems(STYLED_TREE) == ()
    lost = {**STYLED_TREE, "style": None, "css": None}
    assert _problems(lost) == ("of style sheet 1 of the page 0 of 2 rules are in the recording",)


def test_what_only_the_recording_has_is_a_problem() -> None:
    """An element that is not on the page means that the recording shows another page."""
    more = message("CreateElementNode", 30, 10, 8, "UL", False)
    assert _problems({"ul": more}) == ("final document: body > ul of the recording is not on the page",)


def test_many_differences_are_counted() -> None:
    """The first differences are shown, and how many more there are."""
    problems = _problems({}, replace(PAGE, nodes=(PAGE.nodes[0],)))
    assert len(problems) == 7
    assert problems[-1] == "final document: 7 more differences"


ALLOWED = {
    "ids in a path": "/shop/orders/12?x=1#/done",
    "another query": "/shop/orders?other=7#/done",
    "a value in a path": "/shop/[user.last]/orders#/done",
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_rules_may_mask_in_an_address_is_no_problem(name: str) -> None:
    """Ids, values and queries of an address may be masked; its words may not."""
    assert _problems({}, replace(PAGE, address=ALLOWED[name])) == ()
