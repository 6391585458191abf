"""Every role against every S3 action: what is allowed has to be what the service needs, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from deploy.checks.synthesis import Synthesis
from deploy.checks.tasks import wanted_services
from deploy.iam.actions import Pair, account_actions, pairs
from deploy.iam.evaluator import decide
from deploy.services.model import BUCKETS
from deploy.stacks.common import bucket_name

MINIMUM_PAIRS = 90  # of a bucket and a role: fewer means that the list of actions was not read
DECOY = "-backup"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was evaluated, and what was found: allowed without need, or needed and not allowed."""

    roles: int
    evaluated: int
    fewest_pairs: int
    problems: tuple[str, ...]


def buckets_of(synthesis: Synthesis) -> list[str]:
    """Own buckets, the application's, and decoys whose names begin or end like our own."""
    own = [bucket_name(synthesis.profile, name) for name in (*BUCKETS, "logs")]
    application = list(synthesis.profile.application_buckets)
    return [*own, *application, own[0] + DECOY, "x" + own[0], *(name + DECOY for name in application)]


def prove(synthesis: Synthesis) -> Proof:
    """Evaluate every role of every task, execution role included, on every bucket."""
    needed = _needed(synthesis)
    problems: list[str] = []
    evaluated = roles = 0
    fewest: int | None = None
    for name, kind, statements in _roles(synthesis):
        roles += 1
        allowed: set[Pair] = set()
        for bucket in buckets_of(synthesis):
            tried = pairs(bucket)
            fewest = len(tried) if fewest is None else min(fewest, len(tried))
            evaluated += len(tried)
            allowed |= {pair for pair in tried if decide(statements, *pair) == "allow"}
        for action in account_actions():
            evaluated += 1
            if decide(statements, action, "*") == "allow":
                problems.append(f"{name}: {kind} role may {action}")
        wanted = needed.get(name, set()) if kind == "task" else set()
        problems += [f"{name}: {kind} role may {pair.action} on {pair.resource}" for pair in sorted(allowed - wanted)]
        problems += [
            f"{name}: {kind} role cannot {pair.action} on {pair.resource}" for pair in sorted(wanted - allowed)
        ]
    if (fewest or 0) < MINIMUM_PAIRS:
        problems.append(f"{fewest} pairs of a bucket and a role, expected {MINIMUM_PAIRS} or more")
    return Proof(roles, evaluated, fewest or 0, tuple(problems))


def only_needed_rights(synthesis: Synthesis) -> Iterator[str]:
    """No role may do on S3 what its service does not need, on no bucket."""
    yield from prove(synthesis).problems


def _needed(synthesis: Synthesis) -> dict[str, set[Pair]]:
    found: dict[str, set[Pair]] = {}
    for name, service in wanted_services(synthesis).items():
        for grant in service.grants:
            bucket = bucket_name(synthesis.profile, grant.bucket)
            place = f"arn:aws:s3:::{bucket}" + ("" if grant.on == "bucket" else "/")
            found.setdefault(name, set()).update(
                pair
                for pair in pairs(bucket)
                if pair.action in grant.actions
                and (pair.resource == place or (place[-1] == "/" and pair.resource.startswith(place)))
            )
    return found


def _roles(synthesis: Synthesis) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    for container in synthesis.containers():
        yield container.name, "task", _readable(synthesis.statements_of_task(container))
        execution = container.task.properties["ExecutionRoleArn"]["Fn::GetAtt"][0]
        yield container.name, "execution", _readable(synthesis.statements(execution, container.task.stack))


def _readable(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Statements with every resource as text; what CloudFormation fills in is of another service, or counts as all."""
    return [
        statement | {"Resource": _texts(statement["Resource"])} if "Resource" in statement else statement
        for statement in statements
    ]


def _texts(resources: Any) -> list[str]:
    listed = resources if isinstance(resources, list) else [resources]
    return [resource if isinstance(resource, str) else "*" for resource in listed]
