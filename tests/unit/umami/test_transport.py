"""Logging in to Umami, and what happens when a token ends."""

import pytest
from tests.unit.conftest import Server
from tests.unit.umami.conftest import FOLDER_2, FOLDER_3, WEBSITE_2, client_of

from maskproof.errors import EXIT_INCONCLUSIVE, EXIT_USAGE, ConfigurationError
from maskproof.http import ApiError
from maskproof.umami.client import UmamiClient

WEBSITE_PATH = f"/api/websites/{WEBSITE_2}"


def test_one_log_in_serves_all_calls(server: Server, umami_2: UmamiClient) -> None:
    """The token goes with each request, and no password does."""
    umami_2.website(WEBSITE_2)
    umami_2.website(WEBSITE_2)
    assert server.paths().count("POST /api/auth/login") == 1
    assert server.seen[-1][2]["Authorization"] == "Bearer TOKEN"


@pytest.mark.parametrize("folder", [FOLDER_2, FOLDER_3])
def test_an_account_that_is_not_accepted_is_a_configuration_error(server: Server, folder: str) -> None:
    """The message names address and status, neither account nor password."""
    server.give(folder, "login-wrong-password")
    with pytest.raises(ConfigurationError, match=r"does not accept the account \(status 401\)") as caught:
        client_of(server).login()
    assert server.url in str(caught.value)
    assert "Passw0rd" not in str(caught.value)
    assert caught.value.exit_code == EXIT_USAGE


def test_no_account_is_said_before_anything_is_sent(server: Server) -> None:
    """What is missing is a fault of the configuration."""
    with pytest.raises(ConfigurationError, match="not configured"):
        UmamiClient(server.url, user="", password="").login()
    assert server.seen == []


def test_a_log_in_without_a_token_is_an_error(server: Server) -> None:
    """Newer servers may ask for a second factor, which nobody can give here."""
    server.answer("POST", "/api/auth/login", 200, b'{"requiresTwoFactor": true, "partialToken": "x"}')
    with pytest.raises(ApiError, match="expected token as str, got nothing"):
        client_of(server).login()


def test_a_token_that_ended_is_renewed(server: Server, umami_2: UmamiClient) -> None:
    """401 on a token that worked means: log in again, once."""
    umami_2.website(WEBSITE_2)
    server.answers["GET", WEBSITE_PATH].insert(0, (401, {}, b"401 Unauthorized"))
    server.answers["POST", "/api/auth/login"] = [(200, {}, b'{"token": "SECOND"}')]
    assert umami_2.website(WEBSITE_2).name == "Alpha Shop"
    assert server.seen[-1][2]["Authorization"] == "Bearer SECOND"


def test_an_account_that_may_not_see_a_website_is_a_configuration_error(server: Server, umami_2: UmamiClient) -> None:
    """401 right after logging in does not end in an endless loop."""
    server.answers["GET", WEBSITE_PATH] = [(401, {}, b"401 Unauthorized")]
    with pytest.raises(ConfigurationError, match=r"refused \(401\) right after logging in"):
        umami_2.website(WEBSITE_2)
    assert server.paths().count("POST /api/auth/login") == 1


def test_a_host_that_does_not_answer_is_inconclusive() -> None:
    """Nothing can be said then; the address is named."""
    client = UmamiClient("http://127.0.0.1:1", user="a", password="b", timeout_s=1, retries=0)
    with pytest.raises(ApiError, match=r"127\.0\.0\.1:1/api/version") as caught:
        _ = client.version
    assert caught.value.exit_code == EXIT_INCONCLUSIVE


def test_a_log_in_is_not_repeated(server: Server) -> None:
    """It is no request that changes nothing."""
    server.answer("POST", "/api/auth/login", 503, b"")
    with pytest.raises(ApiError, match="503"):
        client_of(server).login()
    assert server.paths() == ["POST /api/auth/login"]
