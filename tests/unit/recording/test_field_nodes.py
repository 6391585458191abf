"""The nodes of a field in a recording."""

from dataclasses import replace

from tests.unit.samples import LEDGER, recording

from maskproof.forms.locators import Locator
from maskproof.forms.model import Field
from maskproof.openreplay.session import SessionView
from maskproof.recording.field_nodes import nodes_of, selectors_of

PLAN = Field("plan", "#plan", "Plan", "none", fixed="blue-plan")
BY_LABEL = replace(PLAN, selector=Locator("label", "Plan"))


def test_a_field_is_found_by_what_its_element_had_of_its_own() -> None:
    """A label is in no recording; the ledger has what the page said of the element."""
    document = next(iter(SessionView([recording()]).tabs.values()))
    ledger = replace(LEDGER, addresses={"plan": ('input[id="plan"]', "[id=plan]")})
    assert nodes_of(PLAN, document, LEDGER) == [1]
    assert nodes_of(BY_LABEL, document, ledger) == [1]
    assert nodes_of(BY_LABEL, document, LEDGER) == []


def test_a_simple_selector_counts_as_it_is() -> None:
    """What the page says of the element is for others, CSS that is not simple among them."""
    ledger = replace(LEDGER, addresses={"plan": ("select",)})
    assert selectors_of(PLAN, ledger) == ("#plan",)
    assert selectors_of(replace(PLAN, selector="form > select"), ledger) == ("select",)
