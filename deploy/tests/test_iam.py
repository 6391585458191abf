"""The IAM proof: how much it evaluates, and that its evaluator decides as another implementation enforces."""

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.core import set_initial_no_auth_action_count

from deploy.checks.synthesis import Synthesis
from deploy.iam.actions import pairs
from deploy.iam.evaluator import decide
from deploy.iam.proof import MINIMUM_PAIRS, buckets_of, prove
from deploy.services.openreplay import ALL
from deploy.tests.conftest import Synthesised
from deploy.tests.faults import FAULTS, planted

KEY = "4122524802890072320/dom.mobs"
NO_RETRY = Config(retries={"max_attempts": 1})
# Real requests, and the right that each needs.
CALLS: dict[str, tuple[Callable[[Any, str], Any], str]] = {
    "s3:GetObject": (lambda s3, bucket: s3.get_object(Bucket=bucket, Key=KEY), "object"),
    "s3:PutObject": (lambda s3, bucket: s3.put_object(Bucket=bucket, Key=KEY, Body=b"x"), "object"),
    "s3:DeleteObject": (lambda s3, bucket: s3.delete_object(Bucket=bucket, Key="none"), "object"),
    "s3:GetObjectTagging": (lambda s3, bucket: s3.get_object_tagging(Bucket=bucket, Key=KEY), "object"),
    "s3:ListBucket": (lambda s3, bucket: s3.list_objects_v2(Bucket=bucket), "bucket"),
    "s3:GetBucketPolicy": (lambda s3, bucket: s3.get_bucket_policy(Bucket=bucket), "bucket"),
}
SERVICES_WITH_RIGHTS = sorted(service.name for service in ALL if service.grants)


@pytest.mark.criterion("4.2 IV1")
@pytest.mark.parametrize("profile", ["small", "production", "existing"])
def test_every_pair_is_evaluated(synthesised: Synthesised, profile: str) -> None:
    """At least 90 pairs a bucket and role, on own, other, application and decoy buckets; nothing without need."""
    proof = prove(synthesised(profile))
    tasks = len(list(synthesised(profile).containers()))
    assert proof.fewest_pairs >= MINIMUM_PAIRS
    assert proof.roles == 2 * tasks
    assert proof.evaluated >= proof.roles * len(buckets_of(synthesised(profile))) * MINIMUM_PAIRS
    assert proof.problems == ()


def test_a_list_of_actions_that_was_not_read_is_no_proof(
    synthesised: Synthesised, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With fewer pairs than there are, the proof fails."""
    monkeypatch.setattr("deploy.iam.proof.pairs", lambda bucket: pairs(bucket)[:3])
    assert any("expected 90 or more" in problem for problem in prove(synthesised("small")).problems)


def test_the_proof_names_role_action_and_resource(synthesised: Synthesised) -> None:
    """Whoever reads a finding knows which statement to remove."""
    bad = planted(synthesised("production"), FAULTS["a role reads the application"])
    assert any(
        problem.startswith("http: task role may s3:GetObject on arn:aws:s3:::acme-") for problem in prove(bad).problems
    )


def session_of(name: str, statements: list[dict[str, Any]], buckets: list[str]) -> Any:
    """
    An S3 client that has a role's rights and no other.

    Args:
        name: The role.
        statements: Its policy.
        buckets: What is there, each with one object.

    """
    admin = boto3.client("s3", region_name="us-east-1")
    for bucket in buckets:
        admin.create_bucket(Bucket=bucket)
        admin.put_object(Bucket=bucket, Key=KEY, Body=b"x")
    iam, sts = boto3.client("iam", region_name="us-east-1"), boto3.client("sts", region_name="us-east-1")
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    if statements:
        document = {"Version": "2012-10-17", "Statement": statements}
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=json.dumps(document))
    keys = sts.assume_role(RoleArn=role, RoleSessionName="proof")["Credentials"]
    return boto3.client(
        "s3",
        region_name="us-east-1",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
        config=NO_RETRY,
    )


def is_allowed(call: Callable[[Any, str], Any], s3: Any, bucket: str) -> bool:
    """Whether a real request is refused for want of a right; any other answer means that it was not."""
    try:
        call(s3, bucket)
    except ClientError as error:
        return bool(error.response["Error"]["Code"] != "AccessDenied")
    return True


def s3_statements(synthesis: Synthesis, name: str) -> list[dict[str, Any]]:
    """The statements of a role that are about S3; those of the volume name what CloudFormation fills in."""
    statements = synthesis.statements_of_task(synthesis.container(name))
    return [found for found in statements if "s3:" in json.dumps(found["Action"])]


@pytest.mark.criterion("4.2 IV1")
@pytest.mark.parametrize("name", [*SERVICES_WITH_RIGHTS, "http", "umami"])
def test_the_evaluator_decides_as_moto_enforces(synthesised: Synthesised, name: str) -> None:
    """For every role with rights and two without, real requests are refused just where the evaluator says so."""
    synthesis = synthesised("existing")
    statements = [] if name in {"http", "umami"} else s3_statements(synthesis, name)
    compare(name, statements, buckets_of(synthesis))


def test_moto_enforces_a_planted_right(synthesised: Synthesised) -> None:
    """A right on the application's bucket shows in both, so that the comparison is no comparison of two refusals."""
    bad = planted(synthesised("production"), FAULTS["a role reads the application"])
    allowed = compare("planted", s3_statements(bad, "http"), buckets_of(bad))
    assert ("s3:GetObject", "acme-uploads") in allowed


def compare(name: str, statements: list[dict[str, Any]], buckets: list[str]) -> set[tuple[str, str]]:
    """
    Compare decisions with refusals, and return what both allow.

    Args:
        name: The role.
        statements: Its policy.
        buckets: The buckets to try.

    """
    with mock_aws():
        s3 = session_of(name, statements, buckets)
        tried: Callable[[], set[tuple[str, str]]] = set_initial_no_auth_action_count(0)(lambda: answers(s3, buckets))
        allowed = tried()
    expected = {
        (action, bucket)
        for bucket in buckets
        for action, (_, kind) in CALLS.items()
        if decide(statements, action, f"arn:aws:s3:::{bucket}" + (f"/{KEY}" if kind == "object" else "")) == "allow"
    }
    assert allowed == expected
    return allowed


def answers(s3: Any, buckets: list[str]) -> set[tuple[str, str]]:
    """
    What a client may do, by real requests.

    Args:
        s3: The client.
        buckets: The buckets to try.

    """
    return {
        (action, bucket) for bucket in buckets for action, (call, _) in CALLS.items() if is_allowed(call, s3, bucket)
    }
