"""A server on loopback that answers with recorded or hand-written documents."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

DATA = Path(__file__).parents[1] / "data"
Answered = tuple[int, dict[str, str], bytes]


@dataclass
class Server:
    """Answers each path with the documents given for it, the last one again and again."""

    url: str = ""
    documents: Path = DATA
    answers: dict[tuple[str, str], list[Answered]] = field(default_factory=dict)
    seen: list[tuple[str, str, dict[str, str], Any]] = field(default_factory=list)

    def give(self, folder: str, *names: str) -> None:
        """Answer with recorded documents, in the order given."""
        for name in names:
            document = json.loads((self.documents / folder / f"{name}.json").read_text())
            asked, answer = document["request"], document["response"]
            self.answer(asked["method"], asked["path"], answer["status"], body_of(answer), answer["headers"])

    def answer(self, method: str, path: str, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        """Answer a path with bytes, after the answers that were given for it before."""
        self.answers.setdefault((method, path), []).append((status, headers or {}, body))

    def next(self, method: str, path: str) -> Answered:
        """The answer to give now."""
        queue = self.answers.get((method, path.partition("?")[0]), [(404, {}, b'{"detail": "Not Found"}')])
        return queue.pop(0) if len(queue) > 1 else queue[0]

    def paths(self) -> list[str]:
        """Method and path of each request."""
        return [f"{method} {path}" for method, path, _, _ in self.seen]

    def query(self) -> dict[str, str]:
        """The query of the last request."""
        return dict(parse_qsl(urlsplit(self.seen[-1][1]).query))


def body_of(answer: dict[str, Any]) -> bytes:
    """The bytes of a recorded answer; its content type distinguishes a JSON `null` from an empty body."""
    is_json = answer["headers"].get("content-type", "").startswith("application/json")
    if isinstance(answer["body"], str) and not is_json:
        return answer["body"].encode()
    return b"" if answer["body"] is None and not is_json else json.dumps(answer["body"]).encode()


def handler_of(server: Server) -> type[BaseHTTPRequestHandler]:
    """The handler that answers from a `Server`."""

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size)) if size else None
            server.seen.append((self.command, self.path, dict(self.headers), body))
            status, headers, data = server.next(self.command, self.path)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_DELETE = handle_any  # noqa: N815 - names of http.server

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    return Handler


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that answers 404 to every path without an answer."""
    server = Server()
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(server))
    server.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    http.shutdown()
    http.server_close()
    thread.join()
