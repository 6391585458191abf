"""What a profile must hold beyond types: no parameter contradicts another."""

import ipaddress
import re
from collections.abc import Iterator
from typing import NamedTuple

from deploy.parameters.fargate import MEMORY_BY_CPU
from deploy.parameters.model import Profile, Size
from deploy.services import openreplay, umami

REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")
HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
CERTIFICATE = re.compile(r"arn:aws:acm:([a-z0-9-]+):(\d{12}):certificate/[0-9a-f-]{36}")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
PREFIX = re.compile(r"/[a-z0-9]{1,12}")
TELLING_NAMES = ("openreplay", "umami", "ingest", "analytics", "track")  # ad blockers match them
EDGE_REGION = "us-east-1"  # CloudFront takes certificates from there alone
POSTGRES_VERSIONS = ((16, 4), (17, 0))  # what OpenReplay 1.27's migration accepts
CLICKHOUSE_VERSIONS = ((25, 1), (26, 0))
CAPACITY_STEP = 0.5
LONGEST_SESSION_HOURS = 2
SPARE_CONNECTIONS = 15  # Grafana, jobs, the administrator


class Problem(NamedTuple):
    """One thing that is wrong: the parameter, what was expected and what came, and what to do."""

    name: str
    message: str
    hint: str = ""


def problems(profile: Profile) -> Iterator[Problem]:
    """Everything that is wrong with a profile, in the order of its tables."""
    for rule in (
        _account,
        _network,
        _edge,
        _images,
        _sizes,
        _umami,
        _openreplay,
        _clickhouse,
        _data,
        _retention,
        _money,
    ):
        yield from rule(profile)


def version_of(text: str) -> tuple[int, ...]:
    """The numbers of a version; empty for what is none."""
    return tuple(int(part) for part in text.split(".")) if re.fullmatch(r"\d+(\.\d+)*", text) else ()


def _account(profile: Profile) -> Iterator[Problem]:
    if not re.fullmatch(r"\d{12}", profile.account.id):
        yield Problem("account.id", f"expected twelve digits, got {profile.account.id!r}.")
    if not REGION.fullmatch(profile.account.region):
        yield Problem("account.region", f"expected a region as in us-east-1, got {profile.account.region!r}.")
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,15}", profile.name):
        yield Problem("name", f"expected 2 to 16 small letters, digits and hyphens, got {profile.name!r}.")


def _network(profile: Profile) -> Iterator[Problem]:
    network = profile.network
    if bool(network.cidr) == bool(network.existing):
        yield Problem(
            "network",
            "expected either cidr or existing.",
            "cidr makes a network; existing names one that is used as it is.",
        )
        return
    cidr = network.existing.cidr if network.existing else network.cidr
    try:
        block = ipaddress.IPv4Network(cidr)
    except ValueError as error:
        yield Problem("network.cidr", f"expected a block as in 10.80.0.0/16: {error}.")
        return
    if block.prefixlen < 16:  # noqa: PLR2004 - the shard id has the last 16 bits of the address
        yield Problem(
            "network.cidr",
            f"expected /16 or smaller, got /{block.prefixlen}.",
            "OpenReplay takes the last two octets of a task's address as its shard: they have to be unique.",
        )
    if not network.existing and not 2 <= network.availability_zones <= 3:  # noqa: PLR2004
        yield Problem("network.availability_zones", f"expected 2 or 3, got {network.availability_zones}.")
    if not network.existing and not 1 <= network.nat_gateways <= network.availability_zones:
        yield Problem("network.nat_gateways", f"expected one for each zone at most, got {network.nat_gateways}.")
    if existing := network.existing:
        zones = len(existing.availability_zones)
        for name in ("private_subnets", "data_subnets"):
            if len(getattr(existing, name)) != zones or zones < 2:  # noqa: PLR2004
                yield Problem(f"network.existing.{name}", "expected one subnet for each of two or more zones.")


def _edge(profile: Profile) -> Iterator[Problem]:
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


def image_names(profile: Profile) -> set[str]:
    """The images that a profile has to name."""
    services = openreplay.chosen(assist=profile.openreplay.assist, sourcemaps=profile.openreplay.sourcemaps)
    optional = {name for name in ("grafana", "nightly") if getattr(profile.tools, name)}
    return {service.name for service in services} | {"umami", "jobs"} | optional


