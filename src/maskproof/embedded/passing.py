"""Passes a request on to another server, and its answer back as it comes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, web
from yarl import URL

# Of a connection, and of silence: a stream of events may last as long as its page.
TIMEOUT = ClientTimeout(total=None, sock_connect=30.0, sock_read=30.0)
HOP_BY_HOP = frozenset(
    {
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade",
    }
)  # fmt: skip
# What aiohttp would add to a request that lacks it.
ADDED = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request to the other server."""

    method: str
    url: URL
    headers: tuple[tuple[str, str], ...]
    body: bytes


def new_session() -> ClientSession:
    """What requests are passed on with: it keeps no cookie, and unpacks nothing."""
    return ClientSession(timeout=TIMEOUT, auto_decompress=False, cookie_jar=DummyCookieJar())


async def pass_on(
    session: ClientSession,
    request: web.Request,
    outgoing: Outgoing,
    *,
    turned: Callable[[str, str], str] = lambda _, value: value,
) -> web.StreamResponse:
    """
    The answer of the other server; one that breaks off is broken off for the page as well.

    Args:
        session: Makes the request.
        request: The request of the page.
        outgoing: What it is for the other server.
        turned: Gives the value that a header of the answer has for the page.

    Raises:
        ClientError: There is no answer.
        TimeoutError: There is none in time.

    """
    response: web.StreamResponse | None = None
    try:
        async with session.request(
            outgoing.method,
            outgoing.url,
            data=outgoing.body or None,
            headers=outgoing.headers,
            allow_redirects=False,
            skip_auto_headers=ADDED,
        ) as answer:
            passed = [(name, turned(name, value)) for name, value in for_the_other_end(answer.headers)]
            response = web.StreamResponse(status=answer.status, reason=answer.reason, headers=passed)
            await response.prepare(request)
            async for chunk in answer.content.iter_chunked(CHUNK):
                await response.write(chunk)
            await response.write_eof()
            return response
    except (ClientError, TimeoutError):
        if response is None:
            raise
        if request.transport is not None:
            request.transport.abort()
        return response


def for_the_other_end(headers: Mapping[str, str], without: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """
    Every header that is for the other end, also those that are there several times, such as cookies.

    Args:
        headers: The headers of a request or of an answer.
        without: Names of further headers to leave out, in small letters.

    """
    dropped = HOP_BY_HOP | without
    return ((name, value) for name, value in headers.items() if name.lower() not in dropped)
