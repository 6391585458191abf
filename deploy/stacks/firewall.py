"""
The web application firewall of the balancer.

AWS' common rules block bodies over 8 KB, and page content that looks like an attack: they would stop every recording,
and the tracker gives up in silence. So their body rules only label, and one rule of ours blocks by label everywhere but
on the public paths. The balancer sees CloudFront's addresses; the browser's is in the header that the function sets.
"""

from aws_cdk import Stack
from aws_cdk import aws_elasticloadbalancingv2 as elb
from aws_cdk import aws_wafv2 as waf

from deploy.edge.body_rules import BODY_RULES
from deploy.edge.routes import ADDRESS_HEADER, ROUTE_HEADER, routes
from deploy.parameters import Profile

LABEL_PREFIX = "awswaf:managed:aws:core-rule-set:"
Statement = waf.CfnWebACL.StatementProperty


def add_firewall(stack: Stack, profile: Profile, balancer: elb.ApplicationLoadBalancer) -> None:
    """
    Put a web ACL in front of the balancer.

    Args:
        stack: Where it belongs.
        profile: The deployment.
        balancer: What it protects.

    """
    office = waf.CfnIPSet(
        stack, "office", addresses=list(profile.edge.office_cidrs), ip_address_version="IPV4", scope="REGIONAL"
    )
    interfaces = (profile.edge.analytics_host, profile.edge.replay_host)
    outside_office = _all_of(_any_of(*(_header("host", host) for host in interfaces)), _none_of(_from(office)))
    rules = [
        _blocking("interfaces-from-office", 0, outside_office),
        _blocking("requests-per-address", 1, _rate(profile.edge.requests_per_address)),
        _managed("AWSManagedRulesCommonRuleSet", 2, counted=tuple(BODY_RULES)),
        _blocking("bodies-off-public-paths", 3, _labelled_elsewhere(profile)),
        _managed("AWSManagedRulesKnownBadInputsRuleSet", 4),
    ]
    acl = waf.CfnWebACL(
        stack,
        "firewall",
        scope="REGIONAL",
        default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
        visibility_config=_seen("firewall"),
        rules=rules,
    )
    waf.CfnWebACLAssociation(
        stack, "firewall-of-balancer", resource_arn=balancer.load_balancer_arn, web_acl_arn=acl.attr_arn
    )


def _labelled_elsewhere(profile: Profile) -> Statement:
    public = tuple(route.service for route in routes(profile) if route.public)
    labels = (
        Statement(
            label_match_statement=waf.CfnWebACL.LabelMatchStatementProperty(scope="LABEL", key=LABEL_PREFIX + label)
        )
        for label in BODY_RULES.values()
    )
    return _all_of(_any_of(*labels), _none_of(_any_of(*(_header(ROUTE_HEADER, name) for name in public))))


def _from(addresses: waf.CfnIPSet) -> Statement:
    return Statement(
        ip_set_reference_statement=waf.CfnWebACL.IPSetReferenceStatementProperty(
            arn=addresses.attr_arn,
            ip_set_forwarded_ip_config=waf.CfnWebACL.IPSetForwardedIPConfigurationProperty(
                header_name=ADDRESS_HEADER, position="FIRST", fallback_behavior="NO_MATCH"
            ),
        )
    )


def _rate(limit: int) -> Statement:
    return Statement(
        rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
            limit=limit,
            aggregate_key_type="FORWARDED_IP",
            forwarded_ip_config=waf.CfnWebACL.ForwardedIPConfigurationProperty(
                header_name=ADDRESS_HEADER, fallback_behavior="MATCH"
            ),
        )
    )


def _header(name: str, value: str) -> Statement:
    return Statement(
        byte_match_statement=waf.CfnWebACL.ByteMatchStatementProperty(
            field_to_match=waf.CfnWebACL.FieldToMatchProperty(single_header={"Name": name}),
            positional_constraint="EXACTLY",
            search_string=value,
            text_transformations=[waf.CfnWebACL.TextTransformationProperty(priority=0, type="LOWERCASE")],
        )
    )


def _all_of(*statements: Statement) -> Statement:
    return Statement(and_statement=waf.CfnWebACL.AndStatementProperty(statements=list(statements)))


def _any_of(*statements: Statement) -> Statement:
    return Statement(or_statement=waf.CfnWebACL.OrStatementProperty(statements=list(statements)))


def _none_of(statement: Statement) -> Statement:
    return Statement(not_statement=waf.CfnWebACL.NotStatementProperty(statement=statement))


def _seen(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    """Counted, and no request is kept: a sample would hold a body's headers and address."""
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=False
    )


def _blocking(name: str, priority: int, statement: Statement) -> waf.CfnWebACL.RuleProperty:
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        statement=statement,
        action=waf.CfnWebACL.RuleActionProperty(block={}),
        visibility_config=_seen(name),
    )


def _managed(name: str, priority: int, counted: tuple[str, ...] = ()) -> waf.CfnWebACL.RuleProperty:
    overrides = [
        waf.CfnWebACL.RuleActionOverrideProperty(name=rule, action_to_use=waf.CfnWebACL.RuleActionProperty(count={}))
        for rule in counted
    ]
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        statement=Statement(
            managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(
                vendor_name="AWS", name=name, rule_action_overrides=overrides or None
            )
        ),
        override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
        visibility_config=_seen(name),
    )
