"""Guesses what a field holds by its name; what cannot be guessed is left to a person."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from maskproof.personas import CATEGORY_OF_KIND

DECIDE = "decide"
# Kinds of a category that has several, by what their fields are called; the last one is for all others.
KINDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "name": (
        (r"user|login|nick", "username"),
        (r"given|first", "first_name"),
        (r"family|last|sur", "last_name"),
        ("", "full_name"),
    ),
    "address": ((r"zip|postal|post.?code", "zip"), (r"city|level2|town", "city"), ("", "street")),
    "payment": ((r"cvc|cvv|csc", "card_cvc"), (r"exp", "card_expiry"), ("", "card_number")),
    "password": ((r"code|otp|token|pin", "one_time_code"), ("", "password")),
    "bank_account": (("", "iban"),),
    "device_id": ((r"mac", "mac_address"), ("", "device_id")),
}


def category_of(field: Mapping[str, Any], categories: Mapping[str, str]) -> str:
    """
    The category of a field; `decide` if it cannot be guessed.

    Args:
        field: What was seen of it.
        categories: The category of each rule, by its id.

    """
    found = dict.fromkeys(categories[rule] for rule in field["rules"])
    return next(iter(found)) if len(found) == 1 and kind_of(next(iter(found)), field) else DECIDE


def kind_of(category: str, field: Mapping[str, Any]) -> str:
    """
    The kind of a persona's value for a field; empty if the category has none for every country.

    Args:
        category: The field's category.
        field: What was seen of it.

    """
    said = " ".join((field["autocomplete"], field["name"], field["id"], field["label"])).lower()
    for pattern, kind in KINDS.get(category, ()):
        if re.search(pattern, said):
            return kind
    return category if CATEGORY_OF_KIND.get(category) == category else ""


def field_id(field: Mapping[str, Any], taken: Sequence[str]) -> str:
    """
    An id for a field.

    Args:
        field: What was seen of it.
        taken: The ids that other fields have.

    """
    said = field["name"] or field["label"] or field["type"]
    words = re.findall(r"[a-z0-9]+", re.sub(r"([a-z])([A-Z])", r"\1_\2", said).lower())
    name = "_".join(words)[:30].strip("_") or "field"
    name = name if name[0].isalpha() else f"field_{name}"
    number = 1 + sum(1 for other in taken if re.fullmatch(rf"{re.escape(name)}(_\d+)?", other))
    return name if number == 1 else f"{name}_{number}"