def _images(profile: Profile) -> Iterator[Problem]:
    wanted = image_names(profile)
    for name in sorted(wanted - set(profile.images)):
        yield Problem(
            f"images.{name}",
            "is missing.",
            "Copy the image into the account's registry; name repository, tag and digest.",
        )
    for name, image in profile.images.items():
        if not DIGEST.fullmatch(image.digest):
            yield Problem(f"images.{name}.digest", f"expected sha256: and 64 hexadecimal digits, got {image.digest!r}.")
        if (
            not re.fullmatch(r"[a-z0-9]+(?:[._/-][a-z0-9]+)*", image.repository)
            or "." in image.repository.split("/")[0]
        ):
            yield Problem(
                f"images.{name}.repository",
                f"expected a repository of the account's own registry, got {image.repository!r}.",
            )
        if image.tag in {"", "latest"}:
            yield Problem(f"images.{name}.tag", f"expected upstream's version, got {image.tag!r}.")


def _sizes(profile: Profile) -> Iterator[Problem]:
    known = {service.name for service in openreplay.ALL}
    sizes = {"umami.size": profile.umami.size, "openreplay.size": profile.openreplay.size}
    for name, size in profile.openreplay.sizes.items():
        sizes[f"openreplay.sizes.{name}"] = size
    for table in (profile.openreplay.sizes, profile.openreplay.tasks):
        for name in sorted(set(table) - known):
            yield Problem(
                f"openreplay.{name}", "there is no such service.", f"The services are {', '.join(sorted(known))}."
            )
    for name, size in sizes.items():
        yield from _size(name, size)


def _size(name: str, size: Size) -> Iterator[Problem]:
    offered = MEMORY_BY_CPU.get(size.cpu)
    if offered is None:
        yield Problem(
            name, f"Fargate offers no {size.cpu} CPU units.", f"Take one of {', '.join(map(str, MEMORY_BY_CPU))}."
        )
    elif size.memory not in offered:
        yield Problem(
            name,
            f"Fargate offers no {size.memory} MiB with {size.cpu} CPU units.",
            f"Take one of {', '.join(map(str, offered))}.",
        )


def _umami(profile: Profile) -> Iterator[Problem]:
    version = version_of(profile.umami.version)
    if not version or version[0] not in umami.TLS or version < (2, 20):
        yield Problem(
            "umami.version",
            f"expected 2.20 or newer, or 3, got {profile.umami.version!r}.",
            "Older versions cannot start without migrating.",
        )
    if not 1 <= profile.umami.tasks <= 10:  # noqa: PLR2004
        yield Problem("umami.tasks", f"expected 1 to 10, got {profile.umami.tasks}.")
    needed = 2 * profile.umami.tasks * umami.POOL  # twice: a deployment starts new tasks before old ones end
    if profile.umami.connection_limit < needed:
        yield Problem(
            "umami.connection_limit",
            f"expected {needed} or more, got {profile.umami.connection_limit}.",
            f"A task's pool has {umami.POOL} connections, and a deployment runs every task twice.",
        )


def _openreplay(profile: Profile) -> Iterator[Problem]:
    services = {service.name: service for service in openreplay.ALL}
    for name, tasks in profile.openreplay.tasks.items():
        if name in services and services[name].singleton and tasks != 1:
            yield Problem(
                f"openreplay.tasks.{name}",
                f"expected 1, got {tasks}.",
                "A second task of this service loses or splits sessions.",
            )
        if tasks < 1:
            yield Problem(f"openreplay.tasks.{name}", f"expected 1 or more, got {tasks}.")
    if not version_of(profile.openreplay.version):
        yield Problem("openreplay.version", f"expected a version as in 1.27.0, got {profile.openreplay.version!r}.")


