"""What the asset store makes of an address is undone."""

from urllib.parse import urljoin

import pytest

from maskproof.openreplay.collector.assets import stored_address
from maskproof.openreplay.stored_addresses import original_address

PAGE = "https://shop.example/cart/"


@pytest.mark.parametrize("address", ["/assets/a.css", "b.css", "c%20d.css", "e+f.css", "/g!h.css", "/i/é.woff2"])
def test_an_address_in_the_store_is_that_of_the_page_again(address: str) -> None:
    """Whatever signs it has."""
    stored = stored_address(address, PAGE, 26)
    assert "sessions-assets" in stored
    assert original_address(stored) == urljoin(PAGE, address)


@pytest.mark.parametrize("address", ["/assets/a.css", "https://shop.example/a.css?v=12", "b.12", "", "/x/y.png"])
def test_any_other_address_stays(address: str) -> None:
    """An address of the page is not taken for one of the store."""
    assert original_address(address) == address
