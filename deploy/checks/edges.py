"""Checks of the edge: two public paths, everything else guarded, and an ingest that nothing caches, cuts or blocks."""

import re
from collections.abc import Iterator

from deploy.checks.synthesis import Json, Resource, Synthesis, flat
from deploy.edge.body_rules import BODY_RULES
from deploy.edge.routes import ROUTE_HEADER, routes

# CloudFront's own policies, by id: these are names in its documentation, the same in every account.
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
ALL_VIEWER_AND_CLOUDFRONT = "33f36d7e-f396-46d9-90e0-52428a34d9dc"
ALL_METHODS = {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
MANAGED_ACTIONS = "RuleActionOverrides"


def only_public_paths_are_public(synthesis: Synthesis) -> Iterator[str]:
    """Two paths are public (three with live view); both interfaces are for the office."""
    edge = synthesis.profile.edge
    public = {(route.host, route.prefix) for route in routes(synthesis.profile) if route.public}
    wanted = {(edge.collect_host, edge.ingest_prefix), (edge.collect_host, edge.analytics_prefix)}
    wanted |= {(edge.collect_host, "/w")} if synthesis.profile.openreplay.assist else set()
    if public != wanted:
        yield f"public are {sorted(public)}"
    table = _table(synthesis)
    for host in (edge.analytics_host, edge.replay_host):
        if any(entry["public"] for entry in table if entry["host"] == host):
            yield f"{host}: anybody may come"
    for entry in table:
        if entry["public"] and not entry["only"] and entry["service"] != "assist":
            yield f"{entry['service']}: every path is public"
        if any(name.startswith("/api/record") for name in entry["only"]):
            yield "umami's recorder is public"
    if not _office_is_blocked_for_others(synthesis):
        yield "the firewall lets anybody reach the interfaces"


def balancer_is_internal(synthesis: Synthesis) -> Iterator[str]:
    """Only CloudFront reaches the balancer, by TLS; what no rule names is refused."""
    (balancer,) = synthesis.resources("AWS::ElasticLoadBalancingV2::LoadBalancer")
    if balancer.properties.get("Scheme") != "internal":
        yield "the balancer is on the internet"
    (listener,) = synthesis.resources("AWS::ElasticLoadBalancingV2::Listener")
    if listener.properties["Protocol"] != "HTTPS":
        yield "the balancer answers without TLS"
    if listener.properties["DefaultActions"][0].get("FixedResponseConfig", {}).get("StatusCode") != "404":
        yield "what no rule names is answered"
    for rule in synthesis.resources("AWS::ElasticLoadBalancingV2::ListenerRule"):
        fields = {condition["Field"] for condition in rule.properties["Conditions"]}
        if fields != {"host-header", "http-header"}:
            yield f"{rule.id}: is not bound to host and route"
    for way in _ingress_from_anywhere(synthesis):
        yield f"{way.id}: anybody may connect"


def red_button_is_ready(synthesis: Synthesis) -> Iterator[str]:
    """Each public route has a rule that stops it, with the same conditions; the first one counts."""
    rules = {
        _route_of(rule) + ("/stop" if _stops(rule) else ""): rule
        for rule in synthesis.resources("AWS::ElasticLoadBalancingV2::ListenerRule")
    }
    edge = synthesis.profile.edge
    for route in routes(synthesis.profile):
        if not route.public:
            continue
        forward, stop = rules.get(route.service), rules.get(f"{route.service}/stop")
        if not forward or not stop:
            yield f"{route.service}: cannot be stopped"
            continue
        if forward.properties["Conditions"] != stop.properties["Conditions"]:
            yield f"{route.service}: its two rules differ"
        stopped = stop.properties["Priority"] < forward.properties["Priority"]
        if stopped is (edge.open and edge.recording):
            yield f"{route.service}: {'is stopped' if stopped else 'is public'}, which the profile does not say"


def ingest_passes_everything(synthesis: Synthesis) -> Iterator[str]:
    """Ingest and analytics are never cached; every method and header passes, by TLS, through the function."""
    edge = synthesis.profile.edge
    config = _distribution(synthesis)
    behaviours = {entry["PathPattern"]: entry for entry in config.get("CacheBehaviors", [])}
    for pattern in (f"{edge.ingest_prefix}/*", f"{edge.analytics_prefix}/*", "default"):
        found = config["DefaultCacheBehavior"] if pattern == "default" else behaviours.get(pattern)
        if not found:
            yield f"{pattern}: has no behaviour"
            continue
        if found.get("CachePolicyId") != CACHING_DISABLED:
            yield f"{pattern}: is cached"
        if set(found.get("AllowedMethods", [])) != ALL_METHODS:
            yield f"{pattern}: does not take every method"
        if found.get("OriginRequestPolicyId") != ALL_VIEWER_AND_CLOUDFRONT:
            yield f"{pattern}: headers are lost"
        if pattern != "default" and "cors" not in flat(found.get("ResponseHeadersPolicyId", "")):
            yield f"{pattern}: has no CORS"
    for pattern, found in {**behaviours, "default": config["DefaultCacheBehavior"]}.items():
        if not found.get("FunctionAssociations"):
            yield f"{pattern}: the function does not run"
        if found.get("ViewerProtocolPolicy") != "https-only":
            yield f"{pattern}: answers without TLS"


def cors_allows_uploads(synthesis: Synthesis) -> Iterator[str]:
    """The preflight's answer names what the tracker's worker sends, for the application's origins alone."""
    found = [
        policy.properties["ResponseHeadersPolicyConfig"]["CorsConfig"]
        for policy in synthesis.resources("AWS::CloudFront::ResponseHeadersPolicy")
        if "CorsConfig" in policy.properties["ResponseHeadersPolicyConfig"]
    ]
    for cors in found:
        names = {name.lower() for name in cors["AccessControlAllowHeaders"]["Items"]}
        for name in {"content-type", "authorization", "content-encoding", "datatype"} - names:
            yield f"CORS does not allow {name}"
        if cors["AccessControlAllowOrigins"]["Items"] != list(synthesis.profile.edge.application_origins):
            yield "CORS allows other origins than the application's"
    if not found:
        yield "there is no CORS"


def bodies_pass_the_firewall(synthesis: Synthesis) -> Iterator[str]:
    """The rules that read bodies only label; one rule blocks by label, and not on public paths."""
    (acl,) = synthesis.resources("AWS::WAFv2::WebACL")
    rules = {rule["Name"]: rule for rule in acl.properties["Rules"]}
    common = rules.get("AWSManagedRulesCommonRuleSet")
    if not common:
        yield "the common rules are missing"
        return
    overrides = common["Statement"]["ManagedRuleGroupStatement"].get(MANAGED_ACTIONS, [])
    counted = {entry["Name"] for entry in overrides if "Count" in entry["ActionToUse"]}
    yield from (f"{name}: blocks recordings" for name in sorted(set(BODY_RULES) - counted))
    elsewhere = rules.get("bodies-off-public-paths", {})
    if "Block" not in elsewhere.get("Action", {}) or elsewhere["Priority"] < common["Priority"]:
        yield "large bodies pass everywhere"
    for route in routes(synthesis.profile):
        if route.public and f'"SearchString": "{route.service}"' not in flat(elsewhere.get("Statement", {})):
            yield f"{route.service}: its bodies are blocked"
    if not list(synthesis.resources("AWS::WAFv2::WebACLAssociation")):
        yield "the firewall protects nothing"


def script_is_cached_for_minutes(synthesis: Synthesis) -> Iterator[str]:
    """A new or withdrawn script is with every browser within minutes; Umami itself would say a day."""
    for policy in synthesis.resources("AWS::CloudFront::CachePolicy"):
        if policy.properties["CachePolicyConfig"]["MaxTTL"] > 3600:  # noqa: PLR2004
            yield f"{policy.id}: keeps the script for more than an hour"
    if not re.search(r'"Header": "Cache-Control", "Override": true, "Value": "public, max-age=300"', synthesis.text()):
        yield "browsers keep the script for a day"


def _distribution(synthesis: Synthesis) -> Json:
    (found,) = synthesis.resources("AWS::CloudFront::Distribution")
    config: Json = found.properties["DistributionConfig"]
    return config


def _table(synthesis: Synthesis) -> list[Json]:
    """The routes as the deployed function has them."""
    import json

    (function,) = synthesis.resources("AWS::CloudFront::Function")
    found: list[Json] = json.loads(re.search(r"var ROUTES = (\[.*?\]);\n", function.properties["FunctionCode"])[1])  # type: ignore[index]
    return found


def _office_is_blocked_for_others(synthesis: Synthesis) -> bool:
    (acl,) = synthesis.resources("AWS::WAFv2::WebACL")
    rule = next((rule for rule in acl.properties["Rules"] if rule["Name"] == "interfaces-from-office"), None)
    hosts = (synthesis.profile.edge.analytics_host, synthesis.profile.edge.replay_host)
    return bool(
        rule
        and "Block" in rule["Action"]
        and all(host in flat(rule["Statement"]) for host in hosts)
        and '"FallbackBehavior": "NO_MATCH"' in flat(rule["Statement"])
    )


def _route_of(rule: Resource) -> str:
    for condition in rule.properties["Conditions"]:
        config = condition.get("HttpHeaderConfig", {})
        if config.get("HttpHeaderName") == ROUTE_HEADER:
            return str(config["Values"][0])
    return rule.id


def _stops(rule: Resource) -> bool:
    return bool(rule.properties["Actions"][0]["Type"] == "fixed-response")


def _ingress_from_anywhere(synthesis: Synthesis) -> Iterator[Resource]:
    for found in synthesis.resources("AWS::EC2::SecurityGroupIngress"):
        if found.properties.get("CidrIp") == "0.0.0.0/0":
            yield found
    for group in synthesis.resources("AWS::EC2::SecurityGroup"):
        if any(entry.get("CidrIp") == "0.0.0.0/0" for entry in group.properties.get("SecurityGroupIngress", [])):
            yield group
