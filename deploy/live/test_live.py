"""Behaviour of a deployment: recovery, first accounts, retention, connections, the red button, and a smoke test."""

import datetime as dt
import json
import os
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

import pytest

from deploy.live.conftest import Clients
from deploy.live.waiting import wait_for
from deploy.operate.red_button import press
from deploy.operate.run_job import PASSED, network_of, run_job
from deploy.parameters import Profile
from deploy.services.model import BUCKETS
from deploy.services.openreplay import MINIMAL
from deploy.stacks.common import bucket_name

RECOVERY_SECONDS = 600
BUTTON_SECONDS = 60
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"  # others look like bots
RECOVERED = ["umami", "http", "chalice"]


def post(url: str, body: dict[str, Any], **headers: str) -> tuple[int, dict[str, str], bytes]:
    """
    Post JSON as a browser of the application would.

    Args:
        url: Where to.
        body: What.
        headers: More headers, with underscores for hyphens.

    """
    sent = {"Content-Type": "application/json", "User-Agent": FIREFOX}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, json.dumps(body).encode(), sent, method="POST")  # noqa: S310 - an https address
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def wanted(name: str) -> str:
    """A variable that the day's operator sets; without it the test fails, because it saw nothing."""
    value = os.environ.get(name, "")
    assert value, f"set {name}"
    return value


def running(clients: Clients, profile: Profile, service: str) -> dict[str, Any]:
    """A service as it is now."""
    (found,) = clients("ecs").describe_services(cluster=profile.name, services=[service])["services"]
    state: dict[str, Any] = found
    return state


def healthy(clients: Clients, service: dict[str, Any]) -> bool:
    """Whether as many targets are healthy as tasks are wanted."""
    for group in service["loadBalancers"]:
        states = clients("elbv2").describe_target_health(TargetGroupArn=group["targetGroupArn"])
        good = [item for item in states["TargetHealthDescriptions"] if item["TargetHealth"]["State"] == "healthy"]
        if len(good) < service["desiredCount"]:
            return False
    return True


@pytest.mark.criterion("4.1 AC3")
@pytest.mark.criterion("4.2 AC3")
@pytest.mark.parametrize("name", ["umami", *(service.name for service in MINIMAL)])
def test_a_service_runs(clients: Clients, profile: Profile, name: str) -> None:
    """As many tasks run as are wanted, and the balancer finds them healthy."""
    service = running(clients, profile, name)
    assert service["runningCount"] == service["desiredCount"] > 0
    assert healthy(clients, service)


@pytest.mark.criterion("4.1 AC6")
@pytest.mark.parametrize("name", RECOVERED)
def test_a_stopped_task_is_replaced(clients: Clients, profile: Profile, name: str) -> None:
    """ECS starts another task by itself, and the balancer sends it requests."""
    ecs = clients("ecs")
    before = ecs.list_tasks(cluster=profile.name, serviceName=name)["taskArns"]
    assert before
    ecs.stop_task(cluster=profile.name, task=before[0], reason="rehearsal of recovery")

    def recovered() -> bool:
        service = running(clients, profile, name)
        now = ecs.list_tasks(cluster=profile.name, serviceName=name)["taskArns"]
        enough = service["runningCount"] == service["desiredCount"]
        return before[0] not in now and enough and healthy(clients, service)

    wait_for(f"{name} recovers", recovered, RECOVERY_SECONDS)


@pytest.mark.criterion("4.1 AC5")
def test_umamis_first_account_is_changed(clients: Clients, profile: Profile) -> None:
    """The job, run again, shows that the public password is refused and the new one accepted."""
    network = network_of(clients("ec2"), clients("ecs"), profile.name)
    assert run_job(clients("ecs"), profile.name, "umami-first-account", network)[0] == PASSED


@pytest.mark.criterion("4.2 AC5")
def test_openreplays_sign_up_is_closed(clients: Clients, profile: Profile) -> None:
    """The job, run again, shows one tenant, without telemetry, and that nobody else can sign up."""
    network = network_of(clients("ec2"), clients("ecs"), profile.name)
    assert run_job(clients("ecs"), profile.name, "openreplay-first-account", network)[0] == PASSED


