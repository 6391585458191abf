"""The CloudFront function, run by Node.js: what it lets through, what it takes off, and what it overwrites."""

import dataclasses
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from deploy.edge.routes import function_code
from deploy.parameters import load_profile
from deploy.parameters.model import Tools
from tests.unit.deploy.profiles import SMALL

OFFICE, ELSEWHERE = "203.0.113.9", "198.51.100.7"
COLLECT, ANALYTICS, REPLAY = "t.example.com", "analytics.example.com", "replay.example.com"
# A function of CloudFront may have 10 KB.
LIMIT = 10_240
RUN = "\nconst events = JSON.parse(require('fs').readFileSync(0)); console.log(JSON.stringify(events.map(handler)));"


def node() -> str:
    """Node.js of the environment, else of the machine."""
    found = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    assert found, "there is no node"
    return found


@cache
def code() -> str:
    """The function with everything optional on."""
    profile = load_profile(SMALL)
    openreplay = dataclasses.replace(profile.openreplay, assist=True)
    return function_code(dataclasses.replace(profile, openreplay=openreplay, tools=Tools(grafana=True)))


def run(host: str, uri: str, address: str = ELSEWHERE, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """
    What the function answers.

    Args:
        host: The Host header.
        uri: The path.
        address: Where the request comes from.
        headers: More headers of the request.

    """
    sent = {name: {"value": value} for name, value in {"host": host, **(headers or {})}.items()}
    event = {"viewer": {"ip": address}, "request": {"method": "POST", "uri": uri, "querystring": {}, "headers": sent}}
    done = subprocess.run(
        [node(), "-e", code() + RUN], input=json.dumps([event]), capture_output=True, text=True, check=True, timeout=60
    )
    (answer,) = json.loads(done.stdout)
    found: dict[str, Any] = answer
    return found


@pytest.mark.parametrize(
    ("host", "uri", "service", "path"),
    [
        (COLLECT, "/o/v1/web/start", "http", "/v1/web/start"),
        (COLLECT, "/o/v1/web/i", "http", "/v1/web/i"),
        (COLLECT, "/o/v1/web/images", "http", "/v1/web/images"),
        (COLLECT, "/u/s.js", "umami", "/s.js"),
        (COLLECT, "/u/api/send", "umami", "/api/send"),
        (COLLECT.upper(), "/u/api/send", "umami", "/api/send"),
        (f"{COLLECT}:443", "/u/api/send", "umami", "/api/send"),
        (COLLECT, "/w/socket", "assist", "/socket"),
    ],
)
def test_a_public_path_goes_to_its_service(host: str, uri: str, service: str, path: str) -> None:
    """Anybody reaches ingest and analytics; the prefix is taken off, and the service is named."""
    request = run(host, uri)
    assert (request["uri"], request["headers"]["x-route"]["value"]) == (path, service)


@pytest.mark.parametrize(
    ("host", "uri", "service", "path"),
    [
        (REPLAY, "/v2/api/sessions", "api", "/sessions"),
        (REPLAY, "/api/login", "chalice", "/login"),
        (REPLAY, "/api", "chalice", "/"),
        (REPLAY, "/1/session/4122524802890072320", "frontend", "/index.html"),
        (REPLAY, "/", "frontend", "/index.html"),
        (REPLAY, "/app-1a2b.js", "frontend", "/app-1a2b.js"),
        (REPLAY, "/apiary", "frontend", "/index.html"),
        (REPLAY, "/a/1/styles.css", "assets", "/1/styles.css"),
        (REPLAY, "/ws-assist/socket", "assist-interface", "/socket"),
        (ANALYTICS, "/api/websites", "umami-interface", "/api/websites"),
        (ANALYTICS, "/grafana/d/1", "grafana", "/grafana/d/1"),
    ],
)
def test_the_office_reaches_the_interfaces_and_nobody_else(host: str, uri: str, service: str, path: str) -> None:
    """From the office a path goes to its service; from elsewhere the answer is 403."""
    request = run(host, uri, OFFICE)
    assert (request["uri"], request["headers"]["x-route"]["value"]) == (path, service)
    assert run(host, uri)["statusCode"] == 403


@pytest.mark.parametrize(
    "uri",
    [
        "/", "/o", "/o/", "/o/health", "/o/v1/mobile/start", "/u", "/u/api/record", "/u/api/websites", "/u/api/send/x",
        "/u/script.js", "/ox/v1/web/i", "/api/send", "/signup", "/a/1/styles.css", "/grafana", "/o/v1/web/../../health",
        "/o/v1/web/%2e%2e/%2E%2e/health", "/o/v1/web//start", "/o/v1/web/\\..\\health",
    ],
)  # fmt: skip
def test_nothing_else_is_public(uri: str) -> None:
    """On the collector's host every other path is 404, from the office too."""
    assert run(COLLECT, uri)["statusCode"] == 404
    assert run(COLLECT, uri, OFFICE)["statusCode"] == 404


@pytest.mark.parametrize("host", ["example.com", "d111111abcdef8.cloudfront.net", "xt.example.com", ""])
def test_an_unknown_host_is_refused(host: str) -> None:
    """The distribution's own name is no way around."""
    assert run(host, "/o/v1/web/start", OFFICE)["statusCode"] == 404


def test_what_the_client_claims_is_overwritten() -> None:
    """Neither the address nor the route of a request is what its sender says."""
    request = run(COLLECT, "/u/api/send", headers={"true-client-ip": "10.0.0.1", "x-route": "chalice"})
    assert request["headers"]["true-client-ip"]["value"] == ELSEWHERE
    assert request["headers"]["x-route"]["value"] == "umami"


def test_other_headers_and_the_method_stay() -> None:
    """Uploads and WebSockets need theirs."""
    request = run(
        COLLECT, "/o/v1/web/i", headers={"authorization": "Bearer x", "upgrade": "websocket", "datatype": "b"}
    )
    assert request["method"] == "POST"
    assert {"authorization", "upgrade", "datatype"} <= set(request["headers"])


@pytest.mark.parametrize("address", ["203.0.112.255", "203.0.114.0", "2001:db8::1", "::ffff:203.0.113.9", "203.0.113"])
def test_an_address_beside_the_office_is_refused(address: str) -> None:
    """The block's bounds count; an address of another form is not the office's."""
    assert run(REPLAY, "/", address)["statusCode"] == 403


def test_the_function_is_small_enough() -> None:
    """CloudFront takes no larger one; nothing is left to fill in."""
    assert len(code().encode()) < LIMIT
    assert "{{" not in code()
