"""
Clicks that led away from a page, and whose upload the browser may have cut off.

Whether such a click arrives is chance. Where one person's arrived and the other's did not, that is no difference
between two people, if its label is one that the page gave the element, without a value.
"""

from maskproof.fidelity.leaving import led_away
from maskproof.journey.clicks import LONGEST, plain
from maskproof.journey.model import Ledger
from maskproof.leaks.twin.facts import Place, SessionFacts

CLICK = "MouseClick"
LABEL = "Label"


def leaving_names(*ledgers: Ledger) -> frozenset[str]:
    """
    The names of the elements whose clicks led away from a page.

    Args:
        ledgers: What the browser did in each journey.

    """
    clicks = (click for ledger in ledgers for click in led_away(ledger))
    return frozenset(plain(name)[:LONGEST] for click in clicks for name in (*click.names, click.label))


def leave_to_chance(first: SessionFacts, second: SessionFacts, names: frozenset[str]) -> None:
    """
    Take out the clicks that only one session has, where their labels are among the names.

    Args:
        first: What one session says; changed in place.
        second: What the other says; changed in place.
        names: See `leaving_names`.

    """
    for one, other in ((first, second), (second, first)):
        nodes = [place.node for place in one.at if (place.message, place.field) == (CLICK, LABEL)]
        for node in nodes:
            labels = {plain(label)[:LONGEST] for label in one.at[Place(CLICK, LABEL, node)]}
            if labels <= names and Place(CLICK, LABEL, node) not in other.at:
                for place in [place for place in one.at if place.message == CLICK and place.node == node]:
                    del one.at[place]
