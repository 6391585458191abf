"""Checks of the data: the shared volume and its cleaner, buckets, Aurora, Redis, and retention."""

import re
from collections.abc import Iterator

from deploy.checks.synthesis import Json, Synthesis, flat
from deploy.parameters.problem import version_of
from deploy.parameters.rules import CLICKHOUSE_VERSIONS, POSTGRES_VERSIONS
from deploy.services.model import BUCKETS
from deploy.services.openreplay import DELETE_DAYS
from deploy.services.umami import TLS

USER = "1001"
WRITERS = {"sink", "clean-volume"}
READERS = {"storage", "api"}


def volume_is_guarded(synthesis: Synthesis) -> Iterator[str]:
    """The volume is encrypted, in no backup, and reached as user 1001 through one access point with a role and TLS."""
    (volume,) = synthesis.resources("AWS::EFS::FileSystem")
    (point,) = synthesis.resources("AWS::EFS::AccessPoint")
    if volume.properties.get("Encrypted") is not True:
        yield "the volume is not encrypted"
    if volume.properties.get("BackupPolicy", {}).get("Status") == "ENABLED":
        yield "backups of the volume outlive the cleaner"
    if "aws:SecureTransport" not in flat(volume.properties.get("FileSystemPolicy", {})):
        yield "the volume answers without TLS"
    if point.properties.get("PosixUser", {}).get("Uid") != USER:
        yield "the access point is of another user"
    if point.properties.get("RootDirectory", {}).get("CreationInfo", {}).get("Permissions") != "0750":
        yield "the access point is open to other users"


def volume_is_mounted_right(synthesis: Synthesis) -> Iterator[str]:
    """Those that write may write, those that read may not, and nobody else has the volume."""
    for container in synthesis.containers():
        mounts = container.definition.get("MountPoints", [])
        if not mounts:
            if container.name in WRITERS | READERS:
                yield f"{container.name}: has no volume"
            continue
        if container.name not in WRITERS | READERS:
            yield f"{container.name}: has the volume without need"
        if mounts[0]["ReadOnly"] is not (container.name in READERS):
            yield f"{container.name}: {'may' if container.name in READERS else 'may not'} write"
        (volume,) = container.task.properties["Volumes"]
        settings = volume["EFSVolumeConfiguration"]
        if settings.get("TransitEncryption") != "ENABLED" or settings["AuthorizationConfig"].get("IAM") != "ENABLED":
            yield f"{container.name}: mounts without TLS or without a role"
        actions = {
            action for statement in synthesis.statements_of_task(container) for action in _list(statement["Action"])
        }
        if "elasticfilesystem:ClientRootAccess" in actions:
            yield f"{container.name}: is root on the volume"
        if ("elasticfilesystem:ClientWrite" in actions) is not (container.name in WRITERS):
            yield f"{container.name}: its role does not fit what it does"


def cleaner_runs(synthesis: Synthesis) -> Iterator[str]:
    """A schedule starts the cleaner, and it deletes after as many minutes as the profile promises."""
    cleaner = synthesis.container("clean-volume")
    rules = [rule for rule in synthesis.resources("AWS::Events::Rule") if cleaner.task.id in flat(rule.properties)]
    if len(rules) != 1 or rules[0].properties.get("State") != "ENABLED":
        yield "nothing starts the cleaner"
    elif rules[0].properties.get("ScheduleExpression") != "rate(1 hour)":
        yield f"the cleaner runs at {rules[0].properties.get('ScheduleExpression')}"
    promised = 60 * synthesis.profile.retention.volume_hours
    if cleaner.environment.get("KEEP_MINUTES") != str(promised):
        yield f"the cleaner keeps {cleaner.environment.get('KEEP_MINUTES')} minutes, promised are {promised}"


