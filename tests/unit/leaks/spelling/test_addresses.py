"""Addresses."""

import pytest
from tests.unit.leaks.spelling.notation import wrong

ADDRESSES = {
    "English": ("4711 North Hollerstein Avenue", ("4711 N. Hollerstein Ave.", "North Hollerstein Ave 4711"), ("47 North Street",)),
    "a short name": ("12 Main Street", ("12 Main St.", "12 MAIN ST"), ("112 Main St", "12 Main Road", "Main Street", "12 Main")),
    "German": ("Hollersteinstraße 27b", ("Hollersteinstr. 27 b", "HOLLERSTEINSTRASSE 27B"), ("Hollerstenstr. 27b",)),
    "Spanish": ("Calle Brizuelo 19", ("C/ Brizuelo, 19", "C. Brizuelo nº 19"), ("Calle Mayor 19", "Calle 19")),
    "Russian": ("улица Щукаревская 12", ("ул. Щукаревская, 12",), ("улица 12", "ул. Щукина, 12")),
    "several parts": ("10115 Berlin, Quelmornweg 12", ("Quelmornweg 12\n10115 Berlin", "Quelmornweg Nr. 12"), ("10115 Berlin",)),
    "a postcode": ("ZQ1A 9XY", ("ZQ1A9XY", "zq1a-9xy"), ("ZQ1A 9XZ", "ZQ1B 9XY")),
    "a postcode in one piece": ("ZQ1A9XY", ("ZQ1A 9XY",), ("ZQ1B 9XY",)),
}  # fmt: skip


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_is_found_abbreviated_and_in_another_order(name: str) -> None:
    """Usual ways to write it are found; another house, another street and a kind of street alone are not."""
    assert wrong("address", *ADDRESSES[name]) == []
