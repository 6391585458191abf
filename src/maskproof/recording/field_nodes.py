"""Finds the nodes of a field in a recorded document, whatever the fixture finds the field by in the page."""

from collections.abc import Sequence

from maskproof.forms.model import Field
from maskproof.journey.model import Ledger
from maskproof.openreplay.dom import DomDocument, is_simple


def selectors_of(field: Field, ledger: Ledger) -> Sequence[str]:
    """
    The simple selectors by which a recording has the nodes of a field.

    Args:
        field: A simple selector of the fixture counts as it is.
        ledger: Says what else the field's element had of its own as it was used.

    """
    if isinstance(field.selector, str) and is_simple(field.selector):
        return (field.selector,)
    return ledger.addresses.get(field.id, ())


def nodes_within(field: Field, document: DomDocument, ledger: Ledger) -> set[int]:
    """
    The ids of the nodes of a field, and of what lies in them: the texts of an element, the options of a choice.

    Args:
        field: The field.
        document: The document that was recorded.
        ledger: The ledger of the journey that it was recorded of.

    """
    return {node.id for found in nodes_of(field, document, ledger) for node in document.descendants(found)}


def nodes_of(field: Field, document: DomDocument, ledger: Ledger) -> list[int]:
    """
    The ids of the nodes of a field.

    Args:
        field: The field.
        document: The document that was recorded.
        ledger: The ledger of the journey that it was recorded of.

    """
    found = (node for selector in selectors_of(field, ledger) for node in document.find(selector))
    return list(dict.fromkeys(found))
