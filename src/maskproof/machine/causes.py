"""
Finds out why a program of set-up failed, and what to do, from what the program printed.

This module is also a program for `scripts/setup.sh`, which runs before anything is installed. So it imports the
standard library only. `python causes.py LOG` prints two lines, the reason and the remedy, or nothing.
"""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

PROXY_VARIABLES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
READ_BYTES = 64 << 10
# Debian's package of a library that our programs need and that a small system may lack.
LIBRARY_PACKAGES = {
    "libatomic.so.1": "libatomic1",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
}
LIBRARY = re.compile(r"error while loading shared libraries: ([^:\s]+):|Library not loaded: (\S+)")
OLD_LIBRARY = re.compile(r"version `((?:GLIBC|GLIBCXX|CXXABI)_[\d.]+)' not found")


class Cause(NamedTuple):
    """Why something failed, as the end of a sentence, and what to do, as a sentence."""

    what: str
    remedy: str


def _proxy() -> str:
    """The environment variable that names a proxy. Its value may hold a password and is never printed."""
    return next((name for name in PROXY_VARIABLES if os.environ.get(name)), "")


def _network() -> Cause:
    proxy = _proxy()
    if proxy:
        return Cause(
            f"the package registry cannot be reached through the proxy that {proxy} names",
            f"Check the proxy and the network, or unset {proxy}; then run this again.",
        )
    return Cause(
        "the package registry cannot be reached",
        "Check the network and the registry that pip and npm are configured with; then run this again.",
    )


# The first match counts. Unambiguous signs come before signs that other failures print, too.
SIGNS: tuple[tuple[re.Pattern[str], Callable[[], Cause]], ...] = (
    (
        re.compile(r"ENOSPC|No space left on device|Disk quota exceeded|EDQUOT|not enough free space"),
        lambda: Cause("the disk is full", "Make room, or set MASKPROOF_CACHE to a folder on another disk."),
    ),
    (
        re.compile(r"Proxy Authentication Required|\b407\b.{0,40}[Pp]roxy|[Pp]roxy.{0,80}\b407\b"),
        lambda: Cause(
            f"the proxy that {_proxy() or 'the configuration'} names asks for a log-in",
            "Give it as http://USER:PASSWORD@HOST:PORT, then run this again.",
        ),
    ),
    (
        re.compile(
            r"SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER|VERIFY)|CERTIFICATE_VERIFY_FAILED|invalid peer certificate"
            r"|CERT_HAS_EXPIRED|UnknownIssuer"
        ),
        lambda: Cause(
            "the package registry's certificate is not trusted",
            "Name the certificates of your network: SSL_CERT_FILE, PIP_CERT and NODE_EXTRA_CA_CERTS.",
        ),
    ),
    (
        re.compile(
            r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT"
            r"|getaddrinfo|Temporary failure in name resolution|Name or service not known|Temporary failure resolving"
            r"|[Dd]ns error|failed to lookup address|Network is unreachable|Connection refused"
            r"|Connect(?:ion)? timed? ?out"
            r"|Could not resolve|ProxyError|Cannot connect to proxy|tunnel error|error sending request|client error"
            r"|network request to \S+ failed"
        ),
        _network,
    ),
    (
        re.compile(r"EACCES|Permission denied|Read-only file system|EROFS"),
        lambda: Cause(
            "a folder may not be written",
            "Use a checkout of your own, and set MASKPROOF_CACHE to a folder that can be written.",
        ),
    ),
)


def cause_of(output: str) -> Cause | None:
    """
    Why a program failed.

    Args:
        output: What it printed.

    Returns:
        The reason and the remedy; None if the output has no known sign.

    """
    missing = LIBRARY.search(output)
    if missing:
        name = missing[1] or missing[2]
        package = LIBRARY_PACKAGES.get(name)
        remedy = f"apt-get install {package}" if package else f"find it with `apt-file search {name}`"
        return Cause(f"the system library {name} is missing", f"Install the package that has it: {remedy}.")
    old = OLD_LIBRARY.search(output)
    if old:
        return Cause(
            f"this system's C library is too old: {old[1]} is needed", "Use Debian 12, Ubuntu 22.04, or a newer one."
        )
    return next((cause() for sign, cause in SIGNS if sign.search(output)), None)


def main(arguments: list[str]) -> int:
    """Print the cause that the end of a log shows; `arguments` holds the path of the log."""
    log = Path(arguments[0])
    data = log.read_bytes()[-READ_BYTES:] if log.is_file() else b""
    cause = cause_of(data.decode("utf-8", "replace"))
    if cause is not None:
        print(cause.what, cause.remedy, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
