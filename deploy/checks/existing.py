"""Checks of what was there before: an existing network and other resources are used, and never changed."""

from collections.abc import Iterator

from deploy.checks.synthesis import Synthesis, flat

# What would change a network: none of it is made inside an existing one.
NETWORK_TYPES = (
    "AWS::EC2::VPC",
    "AWS::EC2::Subnet",
    "AWS::EC2::Route",
    "AWS::EC2::RouteTable",
    "AWS::EC2::SubnetRouteTableAssociation",
    "AWS::EC2::NetworkAclEntry",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::NatGateway",
    "AWS::EC2::VPCEndpoint",
    "AWS::EC2::FlowLog",
    "AWS::Route53Resolver::FirewallRuleGroupAssociation",
)
# What would act on the whole account or on somebody else's resources.
ACCOUNT_TYPES = (
    "AWS::Route53::RecordSet",
    "AWS::Route53::HostedZone",
    "AWS::ECR::Repository",
    "AWS::CertificateManager::Certificate",
    "AWS::IAM::User",
    "AWS::IAM::Group",
    "AWS::S3::AccountPublicAccessBlock",
    "AWS::Lambda::Function",
    "Custom::AWS",
)


def account_is_left_alone(synthesis: Synthesis) -> Iterator[str]:
    """No record, repository, certificate or user is made, and no code that could change what it does not own."""
    for kind in ACCOUNT_TYPES:
        yield from (f"{found.stack}: {found.id} is a {kind}" for found in synthesis.resources(kind))


def existing_network_is_unchanged(synthesis: Synthesis) -> Iterator[str]:
    """Inside an existing network nothing is made that changes it, and no rule is put on a foreign security group."""
    existing = synthesis.profile.network.existing
    if existing:
        for kind in NETWORK_TYPES:
            yield from (f"{found.id} is a {kind}" for found in synthesis.resources(kind))
    for kind in ("AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"):
        for rule in synthesis.resources(kind):
            if "Fn::GetAtt" not in flat(rule.properties["GroupId"]):
                yield f"{rule.id}: changes a foreign security group"


def application_is_not_named(synthesis: Synthesis) -> Iterator[str]:
    """No template names a bucket of the application."""
    for bucket in synthesis.profile.application_buckets:
        if bucket in synthesis.text():
            yield f"{bucket} is named"
