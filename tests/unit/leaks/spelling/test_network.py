"""IP addresses."""

from tests.unit.leaks.spelling.notation import wrong


def test_an_address_of_version_4_is_found_by_itself() -> None:
    """With a port, in the name of a host, or mapped into version 6; a longer one is another."""
    held = ("ip=203.0.113.7", "203.0.113.7:443", "::ffff:203.0.113.7", "203-0-113-7.example.net", "::ffff:cb00:7107")
    assert wrong("ip_address", "203.0.113.7", held, ("203.0.113.71", "1.203.0.113.7", "203.0.113.7.8")) == []


def test_an_address_of_version_6_is_found_short_and_in_full() -> None:
    """Zeros may be left out or written."""
    held = ("[2001:db8:12ab:99ef::7c]:80", "2001:0db8:12ab:99ef:0000:0000:0000:007c", "2001:DB8:12AB:99EF:0:0:0:7C")
    assert wrong("ip_address", "2001:db8:12ab:99ef::7c", held, ("2001:db8:12ab:99ef::7c1", "2001:db8::7c")) == []
