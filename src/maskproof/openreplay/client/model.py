"""
Answers of OpenReplay's API as plain values.

Fields that we do not know are passed over, as servers add some; one that we need and do not get is an error
that names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from maskproof.json_fields import Json, JsonAnswer
from maskproof.openreplay.recordings import DEFAULT_LIMIT, Recording, decode_recording, unpack


class Answer(JsonAnswer):
    """One JSON object of an answer of OpenReplay's."""

    system = "OpenReplay"


@dataclass(frozen=True, slots=True)
class Account:
    """The account that is logged in; source: reference 5.2."""

    user_id: int
    tenant_id: int
    role: str
    edition: str
    version: str
    email: str = field(repr=False)
    api_key: str = field(repr=False)

    @classmethod
    def read(cls, answer: Answer) -> "Account":
        """From JSON."""
        return cls(
            user_id=answer.need("userId", int),
            tenant_id=answer.need("tenantId", int),
            role=answer.text("role"),
            edition=answer.text("edition"),
            version=answer.text("versionNumber"),
            email=answer.need("email", str),
            api_key=answer.text("apiKey"),
        )


@dataclass(frozen=True, slots=True)
class Project:
    """A project; `sample_rate` is None where the answer has none; source: reference 5.1, 5.2."""

    project_id: int
    name: str
    platform: str
    sample_rate: int | None
    project_key: str = field(repr=False)
    extra: Json = field(repr=False, default_factory=dict)

    @classmethod
    def read(cls, answer: Answer) -> "Project":
        """From JSON."""
        rate = answer.data.get("sampleRate")
        return cls(
            project_id=answer.need("projectId", int),
            name=answer.need("name", str),
            platform=answer.text("platform"),
            sample_rate=rate if isinstance(rate, int) else None,
            project_key=answer.need("projectKey", str),
            extra=answer.data,
        )


@dataclass(frozen=True, slots=True)
class SampleRate:
    """A project's capture rate in percent; source: reference 5.2."""

    rate: int
    capture_all: bool


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One row of the session search, times in ms; source: reference 5.2."""

    session_id: str
    project_id: str
    start_ms: int
    duration_ms: int
    platform: str
    user_id: str
    user_uuid: str
    user_browser: str
    user_os: str
    user_device: str
    user_country: str
    timezone: str
    events: int
    pages: int
    errors: int
    metadata: Json
    extra: Json = field(repr=False, default_factory=dict)

    @classmethod
    def read(cls, answer: Answer) -> "SessionRecord":
        """From JSON."""
        return cls(
            session_id=answer.need("sessionId", str),
            project_id=answer.text("projectId"),
            start_ms=answer.need("startTs", int),
            duration_ms=answer.number("duration"),
            platform=answer.text("platform"),
            user_id=answer.text("userId"),
            user_uuid=answer.text("userUuid"),
            user_browser=answer.text("userBrowser"),
            user_os=answer.text("userOs"),
            user_device=answer.text("userDevice"),
            user_country=answer.text("userCountry"),
            timezone=answer.text("timezone"),
            events=answer.number("eventsCount"),
            pages=answer.number("pagesCount"),
            errors=answer.number("errorsCount"),
            metadata=answer.mapping("metadata"),
            extra=answer.data,
        )


@dataclass(frozen=True, slots=True)
class Replay:
    """A session with the signed addresses of its files (valid 15 minutes); source: reference 5.2."""

    session: SessionRecord
    tracker_version: str
    live: bool
    encrypted: bool
    dom_urls: tuple[str, ...] = field(repr=False)
    devtools_urls: tuple[str, ...] = field(repr=False)
    canvas_urls: tuple[str, ...] = field(repr=False)

    @classmethod
    def read(cls, answer: Answer) -> "Replay":
        """From JSON."""
        answer.need("domURL", list)
        return cls(
            session=SessionRecord.read(answer),
            tracker_version=answer.text("trackerVersion"),
            live=answer.data.get("live") is True,
            encrypted=bool(answer.data.get("fileKey")),
            dom_urls=answer.texts("domURL"),
            devtools_urls=answer.texts("devtoolsURL"),
            canvas_urls=answer.texts("canvasURL"),
        )


@dataclass(frozen=True, slots=True)
class SessionEvents:
    """The events of one session, as the server's own objects; source: reference 5.2."""

    events: tuple[Json, ...]
    user_events: tuple[Json, ...]
    issues: tuple[Json, ...]
    incidents: tuple[Json, ...]
    errors: tuple[Json, ...]

    @classmethod
    def read(cls, answer: Answer) -> "SessionEvents":
        """From JSON."""
        answer.need("events", list)
        return cls(
            events=answer.objects("events"),
            user_events=answer.objects("userEvents"),
            issues=answer.objects("issues"),
            incidents=answer.objects("incidents"),
            errors=answer.objects("errors"),
        )


@dataclass(frozen=True, slots=True)
class StoredSession:
    """
    A session's files as they are stored (zstd): `dom` is `dom.mobs` and, if there is one, `dom.mobe`.

    `devtools` is empty or holds `devtools.mob`.
    """

    session_id: str
    replay: Replay
    dom: tuple[bytes, ...] = field(repr=False)
    devtools: tuple[bytes, ...] = field(repr=False)

    def recordings(self, *, limit: int = DEFAULT_LIMIT, salvage: bool = False) -> Iterator[Recording]:
        """
        The files decoded: the page, and where it is stored what developer tools show.

        Args:
            limit: The most bytes that one file may unpack to.
            salvage: Keep what decodes and list the rest instead of raising.

        Raises:
            DecodeError: A file is broken, or unpacks to more than the limit.

        """
        for name, parts in (("dom", self.dom), ("devtools", self.devtools)):
            if parts:
                source = f"{self.session_id}/{name}"
                data = [unpack(part, source=source, limit=limit) for part in parts]
                yield decode_recording(data, source=source, salvage=salvage)
