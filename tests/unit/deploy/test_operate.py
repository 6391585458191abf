"""The operator's commands: a job is waited for, and the red button swaps rules and nothing else."""

from typing import Any

import pytest
from deploy.operate.red_button import Wish, press, swapped
from deploy.operate.run_job import FAILED, PASSED, UNKNOWN, run_job


class FakeEcs:
    """ECS that answers with prepared tasks, the last one for ever."""

    def __init__(self, *tasks: dict[str, Any], started: dict[str, Any] | None = None) -> None:
        self.tasks, self.started = list(tasks), started or {"tasks": [{"taskArn": "arn"}]}
        self.asked: dict[str, Any] = {}

    def describe_services(self, *, cluster: str, services: list[str]) -> dict[str, Any]:
        """Nothing runs."""
        return {"services": [], "cluster": cluster, "asked": services}

    def run_task(self, **arguments: Any) -> dict[str, Any]:
        """Note what was asked for."""
        self.asked = arguments
        return self.started

    def describe_tasks(self, *, cluster: str, tasks: list[str]) -> dict[str, Any]:
        """The next prepared task."""
        return {"tasks": [self.tasks.pop(0) if len(self.tasks) > 1 else self.tasks[0]], "cluster": cluster, "of": tasks}


def ended(*codes: int | None) -> dict[str, Any]:
    """A task that has ended."""
    return {"lastStatus": "STOPPED", "stoppedReason": "image", "containers": [{"exitCode": code} for code in codes]}


RUNNING: dict[str, Any] = {"lastStatus": "RUNNING", "containers": []}


def status(ecs: FakeEcs) -> int:
    """The status of a job, with a clock that a wait moves on."""
    now = [0.0]

    def wait(seconds: float) -> None:
        now[0] += seconds

    return run_job(ecs, "small", "umami-migrate", {"subnets": []}, clock=lambda: now[0], sleep=wait)[0]


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        ([RUNNING, RUNNING, ended(0)], PASSED),
        ([ended(1)], FAILED),
        ([ended(0, 1)], FAILED),
        ([ended(None)], UNKNOWN),
        ([ended()], UNKNOWN),
        ([RUNNING], UNKNOWN),
    ],
)
def test_a_job_is_waited_for(tasks: list[dict[str, Any]], expected: int) -> None:
    """Only an end with status 0 passes; one that never ran, or does not end, is no pass and no failure."""
    assert status(FakeEcs(*tasks)) == expected


def test_a_job_that_does_not_start_is_no_pass() -> None:
    """ECS answers with failures and no task."""
    assert status(FakeEcs(ended(0), started={"tasks": [], "failures": [{"reason": "capacity"}]})) == UNKNOWN


def test_a_job_runs_once_in_the_private_network() -> None:
    """One task, on Fargate, of the job's own definition."""
    ecs = FakeEcs(ended(0))
    status(ecs)
    assert (ecs.asked["count"], ecs.asked["taskDefinition"]) == (1, "small-umami-migrate")


def rule(name: str, kind: str, priority: str) -> dict[str, Any]:
    """One rule of the listener."""
    header = {"HttpHeaderName": "x-route", "Values": [name]}
    return {
        "RuleArn": f"{kind}-{name}",
        "Priority": priority,
        "Conditions": [{"Field": "http-header", "HttpHeaderConfig": header}],
        "Actions": [{"Type": kind}],
    }


def listener(*, running: bool) -> list[dict[str, Any]]:
    """A listener with two public routes, an interface and the default."""
    first, second = ("forward", "fixed-response") if running else ("fixed-response", "forward")
    return [
        rule("http", first, "10"),
        rule("http", second, "20"),
        rule("umami", first, "30"),
        rule("umami", second, "40"),
        rule("chalice", "forward", "50"),
        {"RuleArn": "default", "Priority": "default", "Conditions": [], "Actions": [{"Type": "fixed-response"}]},
    ]


class FakeBalancers:
    """A balancer that keeps its rules."""

    def __init__(self, rules: list[dict[str, Any]]) -> None:
        self.rules, self.calls = rules, 0

    def describe_rules(self, *, ListenerArn: str) -> dict[str, Any]:  # noqa: N803
        """The rules."""
        return {"Rules": self.rules, "of": ListenerArn}

    def set_rule_priorities(self, *, RulePriorities: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        """Change priorities; AWS refuses two rules with one."""
        self.calls += 1
        wanted = {item["RuleArn"]: str(item["Priority"]) for item in RulePriorities}
        self.rules = [found | {"Priority": wanted.get(found["RuleArn"], found["Priority"])} for found in self.rules]
        priorities = [found["Priority"] for found in self.rules]
        assert len(priorities) == len(set(priorities))
        return {}

    def first(self, name: str) -> str:
        """What a request on a route gets."""
        found = [item for item in self.rules if item["RuleArn"].endswith(f"-{name}")]
        return str(min(found, key=lambda item: int(item["Priority"]))["Actions"][0]["Type"])


def test_the_button_stops_everything_at_once_and_starts_it_again() -> None:
    """One call each way; both public routes follow, an interface does not, and the end is as the beginning."""
    balancers = FakeBalancers(listener(running=True))
    assert press(balancers, "listener", "stop") == 4
    assert (balancers.first("http"), balancers.first("umami")) == ("fixed-response", "fixed-response")
    assert balancers.first("chalice") == "forward"
    assert press(balancers, "listener", "start") == 4
    assert balancers.calls == 2
    assert {found["RuleArn"]: found["Priority"] for found in balancers.rules} == {
        found["RuleArn"]: found["Priority"] for found in listener(running=True)
    }


@pytest.mark.parametrize(("running", "wish"), [(True, "start"), (False, "stop")])
def test_a_second_press_changes_nothing(running: bool, wish: Wish) -> None:  # noqa: FBT001
    """Whoever is not sure presses again."""
    assert swapped(listener(running=running), wish) == []


def test_a_listener_without_routes_is_an_error() -> None:
    """A wrong ARN must not look like a stop."""
    with pytest.raises(ValueError, match="no route that can be stopped"):
        swapped([rule("chalice", "forward", "10")], "stop")
