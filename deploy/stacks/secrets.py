"""The secrets: generated, composed into URLs, or imported; tasks get them from Secrets Manager alone."""

from aws_cdk import RemovalPolicy, SecretValue
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_secretsmanager as sm
from constructs import Construct

from deploy.parameters import Profile
from deploy.parameters.problem import version_of
from deploy.services.reach import POSTGRES_PORT, REDIS_PORT
from deploy.services.secrets import GENERATED
from deploy.services.umami import TLS
from deploy.stacks.accepted import accept

LENGTH = 40
ROTATED_BY_HAND = (
    "Neither product reads a new secret while it runs: rotation is a page of the runbook, with a deployment."
)


class Secrets(Construct):
    """Every secret of a deployment by name."""

    def __init__(self, scope: Construct, profile: Profile) -> None:
        super().__init__(scope, "secrets")
        accept(self, "SMG4", ROTATED_BY_HAND)
        self._profile = profile
        self.by_name: dict[str, sm.ISecret] = {name: self._generated(name) for name in GENERATED}
        self.by_name["clickhouse"] = sm.Secret.from_secret_complete_arn(
            self, "clickhouse", profile.clickhouse.password_secret
        )

    def text_of(self, name: str) -> str:
        """A reference that CloudFormation resolves when it deploys; the template holds no value."""
        return self.by_name[name].secret_value.unsafe_unwrap()

    def compose_urls(self, database_host: str, redis_host: str) -> None:
        """
        Add the URLs that hold a password.

        Args:
            database_host: Aurora's writer.
            redis_host: The primary node of Redis.

        """
        major = version_of(self._profile.umami.version)[0]
        database = f"{database_host}:{POSTGRES_PORT}"
        urls = {
            # The images of OpenReplay have no CA of RDS: encrypted, not verified. docs/decisions/tls.md
            "openreplay-database-url": f"postgresql://openreplay:{self.text_of('openreplay-database')}@{database}/openreplay?sslmode=require",
            "umami-database-url": f"postgresql://umami:{self.text_of('umami-database')}@{database}/umami?{TLS[major]}",
            "redis-url": f"rediss://:{self.text_of('redis')}@{redis_host}:{REDIS_PORT}",
        }
        for name, url in urls.items():
            self.by_name[name] = sm.Secret(
                self, name, secret_name=self._name(name), secret_string_value=SecretValue.unsafe_plain_text(url)
            )

    def for_containers(self) -> dict[str, ecs.Secret]:
        """The secrets as a container definition takes them."""
        return {name: ecs.Secret.from_secrets_manager(secret) for name, secret in self.by_name.items()}

    def _generated(self, name: str) -> sm.Secret:
        return sm.Secret(
            self,
            name,
            secret_name=self._name(name),
            description=GENERATED[name],
            removal_policy=RemovalPolicy.RETAIN,
            generate_secret_string=sm.SecretStringGenerator(exclude_punctuation=True, password_length=LENGTH),
        )

    def _name(self, name: str) -> str:
        return f"{self._profile.name}/{name}"
