"""A running collector, and a fake tracker that sends what the real tracker sent."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from maskproof.openreplay.client import OpenReplayClient
from maskproof.openreplay.collector import Collector, CollectorAddresses

WIRE = Path(__file__).parents[3] / "data" / "openreplay-wire"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
IDLE_S = 0.05


@dataclass
class FakeTracker:
    """Sends to the ingest what a tracker sends under the given protocol version."""

    ingest: str
    project_key: str
    protocol: int = 2
    session: dict[str, Any] = field(default_factory=dict)

    def start(self, *, user_agent: str = "", **changes: object) -> requests.Response:
        """Request `/start`; a good answer is kept in `session`."""
        body = {"projectKey": self.project_key, "trackerVersion": "19.0.1", "timestamp": 0, "userUUID": None} | changes
        agent = user_agent or f"{BROWSER} mp-session/1 mp-protocol/{self.protocol}"
        answer = self.post("start", data=json.dumps(body), headers={"User-Agent": agent})
        if answer.ok:
            self.session = answer.json()
        return answer

    def upload(
        self, body: bytes, *, query: str = "batch=0_1_1_kyes", data_type: str = "player", zipped: bool = False
    ) -> requests.Response:
        """Send one batch."""
        headers = {"DataType": data_type, "Authorization": f"Bearer {self.session.get('token', '')}"}
        if zipped:
            headers["Content-Encoding"] = "gzip"
        return self.post(f"i?{query}", data=gzip.compress(body) if zipped else body, headers=headers)

    def post(self, path: str, **given: Any) -> requests.Response:
        """Send any request."""
        return requests.post(f"{self.ingest}/v1/web/{path}", timeout=5, **given)

    def repeat_recorded(self, folder: str, *, times: int = 1) -> str:
        """Send a recorded session, each upload `times` times; returns the session id."""
        self.start()
        for entry, body in recorded_uploads(folder):
            headers = entry["headers"]
            for _ in range(times):
                self.upload(
                    body,
                    query=entry["query"],
                    data_type=headers["datatype"],
                    zipped=headers.get("content-encoding") == "gzip",
                )
        return str(self.session["sessionID"])

    def repeat_stored(self, folder: Path) -> str:
        """Send a session that a real server stored, with what its `/start` was sent; returns its new id."""
        for request in json.loads((folder / "manifest.json").read_text())["requests"]:
            if request["path"].endswith("/start"):
                self.start(**{**request["body"], "projectKey": self.project_key})
            elif request.get("file"):
                query = "&".join(f"{name}={value}" for name, value in request["query"].items())
                body = (folder / request["file"]).read_bytes()
                self.upload(body, query=query, data_type=request["headers"]["datatype"])
        return str(self.session["sessionID"])


def recorded_uploads(folder: str) -> list[tuple[dict[str, Any], bytes]]:
    """Manifest entry and body of each upload of a recorded session."""
    requests_made = json.loads((WIRE / folder / "manifest.json").read_text())["requests"]
    uploads = [entry for entry in requests_made if entry["file"] and "-i-" in entry["file"]]
    return [(entry, (WIRE / folder / entry["file"]).read_bytes()) for entry in uploads]


@pytest.fixture
def work_dir(tmp_path: Path) -> Path:
    """The collector's folder."""
    return tmp_path / "run"


@pytest.fixture
def collector(work_dir: Path, request: pytest.FixtureRequest) -> Iterator[Collector]:
    """A collector that is not started yet; stopped after the test. Faults come as an indirect parameter."""
    collector = Collector(work_dir, session_idle_s=IDLE_S, faults=getattr(request, "param", None))
    yield collector
    collector.stop()


@pytest.fixture
def addresses(collector: Collector) -> CollectorAddresses:
    """The addresses of a running collector."""
    return collector.start()


@pytest.fixture
def tracker(addresses: CollectorAddresses) -> FakeTracker:
    """A tracker under protocol version 2."""
    return FakeTracker(addresses.ingest, addresses.project_key)


@pytest.fixture
def client(addresses: CollectorAddresses) -> OpenReplayClient:
    """A client of the collector's API."""
    return OpenReplayClient(addresses.api, user=addresses.user, password=addresses.password, api_key=addresses.api_key)
