"""Planted faults: each changes the templates of a sound deployment, and names the check that has to see it."""

import copy
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from deploy.checks.synthesis import Container, Json, Synthesis

Plant = Callable[[Synthesis], None]


class Fault(NamedTuple):
    """One fault: which check has to notice it, and what plants it."""

    check: str
    plant: Plant


def planted(sound: Synthesis, fault: Fault) -> Synthesis:
    """
    A copy of a deployment with one fault.

    Args:
        sound: The deployment; it is not changed.
        fault: What is planted.

    """
    bad = Synthesis(sound.profile, copy.deepcopy(dict(sound.templates)))
    fault.plant(bad)
    return bad


def _first(synthesis: Synthesis, kind: str, name: str = "") -> Json:
    return next(found.properties for found in synthesis.resources(kind) if name in found.id)


def _set(kind: str, *keys: str, to: Any, name: str = "") -> Plant:
    def plant(synthesis: Synthesis) -> None:
        place = _first(synthesis, kind, name)
        for key in keys[:-1]:
            place = place.setdefault(key, {})
        place[keys[-1]] = to

    return plant


def _service(name: str, *keys: str, to: Any) -> Plant:
    def plant(synthesis: Synthesis) -> None:
        place = synthesis.services()[name]
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = to

    return plant


def _container(name: str, change: Callable[[Container], None]) -> Plant:
    return lambda synthesis: change(synthesis.container(name))


def _variable(name: str, variable: str, value: str) -> Plant:
    def change(container: Container) -> None:
        kept = [item for item in container.definition["Environment"] if item["Name"] != variable]
        container.definition["Environment"] = [*kept, {"Name": variable, "Value": value}]

    return _container(name, change)


def _without_secret(name: str, variable: str) -> Plant:
    def change(container: Container) -> None:
        secrets = container.definition["Secrets"]
        container.definition["Secrets"] = [item for item in secrets if item["Name"] != variable]

    return _container(name, change)


def _definition(name: str, key: str, value: Any) -> Plant:
    return _container(name, lambda container: container.definition.__setitem__(key, value))


def _task(name: str, key: str, value: Any) -> Plant:
    return _container(name, lambda container: container.task.properties.__setitem__(key, value))


def _resource(stack: str, kind: str, properties: Json) -> Plant:
    def plant(synthesis: Synthesis) -> None:
        synthesis.templates[stack]["Resources"]["planted"] = {"Type": kind, "Properties": properties}

    return plant


def _allow(name: str, action: str, resource: str) -> Plant:
    """Add a statement to the role of a task."""

    def plant(synthesis: Synthesis) -> None:
        synthesis.statements_of_task(synthesis.container(name))  # the role has to be there
        container = synthesis.container(name)
        role = container.task.properties["TaskRoleArn"]["Fn::GetAtt"][0]
        statement = {"Effect": "Allow", "Action": action, "Resource": resource}
        properties = {"Roles": [{"Ref": role}], "PolicyDocument": {"Statement": [statement]}}
        synthesis.templates[container.task.stack]["Resources"]["planted"] = {
            "Type": "AWS::IAM::Policy",
            "Properties": properties,
        }

    return plant


def _lifecycle(name: str, key: str, value: Any) -> Plant:
    def plant(synthesis: Synthesis) -> None:
        _first(synthesis, "AWS::S3::Bucket", name)["LifecycleConfiguration"]["Rules"][0][key] = value

    return plant


def _behaviour(pattern: str, key: str, value: Any) -> Plant:
    def plant(synthesis: Synthesis) -> None:
        config = _first(synthesis, "AWS::CloudFront::Distribution")["DistributionConfig"]
        found = next(entry for entry in config["CacheBehaviors"] if entry["PathPattern"] == pattern)
        found[key] = value

    return plant


def _function(old: str, new: str) -> Plant:
    def plant(synthesis: Synthesis) -> None:
        function = _first(synthesis, "AWS::CloudFront::Function")
        assert old in function["FunctionCode"]
        function["FunctionCode"] = function["FunctionCode"].replace(old, new, 1)

    return plant


