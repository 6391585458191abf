"""The optional tools: Grafana behind the edge, and the nightly verification against this deployment."""

from aws_cdk import Stack
from constructs import Construct

from deploy.parameters import Profile
from deploy.parameters.model import Size
from deploy.services.tools import GRAFANA, NIGHTLY
from deploy.stacks.common import environment_of
from deploy.stacks.containers import Containers
from deploy.stacks.data import DataStack
from deploy.stacks.edge import EdgeStack
from deploy.stacks.jobs import add_job
from deploy.stacks.network import NetworkStack
from deploy.stacks.services import add_service

GRAFANA_SIZE = Size(cpu=256, memory=512)
NIGHTLY_SIZE = Size(cpu=2048, memory=4096)  # Chromium, two workers


class ToolsStack(Stack):
    """Nothing of Umami or OpenReplay needs it."""

    def __init__(
        self, scope: Construct, profile: Profile, network: NetworkStack, data: DataStack, edge: EdgeStack
    ) -> None:
        super().__init__(scope, f"{profile.name}-tools", env=environment_of(profile))
        containers = Containers(self, profile, network, data)
        if profile.tools.grafana:
            add_service(
                containers, GRAFANA, GRAFANA_SIZE, tasks=GRAFANA.tasks, name="grafana", target=edge.targets["grafana"]
            )
        if profile.tools.nightly:
            add_job(containers, NIGHTLY, NIGHTLY_SIZE)
