"""A service as data; stacks, tests and the IAM proof read the same tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["go", "python", "node", "nginx"]
Access = Literal["none", "read", "write"]
Bucket = Literal["recordings", "assets", "sourcemaps"]
BUCKETS: tuple[Bucket, ...] = ("recordings", "assets", "sourcemaps")


@dataclass(frozen=True, slots=True)
class Grant:
    """S3 actions on the objects of a bucket, or on the bucket itself."""

    bucket: Bucket
    actions: tuple[str, ...]
    on: Literal["objects", "bucket"] = "objects"


@dataclass(frozen=True, slots=True)
class Route:
    """
    A target group of the load balancer: its port and the path that says that the process answers.

    `health_port` is 0 where that path is on the port itself.
    """

    port: int
    health_path: str
    health_port: int = 0
    sticky: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """
    One service.

    `singleton` means that a second task, even for seconds, loses or splits sessions. `environment` has placeholders
    in braces, filled in by the stack; `secrets` maps variables to names of `deploy/services/secrets.py`. `health` is
    the command in the container, made of programs that its image has; images without a shell have none.
    """

    name: str
    kind: Kind
    group: str
    environment: Mapping[str, str]
    secrets: Mapping[str, str]
    health: str = ""
    tasks: int = 1
    singleton: bool = False
    volume: Access = "none"
    grants: tuple[Grant, ...] = ()
    route: Route | None = None
    ports: tuple[int, ...] = ()
    heavy: bool = False
    connections: int = 0
    entry_point: tuple[str, ...] = field(default=())
