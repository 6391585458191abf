"""The target of a run: its configuration, and its clients."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.commands.conftest import LIVE, SECRET
from tests.unit.conftest import Server

from maskproof.environment import TOKENS_VARIABLE, WORKER_VARIABLE
from maskproof.errors import ConfigurationError, Inconclusive
from maskproof.openreplay.client import OpenReplayClient
from maskproof.recording.target import Target, confirm, live_openreplay_client, target_of
from maskproof.settings import Settings, load_settings

KEYS = dict.fromkeys(("DEMO_KEY", "DEMO_USER", "DEMO_PASSWORD"), SECRET)


def settings_of(folder: Path, text: str) -> Settings:
    """Settings of a configuration."""
    (folder / "maskproof.toml").write_text(text, encoding="utf-8")
    return load_settings(folder / "maskproof.toml", environment=KEYS)


@pytest.fixture
def target(tmp_path: Path, server: Server) -> Target:
    """A live target."""
    server.give("openreplay-api/python", "login-ok")
    server.give("openreplay-go", "go-conditions")
    server.give("umami-2.10", "version", "login-ok", "website-get")
    return target_of(settings_of(tmp_path, LIVE.format(url=server.url)), None)


def test_a_live_target_keeps_no_wire(target: Target) -> None:
    """A live target has no work folder, so only what was stored can be checked."""
    assert target.work_dir is None
    assert (target.project_id, target.session_deadline_s) == ("1", 0.1)


@pytest.mark.parametrize("table", ["[live.openreplay]", "[live.umami]"])
def test_a_live_target_that_is_half_configured_is_a_fault(tmp_path: Path, server: Server, table: str) -> None:
    """The message names the tables that a live target needs."""
    before, _, rest = LIVE.format(url=server.url).partition(table)
    text = before + rest[rest.find("[live.") :] if "[live." in rest else before
    with pytest.raises(ConfigurationError, match=r"needs \[live\.openreplay\], \[live\.umami\]"):
        target_of(settings_of(tmp_path, text), None)


def test_both_servers_are_asked_before_a_run(target: Target, server: Server) -> None:
    """There is one log-in on each server, and one request for the project's rate and for the website."""
    confirm(target)
    assert [path.partition("?")[0] for path in server.paths()] == [
        "POST /api/login",
        "GET /v2/api/1/conditions",
        "POST /api/auth/login",
        f"GET /api/websites/{target.website_id}",
    ]


def test_a_server_that_is_down_is_inconclusive(target: Target, server: Server) -> None:
    """A server that answers 503 ends the run before it begins."""
    server.answers["POST", "/api/login"] = [(503, {}, b"")]
    with pytest.raises(Inconclusive, match="503"):
        confirm(target)


def test_workers_share_one_log_in_outside_of_the_reports(
    target: Target, tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token is kept outside of the reports, which are passed on."""
    monkeypatch.setenv(TOKENS_VARIABLE, str(tmp_path / "tokens"))
    settings = settings_of(tmp_path, LIVE.format(url=server.url))
    for _ in range(2):
        confirm(target_of(settings, None))
    assert server.paths().count("POST /api/login") == 1
    assert {path.name for path in tmp_path.iterdir()} == {"maskproof.toml", "tokens"}
    assert target.work_dir is None


def test_an_audit_needs_openreplay_alone(tmp_path: Path, server: Server) -> None:
    """The client for an audit needs no `[live.umami]`."""
    text = LIVE.format(url=server.url).partition("[live.umami]")[0]
    client, project, key = live_openreplay_client(settings_of(tmp_path, text))
    assert (client.base_url, project, key) == (server.url, "1", KEYS["DEMO_KEY"])


def test_a_run_is_not_begun_without_the_services_of_the_sessions(
    target: Target, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log-in is another service's."""
    monkeypatch.setattr("maskproof.http.FIRST_PAUSE_S", 0.001)
    server.answers["GET", "/v2/api/1/conditions"] = [(502, {}, b"")]
    with pytest.raises(Inconclusive, match="conditions was answered with 502"):
        confirm(target)


@pytest.mark.parametrize(
    ("worker", "user"), [("", "first"), ("gw0", "first"), ("gw1", "second"), ("gw2", "first"), ("mine", "first")]
)
def test_workers_share_the_accounts_among_them(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, worker: str, user: str
) -> None:
    """A real server limits the requests of an account, and a log-in ends the older one of the same account."""
    monkeypatch.setenv(WORKER_VARIABLE, worker)
    monkeypatch.setitem(KEYS, "SECOND", "second")
    monkeypatch.setitem(KEYS, "DEMO_USER", "first")
    more = 'accounts = [{user_env = "SECOND", password_env = "DEMO_PASSWORD"}]\n[live.umami]'
    server.give("openreplay-api/python", "login-ok")
    server.give("openreplay-go", "go-conditions")
    target = target_of(settings_of(tmp_path, LIVE.format(url=server.url).replace("[live.umami]", more)), None)
    target.openreplay.conditions(1)
    assert server.seen[0][3]["email"] == user


def test_every_account_is_tried_before_a_run(target: Target, server: Server) -> None:
    """A worker would find out only after minutes that its account is not accepted."""
    confirm(replace(target, accounts=(target.openreplay, OpenReplayClient(server.url, user="b", password="c"))))
    assert server.paths().count("POST /api/login") == 2