def _firewall(change: Callable[[dict[str, Json]], None]) -> Plant:
    def plant(synthesis: Synthesis) -> None:
        acl = _first(synthesis, "AWS::WAFv2::WebACL")
        rules = {rule["Name"]: rule for rule in acl["Rules"]}
        change(rules)
        acl["Rules"] = list(rules.values())

    return plant


def _secret_text(name: str, old: str, new: str) -> Plant:
    def plant(synthesis: Synthesis) -> None:
        for found in synthesis.resources("AWS::SecretsManager::Secret"):
            if found.properties.get("Name", "").endswith(name) and "SecretString" in found.properties:
                joined = found.properties["SecretString"]["Fn::Join"][1]
                joined[:] = [part.replace(old, new) if isinstance(part, str) else part for part in joined]

    return plant


def _without(kind: str, name: str = "") -> Plant:
    def plant(synthesis: Synthesis) -> None:
        for template in synthesis.templates.values():
            for key in [key for key, found in template["Resources"].items() if found["Type"] == kind and name in key]:
                del template["Resources"][key]

    return plant


def _alarm(name: str, key: str, value: Any) -> Plant:
    def plant(synthesis: Synthesis) -> None:
        alarms = (found.properties for found in synthesis.resources("AWS::CloudWatch::Alarm"))
        next(alarm for alarm in alarms if alarm["AlarmName"].endswith(name))[key] = value

    return plant


def _swap_priorities(synthesis: Synthesis) -> None:
    rules = {found.id: found.properties for found in synthesis.resources("AWS::ElasticLoadBalancingV2::ListenerRule")}
    forward, stop = (next(rules[key] for key in rules if key.startswith(f"{kind}http")) for kind in ("forward", "stop"))
    forward["Priority"], stop["Priority"] = stop["Priority"], forward["Priority"]


