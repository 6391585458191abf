"""The CloudFront distribution: the only way in. It caches Umami's script and the assets of replays alone."""

from aws_cdk import Duration, Stack
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_elasticloadbalancingv2 as elb
from aws_cdk import aws_s3 as s3

from deploy.edge.routes import ASSETS_PREFIX, function_code
from deploy.parameters import Profile
from deploy.stacks.accepted import accept
from deploy.stacks.common import bucket_name

SCRIPT_MINUTES = 5  # Umami says a day: a rollback of the script would take as long
PREFLIGHT_SECONDS = 600
ORIGIN_SECONDS = 60
# What the tracker's worker sends; without `datatype` in a preflight's answer every upload fails in silence.
CORS_HEADERS = ["Content-Type", "Authorization", "Content-Encoding", "DataType", "X-Openreplay-Batch", "x-umami-cache"]


def add_distribution(stack: Stack, profile: Profile, balancer: elb.ApplicationLoadBalancer) -> cloudfront.Distribution:
    """
    Put a distribution in front of the balancer and of the bucket of assets.

    Args:
        stack: Where it belongs.
        profile: The deployment.
        balancer: The internal balancer; CloudFront reaches it inside the network.

    """
    edge = profile.edge
    parts = _Parts(stack, profile, balancer)
    prefixes = [edge.ingest_prefix, edge.analytics_prefix, *(["/w"] if profile.openreplay.assist else [])]
    distribution = cloudfront.Distribution(
        stack,
        "distribution",
        comment=f"{profile.name}: recording, analytics, and their interfaces",
        domain_names=[edge.collect_host, edge.analytics_host, edge.replay_host],
        certificate=acm.Certificate.from_certificate_arn(stack, "edge-certificate", edge.edge_certificate),
        minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
        http_version=cloudfront.HttpVersion.HTTP2_AND_3,
        enable_ipv6=False,  # the office's blocks and the tasks are IPv4
        price_class=cloudfront.PriceClass.PRICE_CLASS_100,
        default_behavior=parts.live(cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS),
        additional_behaviors={
            f"{edge.analytics_prefix}/{edge.script_name}": parts.script(),
            **{f"{prefix}/*": parts.live(parts.cors) for prefix in prefixes},
            f"{ASSETS_PREFIX}/*": parts.assets(),
        },
    )
    accept(distribution, "CFR1", "The application's users are where they are; recording does not follow borders.")
    accept(
        distribution,
        "CFR2",
        "The firewall stands at the balancer, in the deployment's own region: decisions/firewall.md.",
    )
    accept(
        distribution,
        "CFR3",
        "The balancer logs every request that is not cached; a second log is one more store of addresses.",
    )
    return distribution


class _Parts:
    """The behaviours, and what they share."""

    def __init__(self, stack: Stack, profile: Profile, balancer: elb.ApplicationLoadBalancer) -> None:
        self._stack, self._profile = stack, profile
        self._balancer = origins.VpcOrigin.with_application_load_balancer(
            balancer,
            domain_name=profile.edge.collect_host,
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
            read_timeout=Duration.seconds(ORIGIN_SECONDS),
            keepalive_timeout=Duration.seconds(ORIGIN_SECONDS),
        )
        self.cors = self._cors()
        self._functions = [
            cloudfront.FunctionAssociation(
                function=cloudfront.Function(
                    stack,
                    "viewer-request",
                    code=cloudfront.FunctionCode.from_inline(function_code(profile)),
                    runtime=cloudfront.FunctionRuntime.JS_2_0,
                ),
                event_type=cloudfront.FunctionEventType.VIEWER_REQUEST,
            )
        ]

    def live(self, headers: cloudfront.IResponseHeadersPolicy) -> cloudfront.BehaviorOptions:
        """Never cached; every method and header passes, so that uploads and WebSockets work."""
        return cloudfront.BehaviorOptions(
            origin=self._balancer,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_AND_CLOUDFRONT_2022,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            response_headers_policy=headers,
            function_associations=self._functions,
            compress=False,
        )

    def script(self) -> cloudfront.BehaviorOptions:
        """Umami's script: cached for minutes, whatever Umami says."""
        policy = cloudfront.CachePolicy(
            self._stack,
            "script-cache",
            min_ttl=Duration.minutes(1),
            default_ttl=Duration.minutes(SCRIPT_MINUTES),
            max_ttl=Duration.minutes(SCRIPT_MINUTES),
            header_behavior=cloudfront.CacheHeaderBehavior.allow_list("Host", "x-route"),
            enable_accept_encoding_gzip=True,
            enable_accept_encoding_brotli=True,
        )
        return cloudfront.BehaviorOptions(
            origin=self._balancer,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
            cache_policy=policy,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            response_headers_policy=cloudfront.ResponseHeadersPolicy(
                self._stack,
                "script-headers",
                custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                    custom_headers=[
                        cloudfront.ResponseCustomHeader(
                            header="Cache-Control", value=f"public, max-age={60 * SCRIPT_MINUTES}", override=True
                        )
                    ]
                ),
            ),
            function_associations=self._functions,
        )

    def assets(self) -> cloudfront.BehaviorOptions:
        """Styles and fonts of replays: from the private bucket, and only to the office."""
        bucket = s3.Bucket.from_bucket_attributes(
            self._stack,
            "assets",
            bucket_name=bucket_name(self._profile, "assets"),
            region=self._profile.account.region,
        )
        return cloudfront.BehaviorOptions(
            origin=origins.S3BucketOrigin.with_origin_access_control(bucket),
            allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            function_associations=self._functions,
        )

    def _cors(self) -> cloudfront.ResponseHeadersPolicy:
        return cloudfront.ResponseHeadersPolicy(
            self._stack,
            "cors",
            cors_behavior=cloudfront.ResponseHeadersCorsBehavior(
                access_control_allow_credentials=False,
                access_control_allow_headers=CORS_HEADERS,
                access_control_allow_methods=["GET", "POST", "OPTIONS"],
                access_control_allow_origins=list(self._profile.edge.application_origins),
                access_control_max_age=Duration.seconds(PREFLIGHT_SECONDS),
                origin_override=True,
            ),
        )