def buckets_are_private(synthesis: Synthesis) -> Iterator[str]:
    """Every bucket is private, encrypted and TLS only; nobody but roles and this account's CloudFront may read."""
    buckets = list(synthesis.resources("AWS::S3::Bucket"))
    if len(buckets) != len(BUCKETS) + 1:
        yield f"{len(buckets)} buckets"
    for bucket in buckets:
        block = bucket.properties.get("PublicAccessBlockConfiguration", {})
        if len(block) != 4 or not all(block.values()):  # noqa: PLR2004 - its four switches
            yield f"{bucket.id}: may be public"
        if "BucketEncryption" not in bucket.properties:
            yield f"{bucket.id}: is not encrypted"
        statements = _policy_of(synthesis, bucket.id)
        if not any(_denies_clear_text(statement) for statement in statements):
            yield f"{bucket.id}: answers without TLS"
        if any(_lets_accounts_read(statement) for statement in statements):
            yield f"{bucket.id}: its policy lets accounts in"


def objects_expire(synthesis: Synthesis) -> Iterator[str]:
    """Every object expires as promised, an upload that was broken off goes after a day, and no version is kept."""
    days = synthesis.profile.retention
    promised = {"recordings": days.recordings_days, "assets": days.assets_days}
    promised |= {"sourcemaps": days.sourcemaps_days, "logs": days.logs_days}
    for bucket in synthesis.resources("AWS::S3::Bucket"):
        kind = bucket.properties["BucketName"].split("-")[1]
        rules = bucket.properties.get("LifecycleConfiguration", {}).get("Rules", [])
        whole = [rule for rule in rules if not rule.get("TagFilters") and not rule.get("Prefix")]
        if [rule.get("ExpirationInDays") for rule in whole if rule["Status"] == "Enabled"] != [promised[kind]]:
            yield f"{bucket.id}: objects do not expire after {promised[kind]} days"
        if not any(rule.get("AbortIncompleteMultipartUpload", {}).get("DaysAfterInitiation") == 1 for rule in whole):
            yield f"{bucket.id}: parts of broken uploads stay"
        if "VersioningConfiguration" in bucket.properties:
            yield f"{bucket.id}: deleted objects stay as versions"
        tagged = [
            rule for rule in rules if rule.get("TagFilters") == [{"Key": "to_delete_in_days", "Value": DELETE_DAYS}]
        ]
        if kind == "recordings" and [rule.get("ExpirationInDays") for rule in tagged] != [int(DELETE_DAYS)]:
            yield f"{bucket.id}: sessions of a deleted person stay"
    if synthesis.container("chalice").environment.get("SCH_DELETE_DAYS") != DELETE_DAYS:
        yield "chalice tags deleted sessions with another number of days"


def engines_fit(synthesis: Synthesis) -> Iterator[str]:
    """OpenReplay's migration accepts the versions of PostgreSQL and ClickHouse."""
    (cluster,) = synthesis.resources("AWS::RDS::DBCluster")
    engines = {
        "PostgreSQL": (cluster.properties["EngineVersion"], POSTGRES_VERSIONS),
        "ClickHouse": (synthesis.profile.clickhouse.version, CLICKHOUSE_VERSIONS),
    }
    for name, (version, (low, high)) in engines.items():
        if not low <= version_of(version)[:2] <= high:
            yield f"OpenReplay refuses {name} {version}"


def aurora_is_safe(synthesis: Synthesis) -> Iterator[str]:
    """Encrypted, private, with backups and TLS only; connections have a limit."""
    (cluster,) = synthesis.resources("AWS::RDS::DBCluster")
    (parameters,) = synthesis.resources("AWS::RDS::DBClusterParameterGroup")
    if cluster.properties.get("StorageEncrypted") is not True:
        yield "Aurora is not encrypted"
    if cluster.properties.get("DeletionProtection") is not synthesis.profile.data.deletion_protection:
        yield "Aurora can be deleted"
    if cluster.properties.get("BackupRetentionPeriod") != synthesis.profile.data.backup_days:
        yield "backups are kept for another time than promised"
    settings = parameters.properties["Parameters"]
    if settings.get("rds.force_ssl") != "1":
        yield "Aurora answers without TLS"
    if settings.get("max_connections") != str(synthesis.profile.data.max_connections):
        yield "connections have another limit than the profile's"
    if cluster.properties["ServerlessV2ScalingConfiguration"]["MinCapacity"] <= 0:
        yield "Aurora would pause; the services ping it for ever"
    for instance in synthesis.resources("AWS::RDS::DBInstance"):
        if instance.properties.get("PubliclyAccessible") is not False:
            yield f"{instance.id}: is public"


