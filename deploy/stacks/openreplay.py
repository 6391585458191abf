"""OpenReplay: its services, the singletons as singletons; the frontend last."""

from aws_cdk import Stack
from constructs import Construct

from deploy.parameters import Profile
from deploy.services.openreplay import chosen
from deploy.stacks.common import environment_of
from deploy.stacks.containers import Containers
from deploy.stacks.data import DataStack
from deploy.stacks.edge import EdgeStack
from deploy.stacks.network import NetworkStack
from deploy.stacks.services import add_service


class OpenReplayStack(Stack):
    """Deployed after `openreplay-migrate` has ended well."""

    def __init__(
        self, scope: Construct, profile: Profile, network: NetworkStack, data: DataStack, edge: EdgeStack
    ) -> None:
        super().__init__(scope, f"{profile.name}-openreplay", env=environment_of(profile))
        containers = Containers(self, profile, network, data)
        wanted = profile.openreplay
        for service in chosen(assist=wanted.assist, sourcemaps=wanted.sourcemaps):
            add_service(
                containers,
                service,
                wanted.sizes.get(service.name, wanted.size),
                tasks=wanted.tasks.get(service.name, service.tasks),
                name=f"{service.name}-openreplay",
                target=edge.targets.get(service.name),
            )
