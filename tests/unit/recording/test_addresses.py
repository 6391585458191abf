"""The addresses of a target, and how they reach workers and users."""

from pathlib import Path

from maskproof.recording.addresses import AppAddresses, OpenReplayAddresses, StackAddresses, UmamiAddresses

ADDRESSES = StackAddresses(
    app=AppAddresses("i", "b"),
    openreplay=OpenReplayAddresses("ingest", "api", "1", "key", "user", "password", "api-key"),
    umami=UmamiAddresses("tap", "server", "script", "user", "password", "website"),
    work_dir=Path("/work"),
)


def test_addresses_survive_the_way_to_a_worker() -> None:
    """A worker reads the same addresses that the controller wrote."""
    assert StackAddresses.from_json(ADDRESSES.to_json()) == ADDRESSES


def test_the_public_object_has_the_agreed_parts() -> None:
    """`up --json` prints exactly the parts that other tools rely on."""
    public = ADDRESSES.public()
    assert set(public) == {"app", "openreplay", "umami"}
    assert set(public["umami"]) == {"url", "script", "user", "password", "website_id"}
