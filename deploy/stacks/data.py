"""The data: Aurora for both products, Redis, the shared volume, the buckets, and every secret."""

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_efs as efs
from aws_cdk import aws_elasticache as elasticache
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_rds as rds
from constructs import Construct

from deploy.parameters import Profile
from deploy.services.reach import REDIS_PORT
from deploy.stacks.accepted import accept
from deploy.stacks.buckets import Buckets
from deploy.stacks.common import environment_of, retention_of
from deploy.stacks.network import NetworkStack
from deploy.stacks.secrets import ROTATED_BY_HAND, Secrets

TASK_USER = "1001"  # the user of OpenReplay's images


class DataStack(Stack):
    """What outlives every deployment."""

    def __init__(self, scope: Construct, profile: Profile, network: NetworkStack) -> None:
        super().__init__(scope, f"{profile.name}-data", env=environment_of(profile))
        self._profile, self._network = profile, network
        self.secrets = Secrets(self, profile)
        self.buckets = Buckets(self, profile)
        self.database = self._database()
        accept(self.database, "SMG4", ROTATED_BY_HAND)
        self.redis = self._redis()
        self.volume = self._volume()
        self.access_point = self._access_point()
        self.secrets.compose_urls(self.database.cluster_endpoint.hostname, self.redis.attr_primary_end_point_address)

    def _database(self) -> rds.DatabaseCluster:
        data = self._profile.data
        engine = rds.DatabaseClusterEngine.aurora_postgres(
            version=rds.AuroraPostgresEngineVersion.of(data.postgres, data.postgres.split(".")[0])
        )
        parameters = rds.ParameterGroup(
            self,
            "database-parameters",
            engine=engine,
            description="TLS is demanded; connections are limited",
            parameters={"rds.force_ssl": "1", "max_connections": str(data.max_connections)},
        )
        name = f"{self._profile.name}-analytics"
        logs.LogGroup(
            self,
            "database-log",
            log_group_name=f"/aws/rds/cluster/{name}/postgresql",
            retention=retention_of(self._profile.retention.logs_days),
        )
        return rds.DatabaseCluster(
            self,
            "database",
            cluster_identifier=name,
            engine=engine,
            parameter_group=parameters,
            credentials=rds.Credentials.from_generated_secret(
                "administrator",
                secret_name=f"{self._profile.name}/administrator",
                exclude_characters=" %+~`#$&*()|[]{}:;<>?!'/@\"\\",
            ),
            vpc=self._network.vpc,
            vpc_subnets=self._network.data_subnets,
            security_groups=[self._network.groups["database"]],
            writer=rds.ClusterInstance.serverless_v2("writer", publicly_accessible=False),
            readers=[
                rds.ClusterInstance.serverless_v2(f"reader{index}", scale_with_writer=True, publicly_accessible=False)
                for index in range(data.readers)
            ],
            serverless_v2_min_capacity=data.min_capacity,
            serverless_v2_max_capacity=data.max_capacity,
            storage_encrypted=True,
            iam_authentication=True,
            deletion_protection=data.deletion_protection,
            removal_policy=RemovalPolicy.SNAPSHOT,
            backup=rds.BackupProps(retention=Duration.days(data.backup_days)),
            copy_tags_to_snapshot=True,
            cloudwatch_logs_exports=["postgresql"],
        )

    def _redis(self) -> elasticache.CfnReplicationGroup:
        """Cluster mode off: several streams are read at once. Nothing is evicted: streams have no TTL."""
        data = self._profile.data
        subnets = elasticache.CfnSubnetGroup(
            self,
            "redis-subnets",
            description="data",
            subnet_ids=self._network.vpc.select_subnets(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED).subnet_ids,
        )
        parameters = elasticache.CfnParameterGroup(
            self,
            "redis-parameters",
            cache_parameter_group_family="valkey8",
            description="streams are never evicted",
            properties={"maxmemory-policy": "noeviction", "cluster-enabled": "no"},
        )
        return elasticache.CfnReplicationGroup(
            self,
            "redis",
            replication_group_id=f"{self._profile.name}-redis",
            replication_group_description="streams of sessions",
            engine="valkey",
            engine_version="8.0",
            cache_node_type=data.redis_node,
            num_cache_clusters=1 + data.redis_replicas,
            automatic_failover_enabled=data.redis_replicas > 0,
            multi_az_enabled=data.redis_replicas > 0,
            cluster_mode="disabled",
            port=REDIS_PORT,
            cache_parameter_group_name=parameters.ref,
            cache_subnet_group_name=subnets.ref,
            security_group_ids=[self._network.groups["redis"].security_group_id],
            transit_encryption_enabled=True,
            transit_encryption_mode="required",
            at_rest_encryption_enabled=True,
            auth_token=self.secrets.text_of("redis"),
            snapshot_retention_limit=1,
        )

    def _volume(self) -> efs.FileSystem:
        """Raw recordings before they are uploaded: encrypted, reached through one access point, and in no backup."""
        return efs.FileSystem(
            self,
            "volume",
            vpc=self._network.vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
            security_group=self._network.groups["volume"],
            encrypted=True,
            throughput_mode=efs.ThroughputMode.ELASTIC,
            enable_automatic_backups=False,
            removal_policy=RemovalPolicy.RETAIN,
            file_system_policy=iam.PolicyDocument(
                statements=[
                    iam.PolicyStatement(
                        effect=iam.Effect.DENY,
                        principals=[iam.AnyPrincipal()],
                        actions=["*"],
                        resources=["*"],
                        conditions={"Bool": {"aws:SecureTransport": "false"}},
                    )
                ]
            ),
        )

    def _access_point(self) -> efs.AccessPoint:
        return self.volume.add_access_point(
            "recordings",
            path="/openreplay",
            posix_user=efs.PosixUser(uid=TASK_USER, gid=TASK_USER),
            create_acl=efs.Acl(owner_uid=TASK_USER, owner_gid=TASK_USER, permissions="0750"),
        )
