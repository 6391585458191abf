"""The few calls of AWS that the operator's commands need; boto3's clients have them."""

from typing import Any, Protocol


class Ecs(Protocol):
    """ECS."""

    def describe_services(self, *, cluster: str, services: list[str]) -> dict[str, Any]:
        """Services as they are now."""

    def run_task(self, **arguments: Any) -> dict[str, Any]:
        """Start a task."""

    def describe_tasks(self, *, cluster: str, tasks: list[str]) -> dict[str, Any]:
        """Tasks as they are now."""


class Balancers(Protocol):
    """Elastic Load Balancing."""

    def describe_rules(self, *, ListenerArn: str) -> dict[str, Any]:  # noqa: N803 - boto3's name
        """The rules of a listener."""

    def set_rule_priorities(self, *, RulePriorities: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        """Give rules new priorities, all at once."""
