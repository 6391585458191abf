"""The network: a VPC of its own or an existing one, who may reach whom, the cluster, and the names of services."""

from aws_cdk import Fn, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_logs as logs
from aws_cdk import aws_route53resolver as resolver
from aws_cdk import aws_servicediscovery as discovery
from constructs import Construct

from deploy.parameters import Profile
from deploy.services.reach import CLICKHOUSE, STORES, TASKS, WAYS
from deploy.stacks.common import environment_of, retention_of

HTTPS = 443
NAMESPACE = "openreplay.internal"  # chalice looks for `<service>-openreplay.openreplay.internal`
TELEMETRY = ("api.openreplay.com.", "static.openreplay.com.")


class NetworkStack(Stack):
    """What everything else stands in."""

    def __init__(self, scope: Construct, profile: Profile) -> None:
        super().__init__(scope, f"{profile.name}-network", env=environment_of(profile))
        self.vpc = self._existing(profile) if profile.network.existing else self._own(profile)
        self.data_subnets = self._data_subnets(profile)
        self.groups = {name: self._group(name) for name in ("balancer", *TASKS, *STORES)}
        self._open_ways(profile)
        self.cluster = ecs.Cluster(
            self,
            "cluster",
            vpc=self.vpc,
            cluster_name=profile.name,
            container_insights_v2=ecs.ContainerInsights.ENABLED,
        )
        self.namespace = discovery.PrivateDnsNamespace(self, "namespace", name=NAMESPACE, vpc=self.vpc)

    def _own(self, profile: Profile) -> ec2.IVpc:
        vpc = ec2.Vpc(
            self,
            "vpc",
            ip_addresses=ec2.IpAddresses.cidr(profile.network.cidr),
            availability_zones=[Fn.select(zone, Fn.get_azs()) for zone in range(profile.network.availability_zones)],
            nat_gateways=profile.network.nat_gateways,
            restrict_default_security_group=False,  # it would bring a Lambda; nothing uses that group
            subnet_configuration=[
                ec2.SubnetConfiguration(
                    name="public", subnet_type=ec2.SubnetType.PUBLIC, cidr_mask=24, map_public_ip_on_launch=False
                ),
                ec2.SubnetConfiguration(name="services", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=22),
                ec2.SubnetConfiguration(name="data", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, cidr_mask=24),
            ],
            gateway_endpoints={"s3": ec2.GatewayVpcEndpointOptions(service=ec2.GatewayVpcEndpointAwsService.S3)},
        )
        group = logs.LogGroup(self, "flow-log", retention=retention_of(profile.retention.logs_days))
        vpc.add_flow_log("flow", destination=ec2.FlowLogDestination.to_cloud_watch_logs(group))
        self._block_telemetry(vpc)
        return vpc

    def _existing(self, profile: Profile) -> ec2.IVpc:
        existing = profile.network.existing
        assert existing  # noqa: S101 - the caller's condition, for mypy
        return ec2.Vpc.from_vpc_attributes(
            self,
            "vpc",
            vpc_id=existing.vpc_id,
            vpc_cidr_block=existing.cidr,
            availability_zones=list(existing.availability_zones),
            private_subnet_ids=list(existing.private_subnets),
            isolated_subnet_ids=list(existing.data_subnets),
        )

    def _data_subnets(self, profile: Profile) -> ec2.SubnetSelection:
        if profile.network.existing:
            return ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
        return ec2.SubnetSelection(subnet_group_name="data")

    def _group(self, name: str) -> ec2.SecurityGroup:
        group = ec2.SecurityGroup(self, f"group-{name}", vpc=self.vpc, description=name, allow_all_outbound=False)
        if name in TASKS:
            group.add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(HTTPS), "images, secrets, logs, S3")
        return group

    def _open_ways(self, profile: Profile) -> None:
        self.groups["balancer"].add_ingress_rule(
            ec2.Peer.prefix_list(profile.edge.prefix_list), ec2.Port.tcp(HTTPS), "CloudFront"
        )
        for way in WAYS:
            self.groups[way.source].connections.allow_to(
                self.groups[way.target], ec2.Port.tcp(way.port), f"{way.source} to {way.target}"
            )
        for name in CLICKHOUSE:
            for port in (profile.clickhouse.native_port, profile.clickhouse.http_port):
                self.groups[name].add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(port), "ClickHouse")

    def _block_telemetry(self, vpc: ec2.IVpc) -> None:
        """OpenReplay sends the owner's mail address to its maker, from sign-up on; these names do not resolve here."""
        names = resolver.CfnFirewallDomainList(self, "telemetry", domains=list(TELEMETRY))
        rules = resolver.CfnFirewallRuleGroup(
            self,
            "telemetry-rules",
            firewall_rules=[
                resolver.CfnFirewallRuleGroup.FirewallRuleProperty(
                    action="BLOCK", block_response="NXDOMAIN", firewall_domain_list_id=names.attr_id, priority=1
                )
            ],
        )
        resolver.CfnFirewallRuleGroupAssociation(
            self, "telemetry-block", firewall_rule_group_id=rules.attr_id, priority=101, vpc_id=vpc.vpc_id
        )
