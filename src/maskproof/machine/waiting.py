"""Waits for a condition with a deadline; finds free ports and recognises loopback URLs."""

import ipaddress
import socket
import time
from collections.abc import Callable
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"
PORTS = {"http": 80, "https": 443}
POLL_INTERVAL_S = 0.02


def wait_until(condition: Callable[[], bool], *, deadline_s: float) -> bool:
    """
    Poll a condition until it is true.

    Args:
        condition: Called repeatedly.
        deadline_s: Seconds after which to give up.

    Returns:
        Whether the condition came true in time.

    """
    deadline = time.monotonic() + deadline_s
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(POLL_INTERVAL_S)
    return True


def free_port() -> int:
    """A TCP port on loopback that is free at this moment."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port


def host_and_port(url: str) -> tuple[str, int]:
    """Host and port that an address of the web leads to."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or PORTS[parts.scheme]


def is_loopback(url: str) -> bool:
    """Whether the host of a URL is loopback: `localhost`, a name below it, or a loopback address."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
