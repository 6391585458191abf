"""The rules of the edge: hosts, certificates, the office's addresses, and neutral paths."""

import ipaddress
import re
from collections.abc import Iterator

from deploy.parameters.model import Profile
from deploy.parameters.problem import Problem

HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
CERTIFICATE = re.compile(r"arn:aws:acm:([a-z0-9-]+):(\d{12}):certificate/[0-9a-f-]{36}")
PREFIX = re.compile(r"/[a-z0-9]{1,12}")
TELLING_NAMES = ("openreplay", "umami", "ingest", "analytics", "track")  # ad blockers match them
EDGE_REGION = "us-east-1"  # CloudFront takes certificates from there alone


def edge_problems(profile: Profile) -> Iterator[Problem]:
    """Everything that is wrong with the edge."""
    edge = profile.edge
    hosts = {name: getattr(edge, name) for name in ("collect_host", "analytics_host", "replay_host")}
    for name, host in hosts.items():
        if not HOST.fullmatch(host):
            yield Problem(f"edge.{name}", f"expected a domain name, got {host!r}.", "Name one of your own domain.")
    if len(set(hosts.values())) != len(hosts):
        yield Problem(
            "edge", "the three hosts have to differ.", "Both products use /api on the host of their interface."
        )
    for origin in edge.application_origins or ("",):
        if not (origin.startswith("https://") and HOST.fullmatch(origin.removeprefix("https://"))):
            yield Problem(
                "edge.application_origins", f"expected origins as in https://app.example.com, got {origin!r}."
            )
    yield from _certificates(profile)
    if not re.fullmatch(r"pl-[0-9a-f]{8,17}", edge.prefix_list):
        yield Problem(
            "edge.prefix_list",
            f"expected an id as in pl-3b927c52, got {edge.prefix_list!r}.",
            "aws ec2 describe-managed-prefix-lists --filters "
            "Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing",
        )
    yield from _office(edge.office_cidrs)
    yield from _paths(profile)


def _certificates(profile: Profile) -> Iterator[Problem]:
    for name, region in (("edge_certificate", EDGE_REGION), ("origin_certificate", profile.account.region)):
        value = getattr(profile.edge, name)
        found = CERTIFICATE.fullmatch(value)
        if not found or found[1] != region or found[2] != profile.account.id:
            yield Problem(
                f"edge.{name}",
                f"expected the ARN of a certificate in {region} of account {profile.account.id}, got {value!r}.",
            )


def _office(cidrs: tuple[str, ...]) -> Iterator[Problem]:
    if not cidrs:
        yield Problem(
            "edge.office_cidrs",
            "expected at least one block.",
            "From there the interfaces are used; nobody else sees them.",
        )
    for cidr in cidrs:
        try:
            block = ipaddress.IPv4Network(cidr)
        except ValueError as error:
            yield Problem("edge.office_cidrs", f"expected IPv4 blocks as in 203.0.113.0/24: {error}.")
            continue
        if block.prefixlen < 16:  # noqa: PLR2004 - an office is no continent
            yield Problem("edge.office_cidrs", f"{cidr} is too wide: expected /16 or smaller.")


def _paths(profile: Profile) -> Iterator[Problem]:
    edge = profile.edge
    for name in ("ingest_prefix", "analytics_prefix"):
        value = getattr(edge, name)
        if not PREFIX.fullmatch(value):
            yield Problem(f"edge.{name}", f"expected a slash and up to twelve small letters or digits, got {value!r}.")
        if any(word in value for word in TELLING_NAMES):
            yield Problem(
                f"edge.{name}", f"{value!r} names the product: ad blockers refuse it.", "Take a neutral word."
            )
    if edge.ingest_prefix == edge.analytics_prefix:
        yield Problem("edge.analytics_prefix", "has to differ from ingest_prefix.")
    if not re.fullmatch(r"[a-z0-9]{1,12}\.js", edge.script_name) or edge.script_name == "script.js":
        yield Problem("edge.script_name", f"expected a neutral name as in s.js, got {edge.script_name!r}.")
    if edge.requests_per_address < 2_000:  # noqa: PLR2004
        yield Problem(
            "edge.requests_per_address",
            f"expected 2000 or more in five minutes, got {edge.requests_per_address}.",
            "A tab uploads every few seconds, and an office shares one address.",
        )
