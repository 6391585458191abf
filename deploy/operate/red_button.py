"""
The red button: stops all recording within seconds, or starts it again.

`python -m deploy.operate.red_button LISTENER_ARN stop|start`. Each public route has a rule that forwards and one that
answers 503; the button swaps their priorities in one call, and leaves everything else as it is. Set `recording = false`
in the profile afterwards, so that the next deployment keeps it so.
"""

import sys
from typing import Any, Literal

from deploy.edge.routes import ROUTE_HEADER
from deploy.operate.clients import Balancers

Wish = Literal["stop", "start"]


def swapped(rules: list[dict[str, Any]], wish: Wish) -> list[dict[str, Any]]:
    """
    The priorities that fulfil a wish; empty if they already do.

    Args:
        rules: The rules of the listener.
        wish: `stop` or `start`.

    Raises:
        ValueError: The listener has no route that can be stopped.

    """
    pairs = _pairs(rules)
    if not pairs:
        raise ValueError("the listener has no route that can be stopped")
    wanted = []
    for forward, stop in pairs:
        first, second = sorted((int(forward["Priority"]), int(stop["Priority"])))
        ordered = (stop, forward) if wish == "stop" else (forward, stop)
        wanted += [
            {"RuleArn": rule["RuleArn"], "Priority": priority}
            for rule, priority in zip(ordered, (first, second), strict=True)
            if int(rule["Priority"]) != priority
        ]
    return wanted


def press(balancers: Balancers, listener: str, wish: Wish) -> int:
    """
    Stop or start, and return how many rules changed.

    Args:
        balancers: A client of Elastic Load Balancing.
        listener: The listener's ARN.
        wish: `stop` or `start`.

    """
    wanted = swapped(balancers.describe_rules(ListenerArn=listener)["Rules"], wish)
    if wanted:
        balancers.set_rule_priorities(RulePriorities=wanted)
    return len(wanted)


def _pairs(rules: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    by_route: dict[str, dict[str, dict[str, Any]]] = {}
    for rule in rules:
        if name := _route(rule):
            by_route.setdefault(name, {})[rule["Actions"][0]["Type"]] = rule
    return [(found["forward"], found["fixed-response"]) for found in by_route.values() if len(found) == 2]  # noqa: PLR2004


def _route(rule: dict[str, Any]) -> str:
    for condition in rule.get("Conditions", ()):
        config = condition.get("HttpHeaderConfig", {})
        if config.get("HttpHeaderName", "").lower() == ROUTE_HEADER:
            return str(config["Values"][0])
    return ""


def main(arguments: list[str]) -> int:  # pragma: no cover - needs an account
    """Press the button."""
    import boto3

    if len(arguments) != 2 or arguments[1] not in {"stop", "start"}:  # noqa: PLR2004
        print("usage: python -m deploy.operate.red_button LISTENER_ARN stop|start", file=sys.stderr)
        return 2
    wish: Wish = "stop" if arguments[1] == "stop" else "start"
    print(f"red_button: {press(boto3.client('elbv2'), arguments[0], wish)} rules changed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
