"""E-mail addresses as sign-up services and providers treat them."""

import hashlib

import pytest
from tests.unit.leaks.spelling.notation import wrong

from maskproof.leaks.spelling.emails import canonical_addresses

ADDRESSES = {
    "a tag": ("brauzin.quel+shop@example.com", ("brauzin.quel@example.com", "brauzin.quel+x@example.com"), ("brauzin@example.com",)),
    "a tag of a short mailbox": ("quel+shop@example.net", ("quel@example.net", "<quel@example.net>", "quel+x1@example.net"),
                                 ("quell@example.net", "a.quel@example.net", "quel@example.netx", "shop@example.net")),
    "Gmail": ("noralba.peza@googlemail.com", ("noralbapeza@gmail.com", "n.oralba.peza+x@gmail.com"), ("norpeza@gmail.com",)),
    "a hyphen for a tag": ("peqal-list@yahoo.com", ("peqal@yahoo.com", "peqal-shop@yahoo.com"), ("peqals@yahoo.com",)),
    "a domain in Unicode": ("zof@bücherquell.example", ("zof@xn--bcherquell-9db.example",), ("zof@bucherquell.test",)),
    "a domain in ASCII": ("lorqua@xn--grn-hoa.example", ("lorqua@grün.example",), ("lorna@grün.example",)),
    "a quoted mailbox": ('"noralba peza"@example.org', ("noralba peza@example.org",), ("peza@example.org",)),
}  # fmt: skip


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_is_found_as_others_store_it(name: str) -> None:
    """Each canonical form is found, and another mailbox is not."""
    assert wrong("email", *ADDRESSES[name]) == []


def test_hashes_of_canonical_addresses_are_found() -> None:
    """The address that a provider delivers to is found as a hash, another one is not."""
    digests = [hashlib.sha256(text).hexdigest() for text in (b"noralbapeza@gmail.com", b"noralbapeta@gmail.com")]
    assert wrong("email", "noralba.peza@googlemail.com", (digests[0],), (digests[1],)) == []


def test_a_plain_address_is_its_own_canonical_form() -> None:
    """Nothing is added to an address without a tag, at a provider that keeps dots."""
    assert canonical_addresses("peqal.x@example.com") == []
