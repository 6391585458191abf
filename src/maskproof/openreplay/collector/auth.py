"""Checks the authority of API requests: a log-in token or the tenant's key (5, 5.1, 5.2)."""

import hmac
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from maskproof.openreplay.collector.answers import python_errors
from maskproof.openreplay.collector.tokens import JwtIssuer

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
# Answers a request that has no authority; None lets it pass.
Guard = Callable[[web.Request], web.StreamResponse | None]


def add_guarded(router: web.UrlDispatcher, routes: Mapping[tuple[str, str], Handler], guard: Guard) -> None:
    """
    Register endpoints whose requests pass a check first.

    Args:
        router: Receives the endpoints.
        routes: A handler for each method and path.
        guard: The check.

    """

    def guarded(handler: Handler) -> Handler:
        async def checked(request: web.Request) -> web.StreamResponse:
            refusal = guard(request)
            return await handler(request) if refusal is None else refusal

        return checked

    for (method, path), handler in routes.items():
        router.add_route(method, path, guarded(handler))


def bearer(request: web.Request) -> str:
    """The token of an `Authorization: Bearer` header; empty if there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else ""


def python_guard(issuer: JwtIssuer) -> Guard:
    """The check of the Python API: errors are JSON, 401 without a token, 403 with a wrong one."""

    def guard(request: web.Request) -> web.StreamResponse | None:
        if not bearer(request):
            return python_errors(401, "Not authenticated")
        return None if issuer.accepts(bearer(request)) else python_errors(403, "Invalid token or expired token.")

    return guard


def go_guard(issuer: JwtIssuer) -> Guard:
    """The check of the Go services: 401 without a good token, without a body."""
    return _bodiless(lambda token: bool(token) and issuer.accepts(token))


def key_guard(key: str) -> Guard:
    """The check of the public API: 401 without the tenant's key, without a body."""
    return _bodiless(lambda token: hmac.compare_digest(token.encode(), key.encode()))


def _bodiless(accepts: Callable[[str], bool]) -> Guard:
    return lambda request: None if accepts(bearer(request)) else web.Response(status=401)
