"""Passes requests on to the team's API, and its answers back."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from yarl import URL

# Of a connection, and of silence: a stream of events may last as long as its page.
TIMEOUT = ClientTimeout(total=None, sock_connect=30.0, sock_read=30.0)
HOP_BY_HOP = frozenset(
    {
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer",
        "transfer-encoding", "upgrade",
    }
)  # fmt: skip
OF_LENGTH = frozenset({"content-length", "host"})
CHUNK = 1 << 16


class Proxy:
    """
    One API behind a static build.

    Args:
        paths: What is passed on: these paths, and what is below them.
        url: Base URL of the API.

    """

    def __init__(self, paths: Sequence[str], url: str) -> None:
        self._paths = [path.rstrip("/") for path in paths]
        self._url = url.rstrip("/")
        parts = urlsplit(url)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._session: ClientSession | None = None

    async def start(self) -> None:
        """Open what requests are made with."""
        self._session = ClientSession(timeout=TIMEOUT, auto_decompress=False)

    async def stop(self) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()

    def takes(self, path: str) -> bool:
        """Whether a path is passed on."""
        return any(path == base or path.startswith(f"{base}/") for base in self._paths)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """
        The answer of the API; one that breaks off is broken off for the page as well.

        Raises:
            HTTPBadGateway: It gives none.

        """
        if self._session is None:
            raise web.HTTPServiceUnavailable
        url = URL(f"{self._url}{request.raw_path}", encoded=True)  # as it came, without a second encoding
        headers = [*_passed(request.headers, without=OF_LENGTH), ("X-Forwarded-Host", request.host)]
        body = await request.read()
        response: web.StreamResponse | None = None
        try:
            async with self._session.request(
                request.method, url, data=body or None, headers=headers, allow_redirects=False
            ) as answer:
                passed = [(name, self._turned(name, value)) for name, value in _passed(answer.headers)]
                response = web.StreamResponse(status=answer.status, reason=answer.reason, headers=passed)
                await response.prepare(request)
                async for chunk in answer.content.iter_chunked(CHUNK):
                    await response.write(chunk)
                await response.write_eof()
                return response
        except (ClientError, TimeoutError) as error:
            if response is not None and request.transport is not None:
                request.transport.abort()
                return response
            raise web.HTTPBadGateway(text=f"The API at {self._url} gives no answer: {type(error).__name__}.") from error

    def _turned(self, name: str, value: str) -> str:
        """The value of a header; a redirect to the API itself stays behind this server."""
        if name.lower() != "location" or not (value == self._origin or value.startswith(f"{self._origin}/")):
            return value
        return value.removeprefix(self._origin) or "/"


def _passed(headers: Mapping[str, str], without: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Every header that is for the other end, also those that are there several times, such as cookies."""
    dropped = HOP_BY_HOP | without
    return ((name, value) for name, value in headers.items() if name.lower() not in dropped)
