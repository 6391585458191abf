"""The parameters of a deployment, one class for each table of the profile."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Account:
    """Where everything is deployed."""

    id: str
    region: str


@dataclass(frozen=True, slots=True)
class ExistingNetwork:
    """A network that is there already: it is used, and never changed."""

    vpc_id: str
    cidr: str
    availability_zones: tuple[str, ...]
    private_subnets: tuple[str, ...]
    data_subnets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A network of its own (`cidr`), or an existing one."""

    cidr: str = ""
    availability_zones: int = 2
    nat_gateways: int = 1
    existing: ExistingNetwork | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """
    Names, certificates and paths that browsers use.

    `open` is false until the first accounts have their own passwords; `recording` is false while nothing may be
    recorded. `prefix_list` is the region's list of CloudFront's addresses.
    """

    open: bool
    recording: bool
    collect_host: str
    analytics_host: str
    replay_host: str
    application_origins: tuple[str, ...]
    edge_certificate: str
    origin_certificate: str
    prefix_list: str
    office_cidrs: tuple[str, ...]
    ingest_prefix: str = "/o"
    analytics_prefix: str = "/u"
    script_name: str = "s.js"
    requests_per_address: int = 20_000


@dataclass(frozen=True, slots=True)
class Image:
    """An image in the account's own registry: upstream's version in the tag, the content in the digest."""

    repository: str
    tag: str
    digest: str


@dataclass(frozen=True, slots=True)
class Size:
    """CPU units and MiB of one task, as Fargate offers them."""

    cpu: int
    memory: int


@dataclass(frozen=True, slots=True)
class Umami:
    """Umami: its major version decides how it verifies the database and whether it can skip migrations."""

    version: str
    size: Size
    tasks: int = 1
    connection_limit: int = 20


@dataclass(frozen=True, slots=True)
class OpenReplay:
    """OpenReplay: the versions that belong together, and sizes and numbers of tasks by service."""

    version: str
    tracker: str
    size: Size
    sizes: dict[str, Size] = field(default_factory=dict)
    tasks: dict[str, int] = field(default_factory=dict)
    assist: bool = False
    sourcemaps: bool = False


@dataclass(frozen=True, slots=True)
class ClickHouse:
    """ClickHouse is outside of this deployment; docs/decisions/clickhouse.md says why."""

    host: str
    user: str
    password_secret: str
    tls: bool
    version: str
    native_port: int = 9440
    http_port: int = 8443
    database: str = "default"


@dataclass(frozen=True, slots=True)
class Data:
    """Aurora PostgreSQL Serverless v2, Redis, and how long backups are kept."""

    postgres: str
    min_capacity: float
    max_capacity: float
    readers: int
    max_connections: int
    backup_days: int
    redis_node: str
    redis_replicas: int
    deletion_protection: bool = True


@dataclass(frozen=True, slots=True)
class Retention:
    """How long recordings may be kept by policy, and how long each store keeps them."""

    policy_days: int
    recordings_days: int
    assets_days: int
    sourcemaps_days: int
    volume_hours: int
    logs_days: int


@dataclass(frozen=True, slots=True)
class Budget:
    """The limit a month, and who hears of it."""

    monthly_usd: int
    mails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """What is expected a day; the part of the budget that no template shows."""

    sessions_per_day: int
    megabytes_per_session: float
    page_views_per_day: int
    average_capacity: float
    log_gigabytes: float
    nat_gigabytes: float


@dataclass(frozen=True, slots=True)
class Quotas:
    """Limits of the account; `fargate_vcpu` differs between accounts and has no default."""

    fargate_vcpu: int
    security_group_rules: int = 60
    security_groups_per_interface: int = 5
    elastic_addresses: int = 5
    target_groups_per_balancer: int = 100
    rules_per_balancer: int = 100
    target_groups_per_service: int = 5
    containers_per_task: int = 10
    prefix_list_weight: int = 55


@dataclass(frozen=True, slots=True)
class Alarms:
    """Who is called, and where the runbook is read."""

    mails: tuple[str, ...]
    runbook: str


@dataclass(frozen=True, slots=True)
class Tools:
    """The optional stack: Grafana, the nightly verification, and the database of its history."""

    grafana: bool = False
    nightly: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """One deployment."""

    name: str
    account: Account
    network: Network
    edge: Edge
    images: dict[str, Image]
    umami: Umami
    openreplay: OpenReplay
    clickhouse: ClickHouse
    data: Data
    retention: Retention
    budget: Budget
    usage: Usage
    quotas: Quotas
    alarms: Alarms
    application_buckets: tuple[str, ...]
    tools: Tools = field(default_factory=Tools)
