"""The rules of what runs: images, sizes, numbers of tasks, and the connections that they need."""

import re
from collections.abc import Iterator

from deploy.parameters.fargate import MEMORY_BY_CPU
from deploy.parameters.model import Profile, Size
from deploy.parameters.problem import Problem, version_of
from deploy.services import openreplay, umami

DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
SPARE_CONNECTIONS = 15  # Grafana, jobs, the administrator


def service_problems(profile: Profile) -> Iterator[Problem]:
    """Everything that is wrong with what runs."""
    for rule in (_images, _sizes, _umami, _openreplay):
        yield from rule(profile)


def image_names(profile: Profile) -> set[str]:
    """The images that a profile has to name."""
    services = openreplay.chosen(assist=profile.openreplay.assist, sourcemaps=profile.openreplay.sourcemaps)
    optional = {name for name in ("grafana", "nightly") if getattr(profile.tools, name)}
    return {service.name for service in services} | {"umami", "jobs"} | optional


def _images(profile: Profile) -> Iterator[Problem]:
    wanted = image_names(profile)
    for name in sorted(wanted - set(profile.images)):
        yield Problem(
            f"images.{name}",
            "is missing.",
            "Copy the image into the account's registry; name repository, tag and digest.",
        )
    for name, image in profile.images.items():
        if not DIGEST.fullmatch(image.digest):
            yield Problem(f"images.{name}.digest", f"expected sha256: and 64 hexadecimal digits, got {image.digest!r}.")
        if (
            not re.fullmatch(r"[a-z0-9]+(?:[._/-][a-z0-9]+)*", image.repository)
            or "." in image.repository.split("/")[0]
        ):
            yield Problem(
                f"images.{name}.repository",
                f"expected a repository of the account's own registry, got {image.repository!r}.",
            )
        if image.tag in {"", "latest"}:
            yield Problem(f"images.{name}.tag", f"expected upstream's version, got {image.tag!r}.")


def _sizes(profile: Profile) -> Iterator[Problem]:
    known = {service.name for service in openreplay.ALL}
    sizes = {"umami.size": profile.umami.size, "openreplay.size": profile.openreplay.size}
    for name, size in profile.openreplay.sizes.items():
        sizes[f"openreplay.sizes.{name}"] = size
    for table in (profile.openreplay.sizes, profile.openreplay.tasks):
        for name in sorted(set(table) - known):
            yield Problem(
                f"openreplay.{name}", "there is no such service.", f"The services are {', '.join(sorted(known))}."
            )
    for name, size in sizes.items():
        yield from _size(name, size)


def _size(name: str, size: Size) -> Iterator[Problem]:
    offered = MEMORY_BY_CPU.get(size.cpu)
    if offered is None:
        yield Problem(
            name, f"Fargate offers no {size.cpu} CPU units.", f"Take one of {', '.join(map(str, MEMORY_BY_CPU))}."
        )
    elif size.memory not in offered:
        yield Problem(
            name,
            f"Fargate offers no {size.memory} MiB with {size.cpu} CPU units.",
            f"Take one of {', '.join(map(str, offered))}.",
        )


def _umami(profile: Profile) -> Iterator[Problem]:
    version = version_of(profile.umami.version)
    if not version or version[0] not in umami.TLS or version < (2, 20):
        yield Problem(
            "umami.version",
            f"expected 2.20 or newer, or 3, got {profile.umami.version!r}.",
            "Older versions cannot start without migrating.",
        )
    if not 1 <= profile.umami.tasks <= 10:  # noqa: PLR2004
        yield Problem("umami.tasks", f"expected 1 to 10, got {profile.umami.tasks}.")
    needed = 2 * profile.umami.tasks * umami.POOL  # twice: a deployment starts new tasks before old ones end
    if profile.umami.connection_limit < needed:
        yield Problem(
            "umami.connection_limit",
            f"expected {needed} or more, got {profile.umami.connection_limit}.",
            f"A task's pool has {umami.POOL} connections, and a deployment runs every task twice.",
        )


def _openreplay(profile: Profile) -> Iterator[Problem]:
    services = {service.name: service for service in openreplay.ALL}
    for name, tasks in profile.openreplay.tasks.items():
        if name in services and services[name].singleton and tasks != 1:
            yield Problem(
                f"openreplay.tasks.{name}",
                f"expected 1, got {tasks}.",
                "A second task of this service loses or splits sessions.",
            )
        if tasks < 1:
            yield Problem(f"openreplay.tasks.{name}", f"expected 1 or more, got {tasks}.")
    if not version_of(profile.openreplay.version):
        yield Problem("openreplay.version", f"expected a version as in 1.27.0, got {profile.openreplay.version!r}.")


def connections(profile: Profile) -> int:
    """The connections to PostgreSQL that every service together can have."""
    services = openreplay.chosen(assist=profile.openreplay.assist, sourcemaps=profile.openreplay.sourcemaps)
    tasks = profile.openreplay.tasks
    used = sum(service.connections * tasks.get(service.name, service.tasks) for service in services)
    return used + profile.umami.connection_limit + SPARE_CONNECTIONS
