"""Clients of servers of both versions, and the ids and spans of the recorded requests."""

import json
from typing import Any

import pytest
from tests.unit.conftest import DATA, Server

from maskproof.umami.client import UmamiClient

FOLDER_2, FOLDER_3 = "umami-2.10", "umami-3.1"
WEBSITE_2 = "38ad5fd0-5c98-41c9-b03c-54048e9448a7"
WEBSITE_3 = "012958da-fff4-421b-aa29-bb13fdad8ded"
UNKNOWN = "00000000-0000-4000-8000-000000000000"
SPAN_2 = {"start_ms": 1795398579251, "end_ms": 1795398704208}
SPAN_3 = {"start_ms": 1795398586130, "end_ms": 1795398711430}


def recorded(folder: str, name: str) -> Any:
    """The body of a recorded answer."""
    return json.loads((DATA / folder / f"{name}.json").read_text())["response"]["body"]


def client_of(server: Server) -> UmamiClient:
    """A client of the server, with an account."""
    return UmamiClient(server.url, user="admin", password="Example-Passw0rd", timeout_s=2, retries=1)


@pytest.fixture
def umami_2(server: Server) -> UmamiClient:
    """A client of a server with recorded answers of 2.10."""
    server.give(FOLDER_2, "version", "login-ok", "website-get")
    return client_of(server)


@pytest.fixture
def umami_3(server: Server) -> UmamiClient:
    """A client of a server with recorded answers of 3.1."""
    server.give(FOLDER_3, "version", "login-ok", "website-get")
    return client_of(server)
