"""
The outline of a page: its elements, texts, style sheets and address, to be compared with what was recorded.

Scripts and what only a browser reads are left out, since a recording has none of them. Texts within an element that a
masking rule covers, or that a fixture declares as volatile, are marked; values of the persona become their ids.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from maskproof.rules.coverage import MATCHES

# Elements that the tracker leaves out, and controls, whose texts are values.
LEFT_OUT = ("SCRIPT", "STYLE", "LINK", "NOSCRIPT", "META", "TITLE", "BASE")
CONTROLS = ("SELECT", "TEXTAREA")
# Attributes that the tracker leaves out, beside those of handlers: addresses of resources, and values of controls.
UNRECORDED = ("src", "srcset", "integrity", "crossorigin", "autocomplete", "value", "href", "xlink:href")
OUTLINE = f"""([rules, leftOut, controls, unrecorded, volatile]) => {{ {MATCHES}
  const masking = rules.filter((rule) => rule.treatment !== 'plain');
  const marks = ['obscured', 'masked', 'hidden', 'htmlmasked'].map((level) => `[data-openreplay-${{level}}]`).join();
  const ofRule = (node, among) => among.some((rule) => matches(node, rule));
  const isHidden = (node) => node.matches('[data-openreplay-hidden],[data-openreplay-htmlmasked]')
    || ofRule(node, masking.filter((rule) => rule.treatment === 'hidden'));
  const isRecorded = (name) => !unrecorded.includes(name) && !name.startsWith('on');
  const attributesOf = (node) => [...node.attributes].map(({{ name, value }}) => [name, value])
    .filter(([name]) => isRecorded(name));
  const nodes = [];
  const visit = (node, depth, covered) => {{
    if (node.nodeType === 3) {{
      const text = node.data.replace(/\\s+/g, ' ').trim();
      if (text) nodes.push([depth, '', text, covered, []]);
      return;
    }}
    if (node.nodeType !== 1 || leftOut.includes(node.tagName)) return;
    const isCovered = covered || node.matches(marks) || ofRule(node, masking)
      || volatile.some((selector) => node.matches(selector));
    nodes.push([depth, node.tagName.toLowerCase(), '', isCovered, isCovered ? [] : attributesOf(node)]);
    if (controls.includes(node.tagName) || isHidden(node)) return;
    node.childNodes.forEach((child) => visit(child, depth + 1, isCovered));
    node.shadowRoot?.childNodes.forEach((child) => visit(child, depth + 1, isCovered));
    if (node.tagName === 'IFRAME' && !isCovered && node.contentDocument?.body) {{
      visit(node.contentDocument.body, depth + 1, isCovered);
    }}
  }};
  visit(document.body, 0, false);
  const rulesOf = (sheet) => {{ try {{ return sheet.cssRules.length; }} catch {{ return 0; }} }};
  const styles = [...document.querySelectorAll('style')].map((style) => (style.sheet ? rulesOf(style.sheet) : 0));
  const links = [...document.querySelectorAll('link[rel~=stylesheet][href]')].map((link) => link.getAttribute('href'));
  return {{ address: location.pathname + location.search + location.hash, nodes, styles, links }};
}}"""


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """
    One element or text.

    `tag` is empty for a text; `is_covered` says that its text may differ, by a masking rule or as declared. Of an
    element that nothing covers, `attributes` are those that the tracker records.
    """

    depth: int
    tag: str
    text: str = ""
    is_covered: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageOutline:
    """
    A page at one moment.

    `address` is path, query and fragment; `styles` the number of rules of each `style` element; `links` the addresses
    of the style sheets that are linked.
    """

    address: str
    nodes: tuple[OutlineNode, ...]
    styles: tuple[int, ...]
    links: tuple[str, ...]


def outline_of(
    page: Page,
    rules: Any,  # noqa: ANN401 - JSON
    redacted: Callable[[str], str],
    volatile: Sequence[str] = (),
) -> PageOutline:
    """
    The outline of a page as it is now.

    Args:
        page: The page.
        rules: The compiled masking rules.
        redacted: Replaces the values of the persona by their ids.
        volatile: CSS selectors of elements whose texts change by themselves.

    """
    found: Mapping[str, Any] = page.evaluate(OUTLINE, [rules, LEFT_OUT, CONTROLS, UNRECORDED, list(volatile)])
    nodes = tuple(
        OutlineNode(depth, tag, redacted(text), covered, {name: redacted(value) for name, value in attributes})
        for depth, tag, text, covered, attributes in found["nodes"]
    )
    return PageOutline(redacted(found["address"]), nodes, tuple(found["styles"]), tuple(map(redacted, found["links"])))
