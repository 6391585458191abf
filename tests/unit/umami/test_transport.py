"""Logging in to Umami, and logging in again when a token has expired."""

import pytest
from tests.unit.conftest import Server
from tests.unit.umami.conftest import FOLDER_2, FOLDER_3, WEBSITE_2, client_of

from maskproof.errors import EXIT_INCONCLUSIVE, EXIT_USAGE, ConfigurationError
from maskproof.http import ApiError
from maskproof.umami.client import UmamiClient

WEBSITE_PATH = f"/api/websites/{WEBSITE_2}"


def test_one_log_in_serves_all_calls(server: Server, umami_2: UmamiClient) -> None:
    """Two calls share one log-in, and send its token."""
    umami_2.website(WEBSITE_2)
    umami_2.website(WEBSITE_2)
    assert server.paths().count("POST /api/auth/login") == 1
    assert server.seen[-1][2]["Authorization"] == "Bearer TOKEN"


@pytest.mark.parametrize("folder", [FOLDER_2, FOLDER_3])
def test_an_account_that_is_not_accepted_is_a_configuration_error(server: Server, folder: str) -> None:
    """The message names URL and status, and no password."""
    server.give(folder, "login-wrong-password")
    with pytest.raises(ConfigurationError, match=r"does not accept the account \(status 401\)") as caught:
        client_of(server).login()
    assert server.url in str(caught.value)
    assert "Passw0rd" not in str(caught.value)
    assert caught.value.exit_code == EXIT_USAGE


def test_no_account_is_said_before_anything_is_sent(server: Server) -> None:
    """Without an account nothing is sent, and the configuration is at fault."""
    with pytest.raises(ConfigurationError, match="not configured"):
        UmamiClient(server.url, user="", password="").login()
    assert server.seen == []


def test_a_log_in_without_a_token_is_an_error(server: Server) -> None:
    """A server that wants a second factor gives no token, which is an error."""
    server.answer("POST", "/api/auth/login", 200, b'{"requiresTwoFactor": true, "partialToken": "x"}')
    with pytest.raises(ApiError, match="expected token as str, got nothing"):
        client_of(server).login()


def test_a_token_that_ended_is_renewed(server: Server, umami_2: UmamiClient) -> None:
    """After 401 for a token that worked, the client logs in again, once."""
    umami_2.website(WEBSITE_2)
    server.answers["GET", WEBSITE_PATH].insert(0, (401, {}, b"401 Unauthorized"))
    server.answers["POST", "/api/auth/login"] = [(200, {}, b'{"token": "SECOND"}')]
    assert umami_2.website(WEBSITE_2).name == "Alpha Shop"
    assert server.seen[-1][2]["Authorization"] == "Bearer SECOND"


def test_an_account_that_may_not_see_a_website_is_a_configuration_error(server: Server, umami_2: UmamiClient) -> None:
    """After 401 for a new token, the client does not log in again."""
    server.answers["GET", WEBSITE_PATH] = [(401, {}, b"401 Unauthorized")]
    with pytest.raises(ConfigurationError, match=r"refused \(401\) right after logging in"):
        umami_2.website(WEBSITE_2)
    assert server.paths().count("POST /api/auth/login") == 1


def test_a_host_that_does_not_answer_is_inconclusive() -> None:
    """The result is inconclusive, and the message names the URL."""
    client = UmamiClient("http://127.0.0.1:1", user="a", password="b", timeout_s=1, retries=0)
    with pytest.raises(ApiError, match=r"127\.0\.0\.1:1/api/version") as caught:
        _ = client.version
    assert caught.value.exit_code == EXIT_INCONCLUSIVE


def test_a_log_in_is_not_repeated(server: Server) -> None:
    """A log-in is not repeated after 503, because it changes the server."""
    server.answer("POST", "/api/auth/login", 503, b"")
    with pytest.raises(ApiError, match="503"):
        client_of(server).login()
    assert server.paths() == ["POST /api/auth/login"]
