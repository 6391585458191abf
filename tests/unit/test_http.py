"""Deadlines, retries and errors of the HTTP client that both API clients use."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from email.utils import formatdate

import pytest
import requests
from tests.unit.conftest import Server

from maskproof.errors import EXIT_INCONCLUSIVE
from maskproof.http import ApiClient, ApiError


def client_of(url: str, *, retries: int = 1, timeout_s: float = 2, deadline_s: float = 5) -> ApiClient:
    """A client of a server called Example."""
    return ApiClient(url, name="Example", retries=retries, timeout_s=timeout_s, deadline_s=deadline_s)


@pytest.fixture
def dripping() -> Iterator[str]:
    """The address of a server that sends one byte of its body every 20 ms and never ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            with contextlib.suppress(OSError):
                while not done.wait(0.02):
                    connection.sendall(b"x")

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    done.set()
    thread.join()
    listener.close()


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_temporary_error_is_repeated(server: Server, status: int) -> None:
    """A request that changes nothing is repeated, after the wait that the server asks for."""
    server.answer("GET", "/a", status, b"", {"Retry-After": "0"})
    server.answer("GET", "/a", 200, b"1")
    assert client_of(server.url).request("GET", "/a").content == b"1"
    assert server.paths() == ["GET /a", "GET /a"]


def test_a_lost_connection_is_repeated(server: Server) -> None:
    """A request whose body breaks off is repeated."""
    server.answer("GET", "/a", 200, b"1", {"Content-Length": "7"})
    server.answer("GET", "/a", 200, b"1")
    assert client_of(server.url).request("GET", "/a").content == b"1"


@pytest.mark.parametrize("status", [400, 401, 404, 500, 501])
def test_other_errors_are_not_repeated(server: Server, status: int) -> None:
    """Other errors end the request at once; the message names URL and status, and no query."""
    server.answer("GET", "/a", status, b"the reason")
    with pytest.raises(ApiError, match=f"GET {server.url}/a was answered with {status}: 'the reason'") as caught:
        client_of(server.url).request("GET", "/a", params={"key": "secret"})
    assert (caught.value.status, caught.value.exit_code) == (status, EXIT_INCONCLUSIVE)
    assert "secret" not in str(caught.value)
    assert len(server.paths()) == 1


@pytest.mark.parametrize(("options", "tries"), [({}, 1), ({"repeatable": True}, 2)])
def test_a_post_is_repeated_only_where_it_changes_nothing(server: Server, options: dict[str, bool], tries: int) -> None:
    """A POST is repeated if the caller says that it changes nothing."""
    server.answer("POST", "/a", 503, b"", {"Retry-After": "0"})
    with pytest.raises(ApiError, match="503"):
        client_of(server.url).request("POST", "/a", json={}, **options)  # type: ignore[arg-type]
    assert len(server.paths()) == tries


@pytest.mark.parametrize("asked", ["3600", formatdate(4_000_000_000, usegmt=True)])
def test_a_wait_past_the_deadline_is_an_error_that_says_so(server: Server, asked: str) -> None:
    """A server that asks for a wait of an hour does not delay the run."""
    server.answer("GET", "/a", 429, b"", {"Retry-After": asked})
    with pytest.raises(ApiError, match="longer than the deadline allows"):
        client_of(server.url).request("GET", "/a")
    assert len(server.paths()) == 1


def test_a_date_that_has_passed_is_no_wait(server: Server) -> None:
    """A `Retry-After` with a past date is repeated at once."""
    server.answer("GET", "/a", 503, b"", {"Retry-After": formatdate(0, usegmt=True)})
    server.answer("GET", "/a", 200, b"1")
    assert client_of(server.url, deadline_s=0.5).request("GET", "/a").ok


@pytest.mark.parametrize("asked", ["soon", "1.5", "-1", "9" * 5000, "Sun, 06 Nov 99999999 08:49:37 GMT"])
def test_a_wait_that_cannot_be_read_is_the_back_off(
    server: Server, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    """A `Retry-After` that makes no sense neither ends the request nor delays it."""
    pauses: list[float] = []
    monkeypatch.setattr("maskproof.http.time.sleep", pauses.append)
    server.answer("GET", "/a", 503, b"", {"Retry-After": asked})
    with pytest.raises(ApiError, match="503"):
        client_of(server.url, retries=3).request("GET", "/a")
    assert pauses == [0.2, 0.4, 0.8]


def test_a_rate_limit_that_names_no_time_is_waited_for_longer(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real server has a limit a second and does not say when it ends; asking sooner would only count again."""
    pauses: list[float] = []
    monkeypatch.setattr("maskproof.http.time.sleep", pauses.append)
    server.answer("GET", "/a", 429, b"Too Many Requests\n")
    with pytest.raises(ApiError, match="429"):
        client_of(server.url, retries=3).request("GET", "/a")
    assert pauses == [1.0, 1.0, 1.0]


def test_an_answer_that_never_ends_ends_at_the_deadline(dripping: str) -> None:
    """A body that never ends is given up at the deadline."""
    with pytest.raises(ApiError, match=f"GET {dripping}/a: Timeout"):
        client_of(dripping, deadline_s=0.1).request("GET", "/a")


def test_a_closed_port_is_an_error_that_names_the_url() -> None:
    """The error of a closed port names the URL and says what to do."""
    with pytest.raises(ApiError, match=r"Example: GET http://127\.0\.0\.1:1/a: ConnectionError\.\n .*doctor"):
        client_of("http://127.0.0.1:1", retries=0).request("GET", "/a")


def test_a_redirect_is_not_followed(server: Server) -> None:
    """A redirect is an error that names its target without the query."""
    server.answer("GET", "/a", 302, b"", {"Location": "https://elsewhere.example/b?token=x"})
    with pytest.raises(ApiError, match=r"302, a redirect to https://elsewhere\.example/b\.") as caught:
        client_of(server.url).request("GET", "/a")
    assert "token" not in str(caught.value)


def test_an_error_that_the_caller_handles_is_returned(server: Server) -> None:
    """A status in `allow` is returned as an answer that is not good."""
    answer = client_of(server.url).request("GET", "/a", allow=(404,))
    assert (answer.ok, answer.status_code) == (False, 404)


@pytest.mark.parametrize("body", [b"<html>", b"", b"[" * 100_000])
def test_an_answer_that_is_no_json_is_an_error(server: Server, body: bytes) -> None:
    """A proxy's page, an empty body and endless nesting are errors that name the content type."""
    server.answer("GET", "/a", 200, body, {"Content-Type": "text/html"})
    client = client_of(server.url)
    with pytest.raises(ApiError, match=f"{server.url}/a did not answer JSON but text/html"):
        client.json(client.request("GET", "/a"))


def test_an_answer_that_is_too_large_is_stopped(server: Server) -> None:
    """A body over the limit is an error that names the limit."""
    server.answer("GET", "/a", 200, b"x" * 11)
    assert client_of(server.url).request("GET", "/a", limit=11).ok
    with pytest.raises(ApiError, match=f"GET {server.url}/a gives more than 10 bytes; stopped"):
        client_of(server.url).request("GET", "/a", limit=10)


def test_a_certificate_that_is_not_accepted_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the variable for a certificate authority of one's own."""

    def refuse(*_: object, **__: object) -> None:
        raise requests.exceptions.SSLError

    monkeypatch.setattr(requests.Session, "request", refuse)
    with pytest.raises(ApiError, match=r"its certificate is not accepted\.\n .*REQUESTS_CA_BUNDLE"):
        client_of("https://127.0.0.1:1", retries=0).request("GET", "/a")
