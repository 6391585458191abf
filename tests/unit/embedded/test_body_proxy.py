"""The proxy that reads bodies: what it keeps of a journey, and what it leaves as it is."""

from collections.abc import Iterator

import pytest
import requests
from tests.unit import conftest
from tests.unit.conftest import Server

from maskproof.embedded import body_proxy
from maskproof.embedded.body_proxy import BodyProxy
from maskproof.machine.waiting import free_port

server = conftest.server
OWN = "Mozilla/5.0 Firefox/153.0"
JOURNEY = f"{OWN} mp-session/1"
TIMEOUT_S = 5


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[BodyProxy, dict[str, str]]]:
    """A proxy at the beginning of a journey, and how it is named to a client."""
    monkeypatch.setattr(body_proxy, "ARRIVAL_S", 0.05)
    made = BodyProxy()
    address = f"http://127.0.0.1:{made.start()}"
    made.begin(JOURNEY)
    yield made, {"http": address}
    made.stop()


def send(url: str, through: dict[str, str], body: bytes, user_agent: str = JOURNEY) -> requests.Response:
    """A request through the proxy, whatever the environment says of proxies."""
    with requests.Session() as session:
        session.trust_env = False
        return session.post(
            url,
            data=body,
            headers={"User-Agent": user_agent},
            proxies=through,
            timeout=TIMEOUT_S,
            allow_redirects=False,
        )


def test_bodies_are_given_out_once_and_in_order(server: Server, proxy: tuple[BodyProxy, dict[str, str]]) -> None:
    """Two requests to one address are distinguished by their order; another address has its own."""
    kept, through = proxy
    server.answer("POST", "/api/a", 200, b"fine")
    server.answer("POST", "/api/b", 201, b"")
    large = b'"%s"' % (b"x" * (2 << 20))
    for path, body in (("/api/a?x=%20y", b'"first"'), ("/api/a?x=%20y", b""), ("/api/b", large)):
        send(f"{server.url}{path}", through, body)
    assert kept.claim("POST", f"{server.url}/api/b") == large
    claimed = [kept.claim("POST", f"{server.url}/api/a?x=%20y") for _ in range(3)]
    assert claimed == [b'"first"', b"", None]


def test_the_journey_before_is_forgotten(server: Server, proxy: tuple[BodyProxy, dict[str, str]]) -> None:
    """A request that came late belongs to no other journey."""
    kept, through = proxy
    server.answer("POST", "/api/a", 200, b"")
    send(f"{server.url}/api/a", through, b"1")
    kept.begin(JOURNEY)
    assert kept.claim("POST", f"{server.url}/api/a") is None


@pytest.mark.parametrize(
    ("given", "arrives"), [(OWN, JOURNEY), (JOURNEY, JOURNEY), ("another client", "another client")]
)
def test_a_worker_has_the_user_agent_of_its_journey(
    server: Server, proxy: tuple[BodyProxy, dict[str, str]], given: str, arrives: str
) -> None:
    """Firefox gives workers its own; by it their requests would belong to nobody."""
    server.answer("POST", "/api/a", 200, b"")
    send(f"{server.url}/api/a", proxy[1], b"1", given)
    assert server.seen[-1][2]["User-Agent"] == arrives


def test_status_headers_and_body_come_back(server: Server, proxy: tuple[BodyProxy, dict[str, str]]) -> None:
    """A redirect is the browser's to follow."""
    server.answer("POST", "/api/a", 302, b"over there", {"Location": f"{server.url}/b", "X-Own": "1"})
    answer = send(f"{server.url}/api/a", proxy[1], b"1")
    assert (answer.status_code, answer.content) == (302, b"over there")
    assert (answer.headers["Location"], answer.headers["X-Own"]) == (f"{server.url}/b", "1")


def test_a_server_that_is_not_there_answers_nothing(proxy: tuple[BodyProxy, dict[str, str]]) -> None:
    """The page sees an error of the network, as it would without the proxy."""
    with pytest.raises(requests.ConnectionError):
        send(f"http://127.0.0.1:{free_port()}/api/a", proxy[1], b"1")


def test_the_proxy_itself_is_no_server(proxy: tuple[BodyProxy, dict[str, str]]) -> None:
    """Asked without the name of a server, it says so."""
    assert send(f"{proxy[1]['http']}/api/a", {}, b"1").status_code == requests.codes.bad_request
