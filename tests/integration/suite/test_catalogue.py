"""Each form of the whole catalogue reaches the channel that it is about: without the guard it leaks there."""

import pytest
from tests.integration.suite.conftest import ROOT, Weakened

from maskproof.forms import load_forms
from maskproof.forms.model import CORE

FULL = {form.id for form in load_forms(ROOT / "fixtures/forms") if form.catalogue != CORE}
# Where each must leak, and the rule that has to be dropped if the first layer covers all of the form.
LEAKS = {
    "application": ("attribute", None),
    "appointment": ("click label", None),
    "assistant": ("dom text", "free-text-text"),
    "badge": ("style", None),
    "board": ("attribute", None),
    "business-card": ("attribute", None),
    "callback": ("input value", "name-inputs"),
    "card-frame": ("input value", "name-inputs"),
    "card-on-file": ("input value", "phone-inputs"),
    "chat": ("dom text", "free-text-text"),
    "code": ("input value", "one-time-codes"),
    "contact-card": ("input value", "name-inputs"),
    "diagnostics": ("console", None),
    "guests": ("attribute", None),
    "invite": ("input value", "email-inputs"),
    "letter": ("dom text", "free-text-text"),
    "lookup": ("url", None),
    "membership": ("analytics event", None),
    "names": ("attribute", None),
    "people": ("network", None),
    "signature": ("attribute", None),
    "subscribe": ("input value", "email-inputs"),
    "sync": ("network", None),
    "team": ("attribute", None),
    "upload": ("attribute", None),
}


def test_every_form_of_the_whole_catalogue_has_a_channel() -> None:
    """The test below leaves none out."""
    assert set(LEAKS) == FULL


@pytest.mark.nightly
@pytest.mark.parametrize("form", LEAKS)
def test_without_the_guard_a_form_leaks_in_its_channel(weakened: Weakened, form: str) -> None:
    """The search sees what the page does; a form that leaks nothing would prove nothing when it is green."""
    channel, dropped = LEAKS[form]
    assert channel in {leak[1] for leak in weakened.leaked(form, dropped)}
