"""Checks of tasks and services: singletons, secrets, images, health, shutdown, migration, sizes."""

from collections.abc import Iterator

from deploy.checks.synthesis import Container, Synthesis, flat
from deploy.parameters.problem import version_of
from deploy.services import openreplay, umami
from deploy.services.jobs import jobs
from deploy.services.model import Service
from deploy.services.secrets import SECRET_VARIABLES
from deploy.services.tools import GRAFANA, NIGHTLY

STATIC_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT", "S3_HOST", "S3_KEY", "S3_SECRET")
STOP_SECONDS = 120
# The programs of each kind of image that a health check may start.
PROGRAMS = {"go": {"wget"}, "python": {"wget"}, "node": {"wget", "curl"}, "nginx": set[str]()}
CRITERION_CPU = {"umami": (256, 512), "openreplay": (512, 1024)}
CRITERION_MEMORY = {"umami": (512, 1024), "openreplay": (1024, 2048)}


def wanted_services(synthesis: Synthesis) -> dict[str, Service]:
    """Every service that the profile asks for, by name."""
    profile = synthesis.profile
    chosen = openreplay.chosen(assist=profile.openreplay.assist, sourcemaps=profile.openreplay.sourcemaps)
    services = (*chosen, umami.service(version_of(profile.umami.version)[0], profile.umami.tasks))
    return {service.name: service for service in services} | ({"grafana": GRAFANA} if profile.tools.grafana else {})


def services_are_there(synthesis: Synthesis) -> Iterator[str]:
    """Each service of the profile runs, in private subnets without a public address, and nothing else does."""
    found = synthesis.services()
    wanted = wanted_services(synthesis)
    for name in sorted(set(wanted) ^ set(found)):
        yield f"{name}: {'is not deployed' if name in wanted else 'is no service of the profile'}"
    for name, service in found.items():
        network = service["NetworkConfiguration"]["AwsvpcConfiguration"]
        if network.get("AssignPublicIp") != "DISABLED":
            yield f"{name}: has a public address"
        if "servicesSubnet" not in flat(network["Subnets"]) and not synthesis.profile.network.existing:
            yield f"{name}: is not in the private subnets"
        if name in wanted and wanted[name].route and not service.get("LoadBalancers"):
            yield f"{name}: is behind no balancer"
        breaker = service["DeploymentConfiguration"].get("DeploymentCircuitBreaker", {})
        if breaker != {"Enable": True, "Rollback": True}:
            yield f"{name}: a failed deployment is not rolled back"


def singletons_are_single(synthesis: Synthesis) -> Iterator[str]:
    """A singleton is stopped before its successor starts, is never moved between zones, and never scaled."""
    found = synthesis.services()
    for name, service in wanted_services(synthesis).items():
        if not service.singleton or name not in found:
            continue
        made, rollout = found[name], found[name]["DeploymentConfiguration"]
        if made["DesiredCount"] != 1:
            yield f"{name}: {made['DesiredCount']} tasks"
        if (rollout["MinimumHealthyPercent"], rollout["MaximumPercent"]) != (0, 100):
            yield f"{name}: two tasks at once during a deployment"
        if made.get("AvailabilityZoneRebalancing") != "DISABLED":
            yield f"{name}: rebalancing starts a second task"
        if made.get("CapacityProviderStrategy") or made.get("LaunchType") != "FARGATE":
            yield f"{name}: may be interrupted (Spot)"
    for target in synthesis.resources("AWS::ApplicationAutoScaling::ScalableTarget"):
        yield f"{target.id}: nothing here is scaled by itself"


def secrets_are_secrets(synthesis: Synthesis) -> Iterator[str]:
    """Every secret of a service comes from Secrets Manager; none is plain, and none is left to an image's default."""
    wanted = {name: service.secrets for name, service in wanted_services(synthesis).items()}
    wanted |= {job.name: job.secrets for job in (*jobs(), NIGHTLY)}
    for container in synthesis.containers():
        plain = sorted(SECRET_VARIABLES & set(container.environment))
        yield from (f"{container.name}: {name} is a plain variable" for name in plain)
        missing = sorted(set(wanted.get(container.name, ())) - set(container.secrets))
        yield from (f"{container.name}: {name} is left to the image's default" for name in missing)
        for name, value in container.environment.items():
            if "resolve:secretsmanager" in flat(value):
                yield f"{container.name}: {name} holds a secret"


def baked_defaults_are_replaced(synthesis: Synthesis) -> Iterator[str]:
    """The Go images have public defaults for these, whether a service reads them or not."""
    for name, service in wanted_services(synthesis).items():
        if service.kind == "go":
            missing = {"JWT_SECRET", "JWT_SPOT_SECRET"} - set(synthesis.container(name).secrets)
            yield from (f"{name}: {variable} has a public default" for variable in sorted(missing))


