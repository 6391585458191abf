"""The forms of an answer: the envelopes of OpenReplay's services, and what they say of what they do not have."""

import json
from collections.abc import Collection

from aiohttp import web

OBJECT = "application/octet-stream"


def json_answer(value: object, status: int = 200) -> web.Response:
    """
    JSON without a charset, as the real services send it.

    Args:
        value: The JSON value.
        status: HTTP status.

    """
    return web.Response(body=json.dumps(value).encode(), status=status, content_type="application/json")


def data(value: object) -> web.Response:
    """A good answer in the envelope of every service."""
    return json_answer({"data": value})


def error(status: int, reason: str) -> web.Response:
    """
    An error of the Go services.

    Args:
        status: HTTP status.
        reason: What is wrong.

    """
    return json_answer({"error": reason}, status)


def python_errors(status: int, reason: str) -> web.Response:
    """
    An error of the Python services.

    Args:
        status: HTTP status.
        reason: What is wrong.

    """
    return json_answer({"errors": [reason]}, status)


def unknown_path(path: str, methods: Collection[str] = ()) -> web.Response:
    """
    The answer to a request that no service has: each has its own.

    Args:
        path: Path of the request.
        methods: The methods that the path does have.

    """
    status = 405 if set(methods) - {"OPTIONS"} else 404
    if path.startswith("/api/"):
        return json_answer({"detail": "Not Found" if status == 404 else "Method Not Allowed"}, status)  # noqa: PLR2004
    if status != 404:  # noqa: PLR2004 - the number says it
        return web.Response(status=status)
    return web.Response(status=404, text="404 page not found\n")


async def without_type_of_nothing(_request: web.Request, answer: web.StreamResponse) -> None:
    """Leave out the content type of an empty answer, as the real services do."""
    if isinstance(answer, web.Response) and answer.body is None:
        answer.headers.pop("Content-Type", None)
