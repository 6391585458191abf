"""The edge: CloudFront in front of an internal balancer, two public paths, and a red button that stops recording."""

from aws_cdk import Duration, Stack
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct

from deploy.edge.routes import ROUTE_HEADER, EdgeRoute, routes
from deploy.parameters import Profile
from deploy.services import openreplay, umami
from deploy.services.model import Route
from deploy.services.tools import GRAFANA
from deploy.stacks.common import environment_of
from deploy.stacks.data import DataStack
from deploy.stacks.distribution import add_distribution
from deploy.stacks.firewall import add_firewall
from deploy.stacks.network import HTTPS, NetworkStack

IDLE_SECONDS = 60
ASSIST_IDLE_SECONDS = 3600  # a live view is one WebSocket for an hour
FIRST_PRIORITY = 10
STEP = 10
DRAIN_SECONDS = 30
TARGET_OF = {"umami-interface": "umami", "assist-interface": "assist"}


class EdgeStack(Stack):
    """Deployed before the services, since a service can only join a target group that a listener has."""

    def __init__(self, scope: Construct, profile: Profile, network: NetworkStack, data: DataStack) -> None:
        super().__init__(scope, f"{profile.name}-edge", env=environment_of(profile))
        self._profile, self._network = profile, network
        self.balancer = self._balancer(data)
        self._listener = self._https()
        self.targets = {name: self._target(name, route) for name, route in _targets(profile).items()}
        self._add_rules()
        add_firewall(self, profile, self.balancer)
        self.distribution = add_distribution(self, profile, self.balancer)

    def _balancer(self, data: DataStack) -> elb.ApplicationLoadBalancer:
        balancer = elb.ApplicationLoadBalancer(
            self,
            "balancer",
            vpc=self._network.vpc,
            internet_facing=False,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
            security_group=self._network.groups["balancer"],
            deletion_protection=self._profile.data.deletion_protection,
            drop_invalid_header_fields=True,
            idle_timeout=Duration.seconds(ASSIST_IDLE_SECONDS if self._profile.openreplay.assist else IDLE_SECONDS),
        )
        balancer.log_access_logs(data.buckets.logs, "balancer")
        return balancer

    def _https(self) -> elb.ApplicationListener:
        return self.balancer.add_listener(
            "https",
            port=HTTPS,
            open=False,
            certificates=[
                acm.Certificate.from_certificate_arn(self, "certificate", self._profile.edge.origin_certificate)
            ],
            ssl_policy=elb.SslPolicy.TLS13_RES,
            default_action=elb.ListenerAction.fixed_response(404),
        )

    def _target(self, name: str, route: Route) -> elb.ApplicationTargetGroup:
        return elb.ApplicationTargetGroup(
            self,
            f"target-{name}",
            vpc=self._network.vpc,
            port=route.port,
            protocol=elb.ApplicationProtocol.HTTP,
            target_type=elb.TargetType.IP,
            deregistration_delay=Duration.seconds(DRAIN_SECONDS),
            stickiness_cookie_duration=Duration.hours(1) if route.sticky else None,
            health_check=elb.HealthCheck(
                path=route.health_path,
                port=str(route.health_port or route.port),
                healthy_http_codes="200",
                interval=Duration.seconds(15),
                timeout=Duration.seconds(5),
                healthy_threshold_count=2,
                unhealthy_threshold_count=3,
            ),
        )

    def _add_rules(self) -> None:
        """A route forwards; a public one has a second rule that stops it. The red button swaps the two priorities."""
        priority = FIRST_PRIORITY
        for route in routes(self._profile):
            if route.origin != "balancer":
                continue
            target = self.targets[TARGET_OF.get(route.service, route.service)]
            actions = {f"forward-{route.service}": elb.ListenerAction.forward([target])}
            if route.public:
                stop = elb.ListenerAction.fixed_response(
                    503, content_type="text/plain", message_body="recording is off"
                )
                actions[f"stop-{route.service}"] = stop
            order = reversed(actions) if self._stopped(route) else actions
            for name in order:
                self._rule(name, priority, route, actions[name])
                priority += STEP

    def _stopped(self, route: EdgeRoute) -> bool:
        return route.public and not (self._profile.edge.open and self._profile.edge.recording)

    def _rule(self, name: str, priority: int, route: EdgeRoute, action: elb.ListenerAction) -> None:
        elb.ApplicationListenerRule(
            self,
            name,
            listener=self._listener,
            priority=priority,
            conditions=[
                elb.ListenerCondition.host_headers([route.host]),
                elb.ListenerCondition.http_header(ROUTE_HEADER, [route.service]),
            ],
            action=action,
        )


def _targets(profile: Profile) -> dict[str, Route]:
    services = openreplay.chosen(assist=profile.openreplay.assist, sourcemaps=profile.openreplay.sourcemaps)
    found = {
        service.name: service.route
        for service in (*services, umami.service(3, 1), *([GRAFANA] if profile.tools.grafana else []))
    }
    return {name: route for name, route in found.items() if route}
