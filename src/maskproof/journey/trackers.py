"""Which requests of a page are the trackers': those to the target's base URLs, and those that name its keys."""

from dataclasses import dataclass, field

from playwright.sync_api import Request

from maskproof.journey.requests import ReadBody, json_of, posted

START_PATH = "/v1/web/start"
BATCH_PATH = "/v1/web/i"
SEND_PATH = "/api/send"
INGEST_PATHS = "/v1/web/"


@dataclass(frozen=True, slots=True)
class Trackers:
    """
    Where a target's pages send what they record.

    An application may pass requests on through an origin of its own. So a request also counts as OpenReplay's if it
    starts a session with the project's key, as those to the same base URL then do, and as Umami's if it names the
    website. An application's own requests to a path such as `/api/send` are none of these.

    Attributes:
        ingest: Base URL of OpenReplay's ingest.
        umami: Base URL that pages send analytics to.
        project_key: Key of OpenReplay's project.
        website_id: Id of the website in Umami.
        body: Reads the body of a request.

    """

    ingest: str = ""
    umami: str = ""
    project_key: str = field(default="", repr=False)
    website_id: str = ""
    body: ReadBody = field(default=posted, repr=False, compare=False)
    _bases: set[str] = field(default_factory=set, repr=False, compare=False)

    def is_start(self, request: Request) -> bool:
        """Whether a request starts a session; its base URL is remembered."""
        address = _address(request)
        if request.method != "POST" or not address.endswith(START_PATH):
            return False
        base = address.removesuffix(START_PATH)
        if base not in self._ingests() and not self._names(request, "projectKey", self.project_key):
            return False
        self._bases.add(base)
        return True

    def is_batch(self, request: Request) -> bool:
        """Whether a request uploads messages."""
        address = _address(request)
        return request.method == "POST" and any(address == f"{base}{BATCH_PATH}" for base in self._ingests())

    def is_send(self, request: Request) -> bool:
        """Whether a request sends an event to Umami."""
        if request.method != "POST":
            return False
        if self.umami and _address(request) == f"{self.umami.rstrip('/')}{SEND_PATH}":
            return True
        return self._names(request, "website", self.website_id)

    def is_any(self, request: Request) -> bool:
        """Whether a request is made by a tracker."""
        address = _address(request)
        return (
            any(address.startswith(f"{base}{INGEST_PATHS}") for base in self._ingests())
            or self.is_start(request)
            or self.is_send(request)
        )

    def _ingests(self) -> set[str]:
        return self._bases | ({self.ingest.rstrip("/")} if self.ingest else set())

    def _names(self, request: Request, key: str, value: str) -> bool:
        """Whether the JSON of a request, or its payload, has a key with this value."""
        body = json_of(self.body(request)) if value else None
        parts = (body, body.get("payload")) if isinstance(body, dict) else ()
        return any(isinstance(part, dict) and part.get(key) == value for part in parts)


def _address(request: Request) -> str:
    return request.url.partition("#")[0].partition("?")[0]
