"""Checks of limits: quotas of the account, computed from the templates."""

from collections import Counter
from collections.abc import Iterator

from deploy.checks.synthesis import Synthesis, flat


def vcpu(synthesis: Synthesis) -> float:
    """The vCPU that run at once during a deployment, jobs included."""
    total = 0.0
    for service in synthesis.services().values():
        size = int(synthesis.container(service["ServiceName"]).task.properties["Cpu"]) / 1024
        total += size * service["DesiredCount"] * service["DeploymentConfiguration"]["MaximumPercent"] / 100
    names = set(synthesis.services())
    jobs = [int(found.task.properties["Cpu"]) / 1024 for found in synthesis.containers() if found.name not in names]
    return total + sum(jobs)


def rules_of_groups(synthesis: Synthesis) -> dict[str, int]:
    """For each security group and direction, the rules that count, a prefix list by its weight."""
    counted: Counter[str] = Counter()
    weight = synthesis.profile.quotas.prefix_list_weight
    for group in synthesis.resources("AWS::EC2::SecurityGroup"):
        for direction in ("Ingress", "Egress"):
            for rule in group.properties.get(f"SecurityGroup{direction}", []):
                counted[f"{group.id} {direction}"] += weight if flat(rule).count("PrefixListId") else 1
    for direction in ("Ingress", "Egress"):
        for rule in synthesis.resources(f"AWS::EC2::SecurityGroup{direction}"):
            name = rule.properties["GroupId"]["Fn::GetAtt"][0]
            counted[f"{name} {direction}"] += weight if flat(rule.properties).count("PrefixListId") else 1
    return dict(counted)


def quotas_are_kept(synthesis: Synthesis) -> Iterator[str]:
    """Nothing that the templates ask for is more than the account has."""
    quotas = synthesis.profile.quotas
    figures: dict[str, tuple[float, int]] = {
        "Fargate vCPU during a deployment": (vcpu(synthesis), quotas.fargate_vcpu),
        "elastic addresses": (len(list(synthesis.resources("AWS::EC2::EIP"))), quotas.elastic_addresses),
        "target groups": (
            len(list(synthesis.resources("AWS::ElasticLoadBalancingV2::TargetGroup"))),
            quotas.target_groups_per_balancer,
        ),
        "rules of the balancer": (
            len(list(synthesis.resources("AWS::ElasticLoadBalancingV2::ListenerRule"))),
            quotas.rules_per_balancer,
        ),
    }
    for name, count in rules_of_groups(synthesis).items():
        figures[f"rules of {name}"] = (count, quotas.security_group_rules)
    for name, service in synthesis.services().items():
        groups = service["NetworkConfiguration"]["AwsvpcConfiguration"]["SecurityGroups"]
        figures[f"security groups of {name}"] = (len(groups), quotas.security_groups_per_interface)
        figures[f"target groups of {name}"] = (len(service.get("LoadBalancers", [])), quotas.target_groups_per_service)
    for task in synthesis.resources("AWS::ECS::TaskDefinition"):
        figures[f"containers of {task.id}"] = (len(task.properties["ContainerDefinitions"]), quotas.containers_per_task)
    yield from (f"{name}: {used:g} of {limit}" for name, (used, limit) in figures.items() if used > limit)
