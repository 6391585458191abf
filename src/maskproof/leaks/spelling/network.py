"""The ways to write an IP address: shortened or in full, mapped into IPv6, with other separators."""

import ipaddress
import re
from collections.abc import Iterator

from maskproof.leaks.spelling.forms import Around, Spelling

# No longer number or address goes on before or behind; a full stop may end a sentence.
BEFORE = rb"(?<![0-9A-Za-z])(?<![0-9A-Fa-f][.:])(?<!::)"
BEHIND = {4: rb"(?![0-9A-Za-z]|[.][0-9])", 6: rb"(?![0-9A-Za-z]|:[0-9A-Fa-f])"}


def ip_spellings(text: str) -> Iterator[Spelling]:
    """Every form of an IP address; none for anything else."""
    for written in ip_texts(text):
        is_four = ":" not in written
        whole = re.escape(written).replace(r"\.", "[.-]" if is_four else r"\.").encode()
        around = BEFORE + rb"(?:::ffff:)?" + whole + BEHIND[4 if is_four else 6]
        yield Spelling(written, "ip address", pattern=whole, check=Around(lambda around=around: around, 16))  # type: ignore[misc]


def ip_texts(text: str) -> list[str]:
    """An IP address as programs write it; nothing for anything else."""
    try:
        address = ipaddress.ip_address(text.strip().strip("[]").partition("%")[0])
    except ValueError:
        return []
    if isinstance(address, ipaddress.IPv4Address):
        pairs = f"{int(address):08x}"
        return [str(address), f"::ffff:{pairs[:4]}:{pairs[4:]}"]
    mapped = address.ipv4_mapped
    plain = ":".join(f"{int(group, 16):x}" for group in address.exploded.split(":"))
    return list(dict.fromkeys([str(address), address.exploded, plain, *([str(mapped)] if mapped else [])]))
