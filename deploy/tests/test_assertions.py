"""The traps that lose sessions or data in silence, asserted on the templates with CDK's own matchers."""

import pytest
from aws_cdk.assertions import Match, Template

from deploy.tests.conftest import Synthesised

SINGLETONS = ("sink", "ender", "db", "heuristics", "assets", "storage")


def template(synthesised: Synthesised, stack: str, profile: str = "production") -> Template:
    """
    One stack of a profile.

    Args:
        synthesised: Gives the synthesis.
        stack: The stack.
        profile: The profile.

    """
    return Template.from_json(synthesised(profile).templates[stack])


@pytest.mark.parametrize("name", SINGLETONS)
def test_a_singleton_never_has_a_twin(synthesised: Synthesised, name: str) -> None:
    """Desired 1, minimum 0 %, maximum 100 %, no rebalancing."""
    template(synthesised, "openreplay").has_resource_properties(
        "AWS::ECS::Service",
        {
            "ServiceName": name,
            "DesiredCount": 1,
            "DeploymentConfiguration": Match.object_like({"MinimumHealthyPercent": 0, "MaximumPercent": 100}),
            "AvailabilityZoneRebalancing": "DISABLED",
        },
    )


def test_two_umamis_may_run_during_a_deployment(synthesised: Synthesised) -> None:
    """Umami itself is no singleton: its migration is a job."""
    template(synthesised, "umami").has_resource_properties(
        "AWS::ECS::Service",
        {"DeploymentConfiguration": Match.object_like({"MinimumHealthyPercent": 100, "MaximumPercent": 200})},
    )


def test_the_first_deployment_is_closed(synthesised: Synthesised) -> None:
    """Before the first accounts have their own passwords, a public path is answered with 503."""
    found = template(synthesised, "edge").find_resources(
        "AWS::ElasticLoadBalancingV2::ListenerRule", {"Properties": {"Actions": [{"Type": "fixed-response"}]}}
    )
    assert sorted(rule["Properties"]["Priority"] for rule in found.values()) == [20, 40]


def test_the_recordings_bucket_expires_and_shuts(synthesised: Synthesised) -> None:
    """Private, encrypted, expiring, and readable by the interface's own pages alone."""
    template(synthesised, "data").has_resource_properties(
        "AWS::S3::Bucket",
        {
            "BucketName": Match.string_like_regexp("-recordings-"),
            "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": True,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
            "LifecycleConfiguration": {
                "Rules": Match.array_with([Match.object_like({"ExpirationInDays": 30, "Status": "Enabled"})])
            },
            "CorsConfiguration": {
                "CorsRules": [
                    Match.object_like({"AllowedMethods": ["GET"], "AllowedOrigins": ["https://replay.example.com"]})
                ]
            },
        },
    )


def test_only_cloudfront_reaches_the_balancer(synthesised: Synthesised) -> None:
    """The balancer's group has one way in: the list of CloudFront's addresses, on 443."""
    found = template(synthesised, "network").find_resources(
        "AWS::EC2::SecurityGroup", {"Properties": {"GroupDescription": "balancer"}}
    )
    (group,) = found.values()
    assert "SecurityGroupIngress" not in group["Properties"]
    template(synthesised, "network").has_resource_properties(
        "AWS::EC2::SecurityGroupIngress", {"SourcePrefixListId": "pl-3b927c52", "FromPort": 443, "ToPort": 443}
    )


def test_telemetry_does_not_resolve(synthesised: Synthesised) -> None:
    """OpenReplay's maker does not learn who owns this installation."""
    template(synthesised, "network").has_resource_properties(
        "AWS::Route53Resolver::FirewallRuleGroup",
        {"FirewallRules": [Match.object_like({"Action": "BLOCK", "BlockResponse": "NXDOMAIN"})]},
    )


def test_an_idle_live_view_is_not_cut(synthesised: Synthesised) -> None:
    """With live view, a WebSocket may be silent for an hour; its target is sticky."""
    edge = template(synthesised, "edge", "existing")
    edge.has_resource_properties(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        {"LoadBalancerAttributes": Match.array_with([{"Key": "idle_timeout.timeout_seconds", "Value": "3600"}])},
    )
    edge.has_resource_properties(
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        {"Port": 9001, "TargetGroupAttributes": Match.array_with([{"Key": "stickiness.enabled", "Value": "true"}])},
    )


def test_umami_two_verifies_in_its_own_words(synthesised: Synthesised) -> None:
    """Version 2 takes other options of the URL than version 3."""
    assert "sslaccept=strict&sslcert=" in synthesised("existing").text()
    assert "sslmode=verify-full&sslrootcert=" in synthesised("small").text()
