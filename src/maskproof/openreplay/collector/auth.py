"""Who may call the API: the log-in's token or the tenant's key, and how a refusal looks (5, 5.1, 5.2)."""

import hmac
from collections.abc import Awaitable, Callable

from aiohttp import web

from maskproof.openreplay.collector.tokens import JwtIssuer

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Guarded = Callable[[web.Request], Awaitable[web.StreamResponse]]


def bearer(request: web.Request) -> str:
    """The token of an `Authorization: Bearer` header, or nothing."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else ""


def python_guard(issuer: JwtIssuer, handler: Handler) -> Guarded:
    """A handler behind the Python API's check: errors are JSON, 401 without a token, 403 with a wrong one."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        if not bearer(request):
            return web.json_response({"errors": ["Not authenticated"]}, status=401)
        if not issuer.accepts(bearer(request)):
            return web.json_response({"errors": ["Invalid token or expired token."]}, status=403)
        return await handler(request)

    return guarded


def go_guard(issuer: JwtIssuer, handler: Handler) -> Guarded:
    """A handler behind the Go services' check: the same statuses without a body."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        if not bearer(request):
            return web.Response(status=401)
        if not issuer.accepts(bearer(request)):
            return web.Response(status=403)
        return await handler(request)

    return guarded


def key_guard(key: str, handler: Handler) -> Guarded:
    """A handler behind the public API's check of the tenant's key."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        if not bearer(request):
            return web.Response(status=401)
        if not hmac.compare_digest(bearer(request).encode(), key.encode()):
            return web.Response(status=403)
        return await handler(request)

    return guarded
