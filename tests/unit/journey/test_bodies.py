"""Bodies as a server received them."""

from dataclasses import dataclass, field
from typing import cast

from playwright.sync_api import Request

from maskproof.journey.bodies import ReceivedBodies


@dataclass(frozen=True)
class Sent:
    """A request as Playwright returns it."""

    method: str
    url: str
    number: int


@dataclass
class Receiver:
    """Has bodies for the addresses that a test names."""

    bodies: dict[tuple[str, str], list[bytes]]
    asked: list[str] = field(default_factory=list)

    def claim(self, method: str, url: str) -> bytes | None:
        """Hand one out."""
        self.asked.append(url)
        waiting = self.bodies.get((method, url), [])
        return waiting.pop(0) if waiting else None


def test_each_request_keeps_its_body() -> None:
    """A body is claimed once, by address without its fragment; a request that did not arrive has none."""
    receiver = Receiver({("POST", "http://a/x"): [b"one", b"two"]})
    read = ReceivedBodies(receiver)
    first, second, third = (cast("Request", Sent("POST", "http://a/x#part", number)) for number in range(3))
    assert [read(request) for request in (first, second, first, third, third)] == [b"one", b"two", b"one", None, None]
    assert receiver.asked == ["http://a/x"] * 3
