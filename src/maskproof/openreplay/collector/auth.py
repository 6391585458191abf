"""Checks the authority of API requests: a log-in token or the tenant's key (5, 5.1, 5.2)."""

import hmac
from collections.abc import Awaitable, Callable

from aiohttp import web

from maskproof.openreplay.collector.answers import python_errors
from maskproof.openreplay.collector.tokens import JwtIssuer

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Guarded = Callable[[web.Request], Awaitable[web.StreamResponse]]


def bearer(request: web.Request) -> str:
    """The token of an `Authorization: Bearer` header; empty if there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else ""


def python_guard(issuer: JwtIssuer, handler: Handler) -> Guarded:
    """
    Wrap a handler in the check of the Python API: errors are JSON, 401 without a token, 403 with a wrong one.

    Args:
        issuer: Checks the tokens of log-ins.
        handler: Answers requests that pass the check.

    """

    async def guarded(request: web.Request) -> web.StreamResponse:
        if not bearer(request):
            return python_errors(401, "Not authenticated")
        if not issuer.accepts(bearer(request)):
            return python_errors(403, "Invalid token or expired token.")
        return await handler(request)

    return guarded


def go_guard(issuer: JwtIssuer, handler: Handler) -> Guarded:
    """
    Wrap a handler in the check of the Go services: 401 without a good token, without a body.

    Args:
        issuer: Checks the tokens of log-ins.
        handler: Answers requests that pass the check.

    """

    async def guarded(request: web.Request) -> web.StreamResponse:
        if not bearer(request) or not issuer.accepts(bearer(request)):
            return web.Response(status=401)
        return await handler(request)

    return guarded


def key_guard(key: str, handler: Handler) -> Guarded:
    """
    Wrap a handler in the check of the public API: 401 without the key, without a body.

    Args:
        key: API key of the tenant.
        handler: Answers requests that pass the check.

    """

    async def guarded(request: web.Request) -> web.StreamResponse:
        if not hmac.compare_digest(bearer(request).encode(), key.encode()):
            return web.Response(status=401)
        return await handler(request)

    return guarded