def _clickhouse(profile: Profile) -> Iterator[Problem]:
    clickhouse = profile.clickhouse
    if not clickhouse.host or "://" in clickhouse.host or ":" in clickhouse.host:
        yield Problem("clickhouse.host", f"expected a host name without scheme and port, got {clickhouse.host!r}.")
    if not clickhouse.tls:
        yield Problem(
            "clickhouse.tls", "expected true, got false.", "Events of sessions cross the network; use the TLS ports."
        )
    if clickhouse.native_port == 9000 or clickhouse.http_port == 8123:  # noqa: PLR2004
        yield Problem(
            "clickhouse", "9000 and 8123 are the ports without TLS.", "Take 9440 and 8443, or what your server has."
        )
    if not clickhouse.password_secret.startswith("arn:aws:secretsmanager:"):
        yield Problem("clickhouse.password_secret", "expected the ARN of a secret, whose value is the password alone.")
    low, high = CLICKHOUSE_VERSIONS
    if not low <= version_of(clickhouse.version)[:2] <= high:
        yield Problem("clickhouse.version", f"OpenReplay takes 25.1 to 26.0, got {clickhouse.version!r}.")


def connections(profile: Profile) -> int:
    """The connections to PostgreSQL that every service together can have."""
    services = openreplay.chosen(assist=profile.openreplay.assist, sourcemaps=profile.openreplay.sourcemaps)
    tasks = profile.openreplay.tasks
    used = sum(service.connections * tasks.get(service.name, service.tasks) for service in services)
    return used + profile.umami.connection_limit + SPARE_CONNECTIONS


def _data(profile: Profile) -> Iterator[Problem]:
    data = profile.data
    low, high = POSTGRES_VERSIONS
    if not low <= version_of(data.postgres)[:2] <= high:
        yield Problem("data.postgres", f"OpenReplay takes 16.4 to 17.0, got {data.postgres!r}.")
    for name in ("min_capacity", "max_capacity"):
        value = getattr(data, name)
        if value % CAPACITY_STEP or not CAPACITY_STEP <= value <= 256:  # noqa: PLR2004
            yield Problem(
                f"data.{name}",
                f"expected 0.5 to 256 in steps of 0.5, got {value}.",
                "The services ping: it never pauses at 0.",
            )
    if data.min_capacity > data.max_capacity:
        yield Problem("data.min_capacity", "is more than max_capacity.")
    if connections(profile) > data.max_connections * 0.8:
        yield Problem(
            "data.max_connections",
            f"the services need {connections(profile)} connections, more than 80 % of {data.max_connections}.",
            "Raise it, with max_capacity.",
        )
    if not data.redis_node.startswith("cache."):
        yield Problem(
            "data.redis_node",
            f"expected a node type as in cache.t4g.small, got {data.redis_node!r}.",
            "Never serverless: that is cluster mode.",
        )
    if not 7 <= data.backup_days <= 35:  # noqa: PLR2004
        yield Problem("data.backup_days", f"expected 7 to 35, got {data.backup_days}.")


def _retention(profile: Profile) -> Iterator[Problem]:
    retention = profile.retention
    for name in ("recordings_days", "assets_days", "sourcemaps_days", "logs_days"):
        value = getattr(retention, name)
        if not 1 <= value <= retention.policy_days:
            yield Problem(f"retention.{name}", f"expected 1 to policy_days ({retention.policy_days}), got {value}.")
    if retention.volume_hours <= LONGEST_SESSION_HOURS:
        yield Problem(
            "retention.volume_hours",
            f"expected more than {LONGEST_SESSION_HOURS}, got {retention.volume_hours}.",
            "The cleaner would delete sessions that are still recorded.",
        )
    if retention.volume_hours > 24 * retention.policy_days:
        yield Problem("retention.volume_hours", f"is more than policy_days ({retention.policy_days}).")
    if profile.data.backup_days > retention.policy_days:
        yield Problem(
            "data.backup_days",
            f"is more than retention.policy_days ({retention.policy_days}).",
            "Backups hold what was deleted.",
        )


def _money(profile: Profile) -> Iterator[Problem]:
    if profile.budget.monthly_usd < 1:
        yield Problem("budget.monthly_usd", f"expected a limit above 0, got {profile.budget.monthly_usd}.")
    for name, mails in (("budget.mails", profile.budget.mails), ("alarms.mails", profile.alarms.mails)):
        if not mails or not all(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", mail) for mail in mails):
            yield Problem(name, "expected at least one mail address.", "Somebody has to hear it.")
    if not profile.alarms.runbook.startswith("https://"):
        yield Problem("alarms.runbook", f"expected an https address, got {profile.alarms.runbook!r}.")
    if not profile.application_buckets:
        yield Problem(
            "application_buckets",
            "expected the application's buckets.",
            "The IAM proof shows that no role reaches them.",
        )
