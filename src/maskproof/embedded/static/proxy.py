"""Passes requests on to the team's API, and its answers back."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, web
from yarl import URL

from maskproof.embedded.passing import Outgoing, for_the_other_end, new_session, pass_on

# The client sets them by itself.
OF_THE_CLIENT = frozenset({"content-length", "host"})


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
        self._session = new_session()

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
        headers = (
            *for_the_other_end(request.headers, without=OF_THE_CLIENT),
            ("X-Forwarded-Host", request.host),
        )
        outgoing = Outgoing(request.method, url, headers, await request.read())
        try:
            return await pass_on(self._session, request, outgoing, turned=self._turned)
        except (ClientError, TimeoutError) as error:
            raise web.HTTPBadGateway(text=f"The API at {self._url} gives no answer: {type(error).__name__}.") from error

    def _turned(self, name: str, value: str) -> str:
        """The value of a header; a redirect to the API itself stays behind this server."""
        if name.lower() != "location" or not (value == self._origin or value.startswith(f"{self._origin}/")):
            return value
        return value.removeprefix(self._origin) or "/"