def _everybody_reads_assets(synthesis: Synthesis) -> None:
    policy = _first(synthesis, "AWS::S3::BucketPolicy", "assets")
    policy["PolicyDocument"]["Statement"].append(
        {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource": "*"}
    )


def _clear_text_bucket(synthesis: Synthesis) -> None:
    statements = _first(synthesis, "AWS::S3::BucketPolicy", "recordings")["PolicyDocument"]["Statement"]
    statements[:] = [statement for statement in statements if statement["Effect"] != "Deny"]


def _fifty_more_rules(synthesis: Synthesis) -> None:
    group = next(found for found in synthesis.resources("AWS::EC2::SecurityGroup") if "balancer" in found.id)
    rules = group.properties.setdefault("SecurityGroupIngress", [])
    rules += [{"CidrIp": f"10.0.{index}.0/24", "IpProtocol": "tcp"} for index in range(6)]


def _mount_writes(container: Container) -> None:
    container.definition["MountPoints"][0]["ReadOnly"] = False


def _root_on_volume(synthesis: Synthesis) -> None:
    for statement in synthesis.statements_of_task(synthesis.container("sink")):
        statement["Action"] = [*statement["Action"], "elasticfilesystem:ClientRootAccess"]


def _drop(rules: dict[str, Json], name: str) -> None:
    del rules[name]


def _body_rule_blocks(rules: dict[str, Json]) -> None:
    group = rules["AWSManagedRulesCommonRuleSet"]["Statement"]["ManagedRuleGroupStatement"]
    group["RuleActionOverrides"] = [
        item for item in group["RuleActionOverrides"] if item["Name"] != "SizeRestrictions_BODY"
    ]


def _other_ingest(rules: dict[str, Json]) -> None:
    statement = rules["bodies-off-public-paths"]["Statement"]["AndStatement"]["Statements"][1]
    matches = statement["NotStatement"]["Statement"]["OrStatement"]["Statements"]
    matches[0]["ByteMatchStatement"]["SearchString"] = "other"


REDIS, CLUSTER = "AWS::ElastiCache::ReplicationGroup", "AWS::RDS::DBCluster"
FAULTS: dict[str, Fault] = {
    "a second sink": Fault("singletons", _service("sink", "DesiredCount", to=2)),
    "two enders during a deployment": Fault(
        "singletons", _service("ender", "DeploymentConfiguration", "MaximumPercent", to=200)
    ),
    "db is kept while its successor starts": Fault(
        "singletons", _service("db", "DeploymentConfiguration", "MinimumHealthyPercent", to=100)
    ),
    "assets is rebalanced": Fault("singletons", _service("assets", "AvailabilityZoneRebalancing", to="ENABLED")),
    "heuristics on Spot": Fault(
        "singletons", _service("heuristics", "CapacityProviderStrategy", to=[{"CapacityProvider": "FARGATE_SPOT"}])
    ),
    "something scales": Fault(
        "singletons", _resource("openreplay", "AWS::ApplicationAutoScaling::ScalableTarget", {"MaxCapacity": 3})
    ),
    "a service is missing": Fault("services", _without("AWS::ECS::Service", "storage")),
    "a task has a public address": Fault(
        "services", _service("umami", "NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp", to="ENABLED")
    ),
    "umami behind no balancer": Fault("services", _service("umami", "LoadBalancers", to=[])),
    "a failed deployment stays": Fault(
        "services", _service("http", "DeploymentConfiguration", "DeploymentCircuitBreaker", to={"Enable": False})
    ),
    "a secret is a plain variable": Fault("secrets", _variable("http", "TOKEN_SECRET", "planted")),
    "APP_SECRET is missing": Fault("secrets", _without_secret("umami", "APP_SECRET")),
    "a refresh secret is left to its default": Fault("secrets", _without_secret("chalice", "JWT_REFRESH_SECRET")),
    "a baked secret is left to its default": Fault("baked-defaults", _without_secret("ender", "JWT_SECRET")),
    "static keys": Fault("static-keys", _variable("storage", "AWS_ACCESS_KEY_ID", "planted")),
    "an endpoint of S3": Fault("static-keys", _variable("api", "AWS_ENDPOINT", "planted")),
    "an image by its tag": Fault("images", _definition("chalice", "Image", "chalice:latest")),
    "an image for Graviton": Fault("images", _task("sink", "RuntimePlatform", {"CpuArchitecture": "ARM64"})),
    "a health check in an image without a shell": Fault(
        "health", _definition("frontend", "HealthCheck", {"Command": ["CMD-SHELL", "wget -q localhost"]})
    ),
    "a health check by a program that is not there": Fault(
        "health", _definition("http", "HealthCheck", {"Command": ["CMD-SHELL", "curl localhost"]})
    ),
    "a shell keeps SIGTERM": Fault("shutdown", _definition("sink", "EntryPoint", ["sh", "-c", "service"])),
    "30 seconds to stop": Fault("shutdown", _definition("ender", "StopTimeout", 30)),
    "streams trimmed by number": Fault("streams", _variable("http", "REDIS_STREAMS_TTL_SEC", "0")),
    "every start migrates": Fault("umami-migration", _variable("umami", "SKIP_DB_MIGRATION", "0")),
    "another image migrates": Fault("umami-migration", _definition("umami-migrate", "Image", "other@sha256:0")),
    "telemetry of Umami": Fault("umami-privacy", _variable("umami", "DISABLE_TELEMETRY", "0")),
    "an address that browsers can write": Fault(
        "umami-privacy", _variable("umami", "CLIENT_IP_HEADER", "x-forwarded-for")
    ),
    "4 vCPU for Umami": Fault("sizes", _task("umami", "Cpu", "4096")),
    "the volume is not encrypted": Fault("volume", _set("AWS::EFS::FileSystem", "Encrypted", to=False)),
    "the access point of root": Fault("volume", _set("AWS::EFS::AccessPoint", "PosixUser", "Uid", to="0")),
    "backups of raw recordings": Fault("volume", _set("AWS::EFS::FileSystem", "BackupPolicy", "Status", to="ENABLED")),
    "storage may write": Fault("volume-mounts", _container("storage", _mount_writes)),
    "root on the volume": Fault("volume-mounts", _root_on_volume),
    "no cleaner": Fault("cleaner", _without("AWS::Events::Rule", "cleanvolume")),
    "the cleaner keeps a week": Fault("cleaner", _variable("clean-volume", "KEEP_MINUTES", "10080")),
    "a bucket may be public": Fault(
        "buckets",
        _set("AWS::S3::Bucket", "PublicAccessBlockConfiguration", "BlockPublicPolicy", to=False, name="assets"),
    ),
    "everybody reads assets": Fault("buckets", _everybody_reads_assets),
    "a bucket without TLS": Fault("buckets", _clear_text_bucket),
    "recordings stay": Fault("expiry", _lifecycle("recordings", "ExpirationInDays", 3650)),
    "an expiry that is off": Fault("expiry", _lifecycle("assets", "Status", "Disabled")),
    "broken uploads stay": Fault("expiry", _lifecycle("sourcemaps", "AbortIncompleteMultipartUpload", {})),
    "versions stay": Fault(
        "expiry", _set("AWS::S3::Bucket", "VersioningConfiguration", to={"Status": "Enabled"}, name="recordings")
    ),
    "PostgreSQL 18": Fault("engines", _set(CLUSTER, "EngineVersion", to="18.1")),
    "Aurora is not encrypted": Fault("aurora", _set(CLUSTER, "StorageEncrypted", to=False)),
    "Aurora without TLS": Fault(
        "aurora", _set("AWS::RDS::DBClusterParameterGroup", "Parameters", "rds.force_ssl", to="0")
    ),
    "Aurora pauses": Fault("aurora", _set(CLUSTER, "ServerlessV2ScalingConfiguration", "MinCapacity", to=0)),
    "a public instance": Fault("aurora", _set("AWS::RDS::DBInstance", "PubliclyAccessible", to=True)),
    "Umami does not verify": Fault("tls", _secret_text("umami-database-url", "verify-full", "no-verify")),
    "Redis in clear text": Fault("tls", _secret_text("redis-url", "rediss://", "redis://")),
    "ClickHouse in clear text": Fault("tls", _variable("db", "CLICKHOUSE_USE_TLS", "false")),
    "Umami without a limit": Fault("umami-connections", _variable("database", "UMAMI_CONNECTIONS", "-1")),
    "Umami as the other's user": Fault(
        "umami-connections", _secret_text("umami-database-url", "//umami:", "//openreplay:")
    ),
    "streams are evicted": Fault(
        "redis", _set("AWS::ElastiCache::ParameterGroup", "Properties", "maxmemory-policy", to="volatile-lru")
    ),
    "Redis in cluster mode": Fault("redis", _set(REDIS, "ClusterMode", to="enabled")),
    "Redis without TLS": Fault("redis", _set(REDIS, "TransitEncryptionEnabled", to=False)),
    "an interface for everybody": Fault(
        "public-paths",
        _function(
            '"service": "chalice", "strip": true, "public": false',
            '"service": "chalice", "strip": true, "public": true',
        ),
    ),
    "the recorder of Umami is public": Fault("public-paths", _function('"/api/send"', '"/api/record"')),
    "the office is not asked for": Fault(
        "public-paths", _firewall(lambda rules: _drop(rules, "interfaces-from-office"))
    ),
    "a public balancer": Fault(
        "balancer", _set("AWS::ElasticLoadBalancingV2::LoadBalancer", "Scheme", to="internet-facing")
    ),
    "anybody may connect": Fault(
        "balancer",
        _resource(
            "network", "AWS::EC2::SecurityGroupIngress", {"CidrIp": "0.0.0.0/0", "GroupId": {"Fn::GetAtt": ["x", "y"]}}
        ),
    ),
    "the red button is pressed the wrong way": Fault("red-button", _swap_priorities),
    "no red button": Fault("red-button", _without("AWS::ElasticLoadBalancingV2::ListenerRule", "stophttp")),
    "ingest is cached": Fault("ingest", _behaviour("/o/*", "CachePolicyId", "658327ea-f89d-4fab-a63d-7e88639e58f6")),
    "ingest takes GET alone": Fault("ingest", _behaviour("/o/*", "AllowedMethods", ["GET", "HEAD"])),
    "headers are lost": Fault("ingest", _behaviour("/u/*", "OriginRequestPolicyId", "other")),
    "clear text from browsers": Fault("ingest", _behaviour("/o/*", "ViewerProtocolPolicy", "allow-all")),
    "the function does not run": Fault("ingest", _behaviour("/u/s.js", "FunctionAssociations", [])),
    "a preflight without datatype": Fault(
        "cors",
        _set(
            "AWS::CloudFront::ResponseHeadersPolicy",
            "ResponseHeadersPolicyConfig",
            "CorsConfig",
            "AccessControlAllowHeaders",
            "Items",
            to=["Content-Type", "Authorization", "Content-Encoding"],
            name="cors",
        ),
    ),
    "every origin may send": Fault(
        "cors",
        _set(
            "AWS::CloudFront::ResponseHeadersPolicy",
            "ResponseHeadersPolicyConfig",
            "CorsConfig",
            "AccessControlAllowOrigins",
            "Items",
            to=["*"],
            name="cors",
        ),
    ),
    "bodies over 8 KB are blocked": Fault("firewall", _firewall(_body_rule_blocks)),
    "ingest is not excepted": Fault("firewall", _firewall(_other_ingest)),
    "bodies pass everywhere": Fault("firewall", _firewall(lambda rules: _drop(rules, "bodies-off-public-paths"))),
    "the firewall protects nothing": Fault("firewall", _without("AWS::WAFv2::WebACLAssociation")),
    "the script is kept for a day": Fault(
        "script-cache", _set("AWS::CloudFront::CachePolicy", "CachePolicyConfig", "MaxTTL", to=86_400)
    ),
    "a record of somebody's zone": Fault("account", _resource("edge", "AWS::Route53::RecordSet", {})),
    "a rule on a foreign group": Fault(
        "existing-network", _resource("network", "AWS::EC2::SecurityGroupIngress", {"GroupId": "sg-0123456789abcdef0"})
    ),
    "a bucket of the application": Fault("application", _variable("sink", "BUCKET_NAME", "acme-uploads")),
    "more vCPU than there are": Fault("quotas", _service("http", "DesiredCount", to=50)),
    "more rules than a group has": Fault("quotas", _fifty_more_rules),
    "an alarm that nobody hears": Fault("alarms", _alarm("ingest-errors", "AlarmActions", [])),
    "an alarm without a page": Fault("alarms", _alarm("redis-memory", "AlarmDescription", "look")),
    "silence counts as well": Fault("alarms", _alarm("cleaner-silent", "TreatMissingData", "notBreaching")),
    "a missing alarm": Fault("alarms", _without("AWS::CloudWatch::Alarm", "sinkdown")),
    "nobody is called": Fault("callers", _without("AWS::SNS::Subscription")),
    "no budget": Fault("budget", _without("AWS::Budgets::Budget")),
    "a budget without a warning": Fault("budget", _set("AWS::Budgets::Budget", "NotificationsWithSubscribers", to=[])),
    "a role reads the application": Fault("rights", _allow("http", "s3:Get*", "arn:aws:s3:::acme-*/*")),
    "a role reads every bucket": Fault("rights", _allow("umami", "s3:*", "*")),
    "a role reads a bucket with a name like ours": Fault(
        "rights", _allow("api", "s3:GetObject", "arn:aws:s3:::production-recordings-*/*")
    ),
    "storage may delete": Fault(
        "rights", _allow("storage", "s3:DeleteObject", "arn:aws:s3:::production-recordings-111122223333-us-east-1/*")
    ),
    "storage may not write": Fault("rights", _without("AWS::IAM::Policy", "storagetaskdefinitionTaskRole")),
}


def of_check(name: str) -> Iterator[str]:
    """The faults that a check has to see."""
    return (title for title, fault in FAULTS.items() if fault.check == name)