def no_static_keys(synthesis: Synthesis) -> Iterator[str]:
    """No container has keys or an endpoint of S3: with either, roles are not used, or TLS is not."""
    for container in synthesis.containers():
        names = set(container.environment) | set(container.secrets)
        yield from (f"{container.name}: {name}" for name in STATIC_KEYS if name in names)


def images_are_pinned(synthesis: Synthesis) -> Iterator[str]:
    """Every image is named by its digest, with the version beside it, and runs on the only architecture there is."""
    for container in synthesis.containers():
        image = synthesis.profile.images.get(_image_of(container))
        if not image or f"@{image.digest}" not in flat(container.definition["Image"]):
            yield f"{container.name}: the image is not pinned by its digest"
        if not container.definition.get("DockerLabels", {}).get("version"):
            yield f"{container.name}: no label says the version"
        if container.task.properties.get("RuntimePlatform", {}).get("CpuArchitecture") != "X86_64":
            yield f"{container.name}: upstream has X86_64 only"


def health_uses_what_is_there(synthesis: Synthesis) -> Iterator[str]:
    """A container is checked by a program that its image has; one without a shell is checked by the balancer alone."""
    services = wanted_services(synthesis)
    for name, service in services.items():
        check = synthesis.container(name).definition.get("HealthCheck")
        allowed = PROGRAMS[service.kind]
        if not allowed:
            if check:
                yield f"{name}: its image has no shell for a health check"
            continue
        if not check:
            yield f"{name}: has no health check"
        elif check["Command"][1].split()[0] not in allowed or check["Command"][0] != "CMD-SHELL":
            yield f"{name}: its image has no {check['Command'][1].split()[0]}"


def workers_stop_cleanly(synthesis: Synthesis) -> Iterator[str]:
    """SIGTERM reaches the process itself, and there is time to write what is in memory."""
    for name, service in wanted_services(synthesis).items():
        definition = synthesis.container(name).definition
        if service.kind == "go" and definition.get("EntryPoint") != list(openreplay.GO_ENTRY):
            yield f"{name}: a shell is process 1 and keeps SIGTERM"
        if service.kind == "go" and definition.get("StopTimeout") != STOP_SECONDS:
            yield f"{name}: {definition.get('StopTimeout')} s to stop"


def streams_keep_unread_entries(synthesis: Synthesis) -> Iterator[str]:
    """Streams are trimmed by age; by number, they lose entries that nobody has read."""
    for name, service in wanted_services(synthesis).items():
        if service.kind == "go" and int(synthesis.container(name).environment.get("REDIS_STREAMS_TTL_SEC", "0")) <= 0:
            yield f"{name}: streams are trimmed at 10,000 entries"


def umami_migrates_apart(synthesis: Synthesis) -> Iterator[str]:
    """The service never migrates; a task with the very same image does, once."""
    service, job = synthesis.container("umami"), synthesis.container("umami-migrate")
    if service.environment.get("SKIP_DB_MIGRATION") != "1":
        yield "umami: every start migrates"
    if "SKIP_DB_MIGRATION" in job.environment:
        yield "umami-migrate: does not migrate"
    if flat(service.definition["Image"]).rpartition("@")[2] != flat(job.definition["Image"]).rpartition("@")[2]:
        yield "umami-migrate: has another image than the service"
    if any("umami-migrate" in flat(rule.properties) for rule in synthesis.resources("AWS::Events::Rule")):
        yield "umami-migrate: is scheduled"


def umami_is_private(synthesis: Synthesis) -> Iterator[str]:
    """No telemetry, the browser's address from our header, and the recorder of version 3 never public."""
    environment = synthesis.container("umami").environment
    for name, value in (("DISABLE_TELEMETRY", "1"), ("DISABLE_UPDATES", "1"), ("CLIENT_IP_HEADER", "true-client-ip")):
        if environment.get(name) != value:
            yield f"umami: {name} is {environment.get(name)}"
    if "COLLECT_REPLAY_ENDPOINT" in environment:
        yield "umami: its recorder has an address"


def sizes_are_the_criterions(synthesis: Synthesis) -> Iterator[str]:
    """Umami has 0.25 to 0.5 vCPU and 512 MB to 1 GB; a service of OpenReplay 0.5 to 1 vCPU and 1 to 2 GB."""
    for name in synthesis.services():
        if name == "grafana":
            continue
        product = "umami" if name == "umami" else "openreplay"
        task = synthesis.container(name).task.properties
        for key, bounds in (("Cpu", CRITERION_CPU[product]), ("Memory", CRITERION_MEMORY[product])):
            if not bounds[0] <= int(task[key]) <= bounds[1]:
                yield f"{name}: {key} {task[key]} is not within {bounds[0]} to {bounds[1]}"


def _image_of(container: Container) -> str:
    by_job = {job.name: job.image for job in (*jobs(), NIGHTLY)}
    return by_job.get(container.name, container.name)
