"""Umami: one service that never migrates, behind the edge."""

from aws_cdk import Stack
from constructs import Construct

from deploy.parameters import Profile
from deploy.parameters.problem import version_of
from deploy.services import umami
from deploy.stacks.common import environment_of
from deploy.stacks.containers import Containers
from deploy.stacks.data import DataStack
from deploy.stacks.edge import EdgeStack
from deploy.stacks.network import NetworkStack
from deploy.stacks.services import add_service


class UmamiStack(Stack):
    """Deployed after `umami-migrate` has ended well."""

    def __init__(
        self, scope: Construct, profile: Profile, network: NetworkStack, data: DataStack, edge: EdgeStack
    ) -> None:
        super().__init__(scope, f"{profile.name}-umami", env=environment_of(profile))
        service = umami.service(version_of(profile.umami.version)[0], profile.umami.tasks)
        add_service(
            Containers(self, profile, network, data),
            service,
            profile.umami.size,
            tasks=service.tasks,
            name="umami",
            target=edge.targets["umami"],
        )
