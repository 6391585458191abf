"""A value to search for, and a finding to vary, for tests of what is done with findings."""

from dataclasses import replace
from typing import Any

from maskproof.leaks.findings import Finding

VALUE = "quiet.lantern@example.com"
FINDING = Finding(
    kind="value",
    value_id="user.email",
    category="email",
    system="openreplay",
    session_id="7",
    channel="console",
    message="ConsoleLog",
    field="Value",
    node="",
    match="exact",
    source="002.bin",
    offset=10,
)


def finding(**changes: Any) -> Finding:
    """One finding, with some fields changed."""
    return replace(FINDING, **changes)
