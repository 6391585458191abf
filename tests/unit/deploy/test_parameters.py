"""Parameters: two sound profiles, and one clear error for everything that is wrong with one."""

from pathlib import Path

import pytest
from deploy.parameters import ParameterError, load_profile
from tests.unit.deploy.profiles import SMALL, written

WRONG = {
    "a missing domain": ('collect_host = "t.example.com"\n', "", "edge.collect_host: is missing"),
    "no domain": ('"t.example.com"', '"localhost"', "edge.collect_host: expected a domain name"),
    "one host twice": ('"replay.example.com"', '"analytics.example.com"', "edge: the three hosts have to differ"),
    "ClickHouse without TLS": ("tls = true", "tls = false", "clickhouse.tls: expected true"),
    "ClickHouse on a port without TLS": ("tls = true", "tls = true\nnative_port = 9000", "ports without TLS"),
    "a ClickHouse that OpenReplay refuses": ('version = "25.11"', 'version = "24.8"', "takes 25.1 to 26.0"),
    "retention longer than policy": ("recordings_days = 30", "recordings_days = 365", "expected 1 to policy_days (90)"),
    "backups longer than policy": ("policy_days = 90", "policy_days = 5", "policy_days (5)"),
    "a cleaner within a session": ("volume_hours = 24", "volume_hours = 2", "expected more than 2"),
    "CPU that Fargate has not": (
        "{cpu = 256, memory = 512}\ntasks",
        "{cpu = 300, memory = 512}\ntasks",
        "no 300 CPU units",
    ),
    "memory that Fargate has not": (
        "http = {cpu = 512, memory = 1024}",
        "http = {cpu = 512, memory = 512}",
        "no 512 MiB",
    ),
    "two sinks": ("http = 1\n", "http = 1\nsink = 2\n", "openreplay.tasks.sink: expected 1"),
    "a service that is none": ("http = 1\n", "http = 1\nspotty = 1\n", "there is no such service"),
    "a pool that passes the limit": ("connection_limit = 20", "connection_limit = 10", "expected 20 or more"),
    "an Umami that has to migrate": ('version = "3.1.0"', 'version = "2.10.2"', "umami.version: expected 2.20"),
    "a PostgreSQL that OpenReplay refuses": ('postgres = "16.13"', 'postgres = "15.8"', "takes 16.4 to 17.0"),
    "too few connections": ("max_connections = 200", "max_connections = 90", "more than 80 % of 90"),
    "capacity upside down": ("max_capacity = 4", "max_capacity = 0.5\nreplicas = 1", "there is no such parameter"),
    "less at most than at least": ("min_capacity = 0.5", "min_capacity = 8.0", "is more than max_capacity"),
    "capacity that pauses": ("min_capacity = 0.5", "min_capacity = 0", "expected 0.5 to 256"),
    "a serverless Redis": ('"cache.t4g.small"', '"serverless"', "expected a node type"),
    "two networks": ('cidr = "10.80.0.0/16"', 'cidr = ""', "expected either cidr or existing"),
    "a network too wide": ("10.80.0.0/16", "10.0.0.0/8", "expected /16 or smaller"),
    "an office that is everybody": ("203.0.113.0/24", "0.0.0.0/0", "is too wide"),
    "no office": ('["203.0.113.0/24"]', "[]", "expected at least one block"),
    "a certificate of another region": (
        "acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000001",
        "acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000001",
        "edge.edge_certificate: expected the ARN",
    ),
    "a path that names the product": (
        "office_cidrs",
        'ingest_prefix = "/ingest"\noffice_cidrs',
        "ad blockers refuse it",
    ),
    "one path for both": ("office_cidrs", 'ingest_prefix = "/u"\noffice_cidrs', "has to differ"),
    "an account that is none": ('id = "111122223333"', 'id = "1111"', "expected twelve digits"),
    "an image without digest": ("sha256:", "sha512:", "digest: expected sha256"),
    "a foreign registry": ('repository = "maskproof/umami"', 'repository = "example.com/umami"', "own registry"),
    "an image that is missing": ("\nsink = {", "\nsinker = {", "images.sink: is missing"),
    "latest": ('tag = "3.1.0"', 'tag = "latest"', "expected upstream's version"),
    "text for a number": ("monthly_usd = 500", 'monthly_usd = "500"', "expected a whole number"),
    "no budget": ("monthly_usd = 500", "monthly_usd = 0", "expected a limit above 0"),
    "nobody to call": ('mails = ["on-call@example.com"]', "mails = []", "alarms.mails: expected at least one"),
    "no bucket to protect": ('["acme-uploads", "acme-invoices"]', "[]", "expected the application's buckets"),
    "an unknown name": ("[budget]", "[budget]\ncurrency = 1", "there is no such parameter"),
    "no TOML": ("[budget]", "[budget", "is not TOML"),
}


@pytest.mark.parametrize("name", ["small", "production"])
def test_the_profiles_are_sound(name: str) -> None:
    """Both profiles of the repository are read without an error."""
    assert load_profile(SMALL.with_name(f"{name}.toml")).name == name


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_parameter_is_one_clear_error(case: str, tmp_path: Path) -> None:
    """The error names the file, the parameter, what was expected and what came; the status is 2."""
    old, new, message = WRONG[case]
    path = written(tmp_path / "own.toml", {old: new})
    with pytest.raises(ParameterError) as caught:
        load_profile(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    """A profile that is not there is named."""
    with pytest.raises(ParameterError, match="cannot be read"):
        load_profile(tmp_path / "none.toml")
