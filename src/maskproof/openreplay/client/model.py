"""
Answers of OpenReplay's API as plain values.

Unknown fields are ignored, because servers add new ones. A missing required field is an error that names it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from maskproof.json_fields import Json, JsonAnswer
from maskproof.openreplay.recordings import DEFAULT_LIMIT, Recording, decode_recording, unpack, without_repeats


class OpenReplayResponse(JsonAnswer):
    """One JSON object of an OpenReplay answer."""

    system = "OpenReplay"


@dataclass(frozen=True, slots=True)
class Account:
    """The account that is logged in. Source: reference 5.2."""

    user_id: int
    tenant_id: int
    role: str
    edition: str
    version: str
    email: str = field(repr=False)
    api_key: str = field(repr=False)

    @classmethod
    def read(cls, answer: OpenReplayResponse) -> "Account":
        """Read from JSON."""
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
    """A project. `sample_rate` is None if the answer has none. Source: reference 5.1, 5.2."""

    project_id: int
    name: str
    platform: str
    sample_rate: int | None
    project_key: str = field(repr=False)
    extra: Json = field(repr=False, default_factory=dict)

    @classmethod
    def read(cls, answer: OpenReplayResponse) -> "Project":
        """Read from JSON."""
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
    """The capture rate of a project in percent. Source: reference 5.2."""

    rate: int
    capture_all: bool


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One row of the session search, times in ms. Source: reference 5.2."""

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
    def read(cls, answer: OpenReplayResponse) -> "SessionRecord":
        """Read from JSON."""
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
    """A session with the pre-signed URLs of its files, valid for 15 minutes. Source: reference 5.2."""

    session: SessionRecord
    tracker_version: str
    live: bool
    encrypted: bool
    dom_urls: tuple[str, ...] = field(repr=False)
    devtools_urls: tuple[str, ...] = field(repr=False)
    canvas_urls: tuple[str, ...] = field(repr=False)

    @classmethod
    def read(cls, answer: OpenReplayResponse) -> "Replay":
        """Read from JSON."""
        answer.need("domURL", list)
        return cls(
            session=SessionRecord.read(answer),
            tracker_version=answer.text("trackerVersion"),
            live=answer.data.get("live") is True,
            encrypted=bool(answer.data.get("fileKey")),
            dom_urls=answer.texts("domURL"),
            devtools_urls=answer.texts("devtoolsURL"),
            # Both name the same canvases: a server that has frames has nothing at the other URLs.
            canvas_urls=answer.texts("canvasFrames") or answer.texts("canvasURL"),
        )


@dataclass(frozen=True, slots=True)
class SessionEvents:
    """The events of one session, as the server's own JSON objects. Source: reference 5.2."""

    events: tuple[Json, ...]
    user_events: tuple[Json, ...]
    issues: tuple[Json, ...]
    incidents: tuple[Json, ...]
    errors: tuple[Json, ...]

    @classmethod
    def read(cls, answer: OpenReplayResponse) -> "SessionEvents":
        """Read from JSON."""
        answer.need("events", list)
        return cls(
            events=answer.objects("events"),
            user_events=answer.objects("userEvents"),
            issues=answer.objects("issues"),
            incidents=answer.objects("incidents"),
            errors=answer.objects("errors"),
        )

    @classmethod
    def of_all(cls, parts: Sequence["SessionEvents"]) -> "SessionEvents":
        """The events of several sessions, one after the other."""
        names = ("events", "user_events", "issues", "incidents", "errors")
        return cls(**{name: tuple(chain.from_iterable(getattr(part, name) for part in parts)) for name in names})


@dataclass(frozen=True, slots=True)
class StoredSession:
    """
    The files of a session as they are stored (zstd).

    `dom` is `dom.mobs` and, if present, `dom.mobe`. `devtools` is `devtools.mob`, or empty.
    """

    session_id: str
    replay: Replay
    dom: tuple[bytes, ...] = field(repr=False)
    devtools: tuple[bytes, ...] = field(repr=False)

    @property
    def missing_files(self) -> int:
        """How many of the files that the server names are not there; a short session has no late part."""
        named = len(self.replay.dom_urls) + len(self.replay.devtools_urls)
        return named - len(self.dom) - len(self.devtools)

    def recordings(self, *, limit: int = DEFAULT_LIMIT, salvage: bool = False) -> Iterator[Recording]:
        """
        Decode the files: the page, and the devtools recording if there is one; what was stored twice is there once.

        Args:
            limit: Maximum size of one file after decompression, in bytes.
            salvage: Keep what decodes and list the rest, instead of raising.

        Raises:
            DecodeError: A file is broken, or unpacks to more than the limit.

        """
        for name, parts in (("dom", self.dom), ("devtools", self.devtools)):
            if parts:
                source = f"{self.session_id}/{name}"
                data = [unpack(part, source=source, limit=limit) for part in parts]
                yield without_repeats(decode_recording(data, source=source, salvage=salvage))
