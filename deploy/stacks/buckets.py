"""The buckets: private, encrypted, TLS only, and every object expires."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from deploy.parameters import Profile
from deploy.services.model import BUCKETS
from deploy.services.openreplay import DELETE_DAYS
from deploy.stacks.common import bucket_name

DELETED_TAG = {"to_delete_in_days": DELETE_DAYS}  # chalice sets it when a person's sessions are deleted


class Buckets(Construct):
    """Recordings, assets, source maps, and the log of who read them."""

    def __init__(self, scope: Construct, profile: Profile) -> None:
        super().__init__(scope, "buckets")
        self._profile = profile
        self.logs = self._bucket("logs", profile.retention.logs_days, None)
        days = profile.retention
        kept = {"recordings": days.recordings_days, "assets": days.assets_days, "sourcemaps": days.sourcemaps_days}
        self.by_name = {name: self._bucket(name, kept[name], self.logs) for name in BUCKETS}
        self.by_name["recordings"].add_cors_rule(
            allowed_methods=[s3.HttpMethods.GET], allowed_origins=[f"https://{profile.edge.replay_host}"]
        )
        self.by_name["recordings"].add_lifecycle_rule(
            id="deleted-person", tag_filters=DELETED_TAG, expiration=Duration.days(int(DELETE_DAYS))
        )
        self._let_cloudfront_read_assets()

    def _bucket(self, name: str, days: int, log: s3.IBucket | None) -> s3.Bucket:
        return s3.Bucket(
            self,
            name,
            bucket_name=bucket_name(self._profile, name),
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            removal_policy=RemovalPolicy.RETAIN,
            server_access_logs_bucket=log,
            server_access_logs_prefix=f"{name}/" if log else None,
            lifecycle_rules=[
                s3.LifecycleRule(
                    id="expire",
                    expiration=Duration.days(days),
                    abort_incomplete_multipart_upload_after=Duration.days(1),
                )
            ],
        )

    def _let_cloudfront_read_assets(self) -> None:
        """The account's distributions alone; the distribution itself lets only the office in."""
        self.by_name["assets"].add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("cloudfront.amazonaws.com")],
                actions=["s3:GetObject"],
                resources=[self.by_name["assets"].arn_for_objects("*")],
                conditions={
                    "StringEquals": {"aws:SourceAccount": self._profile.account.id},
                    "ArnLike": {"aws:SourceArn": f"arn:aws:cloudfront::{self._profile.account.id}:distribution/*"},
                },
            )
        )
