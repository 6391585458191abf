"""
The routes of the edge, as data for the CloudFront function, the distribution's behaviours and the balancer's rules.

Both products use `/api` on the host of their interface, and Umami has no base path. So the function takes the prefix
off and names the service in a header of its own, which it always overwrites; the balancer routes by that header.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from deploy.parameters.model import Profile

ROUTE_HEADER = "x-route"
ADDRESS_HEADER = "true-client-ip"
ASSETS_PREFIX = "/a"
TEMPLATE = Path(__file__).with_name("viewer_request.js")


@dataclass(frozen=True, slots=True)
class EdgeRoute:
    """
    One route; on its host, the first whose prefix fits counts.

    `only` lists the paths, prefix taken off, that are allowed; empty for all. `public` is false where only the office
    may come. `pages` means that every path without a file's ending is the one page of an application. `origin` is the
    balancer, or the bucket of assets.
    """

    host: str
    prefix: str
    service: str
    strip: bool = True
    public: bool = False
    only: tuple[str, ...] = ()
    pages: bool = False
    origin: str = "balancer"


def routes(profile: Profile) -> tuple[EdgeRoute, ...]:
    """The routes of a deployment, in the order in which they are tried."""
    edge = profile.edge
    found = [
        EdgeRoute(edge.collect_host, edge.ingest_prefix, "http", public=True, only=("/v1/web/",)),
        EdgeRoute(
            edge.collect_host, edge.analytics_prefix, "umami", public=True, only=(f"/{edge.script_name}", "/api/send")
        ),
        EdgeRoute(edge.replay_host, ASSETS_PREFIX, "assets", origin="assets"),
        EdgeRoute(edge.replay_host, "/v2/api", "api"),
        EdgeRoute(edge.replay_host, "/api", "chalice"),
        EdgeRoute(edge.replay_host, "", "frontend", strip=False, pages=True),
        EdgeRoute(edge.analytics_host, "", "umami-interface", strip=False),
    ]
    if profile.openreplay.assist:
        found.insert(0, EdgeRoute(edge.collect_host, "/w", "assist", public=True))
        found.insert(3, EdgeRoute(edge.replay_host, "/ws-assist", "assist-interface"))
    if profile.tools.grafana:
        found.insert(0, EdgeRoute(edge.analytics_host, "/grafana", "grafana", strip=False))
    return tuple(found)


def function_code(profile: Profile) -> str:
    """The CloudFront function of a deployment: the template with the routes and the office's addresses filled in."""
    table = [
        {
            "host": route.host,
            "prefix": route.prefix,
            "service": route.service,
            "strip": route.strip,
            "public": route.public,
            "pages": route.pages,
            "only": list(route.only),
        }
        for route in routes(profile)
    ]
    code = TEMPLATE.read_text(encoding="utf-8")
    for name, value in (("ROUTES", table), ("OFFICE", list(profile.edge.office_cidrs))):
        code = code.replace(f"'{{{{{name}}}}}'", json.dumps(value))
    return code