def connections_use_tls(synthesis: Synthesis) -> Iterator[str]:
    """Umami verifies Aurora; OpenReplay encrypts; Redis and ClickHouse are reached by TLS."""
    major = version_of(synthesis.profile.umami.version)[0]
    urls = {name: flat(secret) for name, secret in _secret_strings(synthesis).items()}
    if f"?{TLS[major]}" not in urls.get("umami-database-url", ""):
        yield "umami: does not verify Aurora"
    if "sslmode=require" not in urls.get("openreplay-database-url", ""):
        yield "openreplay: reaches Aurora in clear text"
    if "rediss://" not in urls.get("redis-url", ""):
        yield "openreplay: reaches Redis in clear text"
    for container in synthesis.containers():
        uses = {"CLICKHOUSE_STRING", "ch_host"} & set(container.environment)
        if uses and container.environment.get("CLICKHOUSE_USE_TLS") != "true":
            yield f"{container.name}: reaches ClickHouse in clear text"


def umami_cannot_crowd_aurora(synthesis: Synthesis) -> Iterator[str]:
    """Umami has a cluster beside the application's, a user of its own, and a limit that its pools cannot pass."""
    limit = synthesis.container("database").environment.get("UMAMI_CONNECTIONS")
    if limit != str(synthesis.profile.umami.connection_limit):
        yield f"umami's user may open {limit} connections"
    if not re.search(r"//umami:", flat(_secret_strings(synthesis).get("umami-database-url", ""))):
        yield "umami shares a user of the database"
    if "umamidatabase" not in flat(synthesis.container("database").secrets.get("UMAMI_PASSWORD", "")):
        yield "umami's user has no password of its own"


def redis_keeps_streams(synthesis: Synthesis) -> Iterator[str]:
    """Cluster mode off, nothing evicted, TLS, and a password."""
    (redis,) = synthesis.resources("AWS::ElastiCache::ReplicationGroup")
    (parameters,) = synthesis.resources("AWS::ElastiCache::ParameterGroup")
    if parameters.properties["Properties"].get("maxmemory-policy") != "noeviction":
        yield "streams are evicted"
    if redis.properties.get("CacheParameterGroupName") != {"Ref": parameters.id}:
        yield "the parameter group is not used"
    if redis.properties.get("ClusterMode") != "disabled" or redis.properties.get("NumNodeGroups", 1) != 1:
        yield "cluster mode is on: streams cannot be read together"
    if redis.properties.get("TransitEncryptionEnabled") is not True or not redis.properties.get("AuthToken"):
        yield "Redis answers without TLS or password"
    if any(synthesis.resources("AWS::ElastiCache::ServerlessCache")):
        yield "a serverless cache is always in cluster mode"


def _secret_strings(synthesis: Synthesis) -> dict[str, object]:
    return {
        found.properties["Name"].partition("/")[2]: found.properties["SecretString"]
        for found in synthesis.resources("AWS::SecretsManager::Secret")
        if "SecretString" in found.properties
    }


def _policy_of(synthesis: Synthesis, bucket: str) -> list[Json]:
    return [
        statement
        for policy in synthesis.resources("AWS::S3::BucketPolicy")
        if policy.properties["Bucket"] == {"Ref": bucket}
        for statement in policy.properties["PolicyDocument"]["Statement"]
    ]


def _lets_accounts_read(statement: Json) -> bool:
    """Whether a policy allows more to accounts than to write: the balancer's own account writes its log."""
    principal = statement["Principal"]
    if statement["Effect"] != "Allow" or (isinstance(principal, dict) and "AWS" not in principal):
        return False
    reads = not set(_list(statement["Action"])) <= {"s3:PutObject"}
    return reads or "*" in _list(principal["AWS"] if isinstance(principal, dict) else principal)


def _denies_clear_text(statement: Json) -> bool:
    condition = statement.get("Condition", {}).get("Bool")
    return bool(statement["Effect"] == "Deny" and condition == {"aws:SecureTransport": "false"})


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
