"""The team's API behind a static build: by URL, or started by its command."""

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from maskproof.embedded.static import StaticServer
from maskproof.embedded.static.api_command import ApiCommand, is_answering
from maskproof.errors import ConfigurationError
from maskproof.machine.waiting import free_port, host_and_port
from maskproof.static_settings import static_settings

TIMEOUT_S = 5
LISTENS = (
    "import os, sys, http.server as s\n"
    "assert os.environ['PORT'] == sys.argv[1]\n"
    "s.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), s.SimpleHTTPRequestHandler).serve_forever()\n"
)


class Api(BaseHTTPRequestHandler):
    """Says what it was asked; sends to another page of its own; answers nothing, or without an end."""

    asked, ended = threading.Event(), threading.Event()

    def do_POST(self) -> None:
        """Say it."""
        body = self.rfile.read(int(self.headers["content-length"]))
        said = json.dumps({"path": self.path, "body": body.decode(), "host": self.headers["x-forwarded-host"]}).encode()
        self.send_response(201)
        for cookie in ("a=1", "b=2"):
            self.send_header("set-cookie", cookie)
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def do_GET(self) -> None:
        """Send elsewhere, or close without an answer."""
        if self.path.endswith("/gone"):
            self.close_connection = True
            return
        if self.path.endswith("/stream"):
            self.asked.set()
            self.ended.wait()
            return
        if self.path.endswith("/half"):
            self.send_response(200)
            self.send_header("content-length", "400")
            self.end_headers()
            self.wfile.write(b"half of it")
            self.close_connection = True
            return
        self.send_response(302)
        self.send_header("location", f"http://{self.headers['host']}/api/next?a=1")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing else."""


@pytest.fixture
def base(tmp_path: Path) -> Iterator[str]:
    """A build whose `/api` is passed on to an API."""
    (tmp_path / "index.html").write_text("home")
    api = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=api.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{api.server_address[1]}"
    settings = static_settings(tmp_path, {"instrumented_dir": ".", "proxy": {"paths": ["/api/"], "url": url}})
    server = StaticServer(settings, instrumented=tmp_path, api=url)
    yield server.start({}).instrumented
    server.stop()
    api.shutdown()
    api.server_close()


def test_requests_and_answers_pass_through(base: str) -> None:
    """Path, query, body, status and every cookie; the page keeps the host that it knows."""
    answer = requests.post(f"{base}/api/a%20b?c=%2F", data="typed", timeout=TIMEOUT_S)
    assert answer.status_code == 201
    assert answer.json() == {"path": "/api/a%20b?c=%2F", "body": "typed", "host": base.removeprefix("http://")}
    assert dict(answer.cookies) == {"a": "1", "b": "2"}


def test_a_redirect_of_the_api_stays_behind_the_server(base: str) -> None:
    """A page would see another origin otherwise."""
    answer = requests.get(f"{base}/api/x", allow_redirects=False, timeout=TIMEOUT_S)
    assert (answer.status_code, answer.headers["location"]) == (302, "/api/next?a=1")


def test_other_paths_are_not_passed_on(base: str) -> None:
    """What only begins alike is the build's."""
    assert requests.post(f"{base}/apix", data="", timeout=TIMEOUT_S).status_code == 404
    assert requests.get(base, timeout=TIMEOUT_S).text == "home"


def test_an_api_without_an_answer_is_a_bad_gateway(base: str) -> None:
    """And not a page of the build."""
    answer = requests.get(f"{base}/api/gone", timeout=TIMEOUT_S)
    assert (answer.status_code, "no answer" in answer.text) == (502, True)


def test_an_answer_that_breaks_off_is_broken_off_for_the_page(base: str) -> None:
    """A page never takes half an answer, or words of this server in it, for the whole."""
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="390 more expected"):
        requests.get(f"{base}/api/half", timeout=TIMEOUT_S)


def test_a_stream_that_never_ends_does_not_keep_the_server_from_stopping(tmp_path: Path) -> None:
    """An API sends its page events as long as that is open; a run ends all the same, without an error."""
    (tmp_path / "index.html").write_text("home")
    api = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=api.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{api.server_address[1]}"
    settings = static_settings(tmp_path, {"instrumented_dir": ".", "proxy": {"paths": ["/api"], "url": url}})
    server = StaticServer(settings, instrumented=tmp_path, api=url)
    base = server.start({}).instrumented
    with socket.create_connection(host_and_port(base)) as page:
        page.sendall(b"GET /api/stream HTTP/1.1\r\nHost: app\r\n\r\n")
        assert Api.asked.wait(TIMEOUT_S)
        server.stop()
    assert not is_answering(base)
    Api.ended.set()
    api.shutdown()
    api.server_close()


def command(tmp_path: Path, program: str, **proxy: object) -> ApiCommand:
    """An API whose program is the given Python text."""
    (tmp_path / "api.py").write_text(program)
    table = {"paths": ["/api"], "command": ["{python}", "api.py", "{port}"], **proxy}
    settings = static_settings(tmp_path, {"instrumented_dir": ".", "proxy": table})
    assert settings.proxy is not None
    return ApiCommand(settings.proxy, folder=tmp_path / "work", place="toml:3: command")


@pytest.mark.parametrize("with_url", [False, True])
def test_a_command_is_started_and_stopped(tmp_path: Path, *, with_url: bool) -> None:
    """It is given its port, that of the url or a free one; afterwards nothing listens there."""
    api = command(tmp_path, LISTENS, **({"url": f"http://127.0.0.1:{free_port()}"} if with_url else {}))
    try:
        url = api.start()
        assert is_answering(url)
    finally:
        api.stop()
    assert not is_answering(url)


def test_a_command_that_ends_is_reported_with_its_last_line(tmp_path: Path) -> None:
    """At once, with place and status."""
    with pytest.raises(ConfigurationError, match=r"toml:3: command: ended with status 1: no key"):
        command(tmp_path, "import sys; sys.exit('no key')").start()


def test_a_command_that_never_listens_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the deadline, with what to do."""
    monkeypatch.setattr("maskproof.embedded.static.api_command.START_DEADLINE_S", 0.5)
    with pytest.raises(ConfigurationError, match="nothing answers at") as caught:
        command(tmp_path, "import time; time.sleep(60)").start()
    assert "{port}" in caught.value.hint