@pytest.mark.criterion("4.1 IV1")
def test_umami_keeps_within_its_connections(clients: Clients, profile: Profile) -> None:
    """Under 300 page views, Aurora's connections stay below the alarm's share of its limit."""
    website = wanted("UMAMI_WEBSITE_ID")
    for index in range(300):
        assert send(profile, website, f"/load/{index}")[0] == 200
    now = dt.datetime.now(dt.UTC)
    found = clients("cloudwatch").get_metric_statistics(
        Namespace="AWS/RDS",
        MetricName="DatabaseConnections",
        Dimensions=[{"Name": "DBClusterIdentifier", "Value": f"{profile.name}-analytics"}],
        StartTime=now - dt.timedelta(minutes=15),
        EndTime=now,
        Period=60,
        Statistics=["Maximum"],
    )["Datapoints"]
    assert found
    assert max(point["Maximum"] for point in found) < 0.8 * profile.data.max_connections


@pytest.mark.criterion("4.2 AC4")
@pytest.mark.parametrize("bucket", BUCKETS)
def test_nothing_is_older_than_promised(clients: Clients, profile: Profile, bucket: str) -> None:
    """The oldest object of a bucket is younger than its retention, and two days: AWS expires once a day."""
    name, days = bucket_name(profile, bucket), getattr(profile.retention, f"{bucket}_days")
    pages = clients("s3").get_paginator("list_objects_v2").paginate(Bucket=name)
    oldest = min((item["LastModified"] for page in pages for item in page.get("Contents", [])), default=None)
    assert oldest is not None or bucket != "recordings", "nothing was recorded yet"
    if oldest is not None:
        assert dt.datetime.now(dt.UTC) - oldest < dt.timedelta(days=days + 2)


def send(profile: Profile, website: str, path: str) -> tuple[int, dict[str, str], bytes]:
    """
    One page view, as the application's script sends it.

    Args:
        profile: The deployment.
        website: Umami's id of the application.
        path: The page.

    """
    edge = profile.edge
    payload = {"website": website, "hostname": "app", "url": path, "screen": "1x1", "language": "en"}
    url = f"https://{edge.collect_host}{edge.analytics_prefix}/api/send"
    return post(url, {"type": "event", "payload": payload}, Origin=edge.application_origins[0])


@pytest.mark.criterion("4.1 IV3")
def test_a_page_view_arrives_through_cloudfront(profile: Profile) -> None:
    """Umami answers with a token, and not with what it answers bots; CORS names the application."""
    status, headers, body = send(profile, wanted("UMAMI_WEBSITE_ID"), f"/smoke/{uuid.uuid4()}")
    assert status == 200
    assert b"beep" not in body
    assert headers["Access-Control-Allow-Origin"] in {profile.edge.application_origins[0], "*"}


@pytest.mark.criterion("4.2 IV3")
def test_a_large_body_reaches_the_ingest(profile: Profile) -> None:
    """A body of 900 kB passes CloudFront, firewall and balancer: OpenReplay itself answers, and not with 403 or 413."""
    edge = profile.edge
    url = f"https://{edge.collect_host}{edge.ingest_prefix}/v1/web/i"
    status, _, _ = post(
        url, {"x": "<script>" * 112_500}, Origin=edge.application_origins[0], Authorization="Bearer none"
    )
    assert status == 401  # the session token is none


@pytest.mark.criterion("4.2 AC6")
def test_a_session_is_stored(clients: Clients, profile: Profile) -> None:
    """The objects of a session that the operator recorded just now are in the bucket within eight minutes."""
    session, name = wanted("OPENREPLAY_SESSION_ID"), bucket_name(profile, "recordings")

    def stored() -> bool:
        found = clients("s3").list_objects_v2(Bucket=name, Prefix=f"{session}/").get("Contents", [])
        return any(item["Key"].endswith("dom.mobs") and item["Size"] > 0 for item in found)

    wait_for("the session is stored", stored, 480)


def test_the_red_button_stops_within_a_minute(clients: Clients, profile: Profile) -> None:
    """Pressed, both public paths answer 503 within a minute; pressed again, they record."""
    balancers = clients("elbv2")
    groups = running(clients, profile, "http")["loadBalancers"]
    (group,) = balancers.describe_target_groups(TargetGroupArns=[groups[0]["targetGroupArn"]])["TargetGroups"]
    (listener,) = balancers.describe_listeners(LoadBalancerArn=group["LoadBalancerArns"][0])["Listeners"]
    started = time.monotonic()
    try:
        assert press(balancers, listener["ListenerArn"], "stop") > 0
        wait_for("recording stops", lambda: send(profile, str(uuid.uuid4()), "/")[0] == 503, BUTTON_SECONDS)
        assert time.monotonic() - started < BUTTON_SECONDS
    finally:
        press(balancers, listener["ListenerArn"], "start")
    wait_for("recording starts", lambda: send(profile, str(uuid.uuid4()), "/")[0] != 503, BUTTON_SECONDS)
