"""What a profile must hold beyond types: no parameter contradicts another."""

import ipaddress
import re
from collections.abc import Iterator

from deploy.parameters.edge_rules import edge_problems
from deploy.parameters.model import Profile
from deploy.parameters.problem import Problem, version_of
from deploy.parameters.service_rules import connections, service_problems

REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")
POSTGRES_VERSIONS = ((16, 4), (17, 0))  # what OpenReplay 1.27's migration accepts
CLICKHOUSE_VERSIONS = ((25, 1), (26, 0))
CAPACITY_STEP = 0.5
LONGEST_SESSION_HOURS = 2


def problems(profile: Profile) -> Iterator[Problem]:
    """Everything that is wrong with a profile, in the order of its tables."""
    for rule in (_account, _network, edge_problems, service_problems, _clickhouse, _data, _retention, _money):
        yield from rule(profile)


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
