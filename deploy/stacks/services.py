"""An ECS service: in private subnets, behind its target group, recovered by ECS, rolled back if it does not start."""

from aws_cdk import Duration
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_elasticloadbalancingv2 as elb
from aws_cdk import aws_servicediscovery as discovery

from deploy.parameters.model import Size
from deploy.services.model import Service
from deploy.stacks.containers import Containers, ContainerSpec

GRACE_SECONDS = 180  # Umami's and chalice's start, with room


def spec_of(service: Service, image: str, size: Size) -> ContainerSpec:
    """
    What a service's task runs.

    Args:
        service: The service.
        image: The name of its image in the profile.
        size: CPU units and memory of a task.

    """
    return ContainerSpec(
        name=service.name,
        image=image,
        size=size,
        environment=service.environment,
        secrets=service.secrets,
        health=service.health,
        ports=service.ports,
        entry_point=service.entry_point,
        volume=service.volume,
        grants=service.grants,
    )


def add_service(
    containers: Containers,
    service: Service,
    size: Size,
    *,
    tasks: int,
    name: str,
    target: elb.IApplicationTargetGroup | None,
) -> ecs.FargateService:
    """
    Run a service.

    Args:
        containers: Makes the task definition.
        service: The service.
        size: CPU units and memory of a task.
        tasks: How many run.
        name: Its name in the private zone.
        target: The target group that its route has, if it has one.

    """
    network = containers.network
    running = ecs.FargateService(
        containers.stack,
        service.name,
        service_name=service.name,
        cluster=network.cluster,
        task_definition=containers.task(spec_of(service, service.name, size)),
        desired_count=tasks,
        # A singleton is stopped before its successor starts: two at once split or lose sessions.
        min_healthy_percent=0 if service.singleton else 100,
        max_healthy_percent=100 if service.singleton else 200,
        availability_zone_rebalancing=(
            ecs.AvailabilityZoneRebalancing.DISABLED if service.singleton else ecs.AvailabilityZoneRebalancing.ENABLED
        ),
        circuit_breaker=ecs.DeploymentCircuitBreaker(enable=True, rollback=True),
        assign_public_ip=False,
        vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
        security_groups=[network.groups[service.group]],
        platform_version=ecs.FargatePlatformVersion.VERSION1_4,
        health_check_grace_period=Duration.seconds(GRACE_SECONDS) if target else None,
        cloud_map_options=ecs.CloudMapOptions(
            name=name,
            cloud_map_namespace=network.namespace,
            dns_record_type=discovery.DnsRecordType.A,
            dns_ttl=Duration.seconds(10),
        ),
    )
    if target and service.route:
        target.add_target(running.load_balancer_target(container_name=service.name, container_port=service.route.port))
    return running
