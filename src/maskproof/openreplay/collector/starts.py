"""Answers `/start`: decides who is recorded, and in which session (1.2, 1.3)."""

import json
import random
import re
import uuid

from maskproof.clock import now_ms
from maskproof.openreplay.collector.agents import Agent, parse_agent, protocol_version
from maskproof.openreplay.collector.bodies import Refused
from maskproof.openreplay.collector.model import (
    BEACON_SIZE_LIMIT,
    COMPRESSION_THRESHOLD,
    FULL_RATE,
    JSON_SIZE_LIMIT,
    MAX_SESSION_DURATION_MS,
    EmbeddedProject,
    JsonObject,
    Session,
)
from maskproof.openreplay.collector.sessions import Sessions
from maskproof.openreplay.collector.tokens import FlakeIds, IngestToken, Tokenizer, flake_ms

OLDEST_TRACKER = 6
SPLIT_STREAMS = 2
SHOWN_CHARACTERS = 200
VERSION = re.compile(r"(\d+)\.\d+\.\d+")


class Starts:
    """
    Begins and continues sessions.

    Args:
        project: The project whose key is accepted.
        sessions: Receives new sessions.
        tokenizer: Makes and checks the tokens of sessions.

    """

    def __init__(self, project: EmbeddedProject, sessions: Sessions, tokenizer: Tokenizer) -> None:
        self._project = project
        self._sessions = sessions
        self._tokenizer = tokenizer
        self._ids = FlakeIds()

    def start(self, body: bytes, user_agent: str) -> tuple[Session, JsonObject]:
        """
        Begin a session, or continue the one whose token is sent.

        Args:
            body: JSON body of the request.
            user_agent: User agent of the browser; says which protocol version the session uses.

        Returns:
            The session, and the JSON of the answer.

        Raises:
            Refused: The session may not be recorded.

        """
        fields = _parse(body)
        agent = self._admit(fields, user_agent)
        token = self._tokenizer.parse(str(fields.get("token") or ""))
        session = self._sessions.find(str(token.session_id)) if token and not token.expired else None
        is_new = session is None or token is None or bool(fields.get("reset"))
        if session is None or token is None or is_new:
            self._roll_dice()
            session = self._begin(fields, user_agent)
            token = IngestToken(session.session_id, _delay(fields), now_ms() + MAX_SESSION_DURATION_MS)
        # The id of the user is the client's to keep: without one, each answer has a new one.
        answered = {"token": self._tokenizer.compose(token), "delay": token.delay, "userUUID": _user_uuid(fields)}
        if is_new:
            answered["userUUID"] = session.user_uuid
        return session, _answer(session, agent) | answered

    def _admit(self, fields: JsonObject, user_agent: str) -> Agent:
        key = fields.get("projectKey")
        if not key:
            raise Refused(403, "ProjectKey value required")
        if key != self._project.project_key:
            raise Refused(404, f"project doesn't exist or is not active, key: {str(key)[:SHOWN_CHARACTERS]}")
        version = VERSION.match(str(fields.get("trackerVersion", "")))
        if version is None or int(version[1]) < OLDEST_TRACKER:
            raise Refused(426, "please upgrade the tracker version")
        agent = parse_agent(user_agent)
        if agent is None:
            raise Refused(403, f"browser not recognized, user-agent: {user_agent[:SHOWN_CHARACTERS]}")
        return agent

    def _roll_dice(self) -> None:
        rate = FULL_RATE if self._project.capture_all else self._project.rate
        if random.random() * FULL_RATE >= rate:  # noqa: S311 - sampling
            raise Refused(403, f"capture rate miss, rate: {rate}")

    def _begin(self, fields: JsonObject, user_agent: str) -> Session:
        session_id = self._ids.next()
        session = Session(
            session_id=session_id,
            project_id=self._project.project_id,
            started_ms=flake_ms(session_id),
            protocol=protocol_version(user_agent),
            user_uuid=_user_uuid(fields),
            user_agent=user_agent,
            start=fields,
        )
        self._sessions.add(session)
        return session


def _parse(body: bytes) -> JsonObject:
    if len(body) > JSON_SIZE_LIMIT:
        raise Refused(413, "http: request body too large")
    try:
        fields = json.loads(body)
    except ValueError as error:
        raise Refused(400, "unexpected end of JSON input") from error
    if not isinstance(fields, dict):
        raise Refused(400, "request body is not an object")
    return fields


def _user_uuid(fields: JsonObject) -> str:
    return str(fields.get("userUUID") or uuid.uuid4())


def _delay(fields: JsonObject) -> int:
    """By how many ms the server's clock is ahead of the client's, which the tracker adds to all of its times."""
    client_ms = fields.get("timestamp")
    return now_ms() - client_ms if isinstance(client_ms, int) else 0


def _answer(session: Session, agent: Agent) -> JsonObject:
    answer: JsonObject = {
        "timestamp": 0,
        "startTimestamp": session.started_ms,
        "sessionID": session.key,
        "projectID": str(session.project_id),
        "beaconSizeLimit": BEACON_SIZE_LIMIT,
        "compressionThreshold": COMPRESSION_THRESHOLD,
        "canvasEnabled": True,
        "canvasQuality": "low",
        "canvasFPS": 1,
        "framesSupport": True,
        "userBrowser": agent.browser,
        "userCity": "",
        "userCountry": "UN",
        "userDevice": "",
        "userOS": agent.system,
        "userState": "",
    }
    if session.protocol == SPLIT_STREAMS:
        answer["protocolVersion"] = SPLIT_STREAMS
    return answer
