"""A live run against a stand-in with a real server's delays and limits: no check is inconclusive."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import requests
from tests.integration.suite.conftest import ROOT
from tests.integration.suite.slow_server import Manners, SlowServer, SlowStack
from tests.unit.openreplay.collector.conftest import FakeTracker

from maskproof.machine.chromium import AS_ROOT, Chromium, hand_over, working_chromium
from maskproof.openreplay.client import OpenReplayClient
from maskproof.openreplay.collector import Collector
from maskproof.recording.addresses import StackAddresses
from maskproof.settings import load_settings

FORMS = ("sign-up", "contact", "search")
WORKERS = 3
APPLICATION = """
[paths]
forms = "{root}/fixtures/forms"
rules = "{root}/masking_rules"
[app.server]
command = ["{{python}}", "backend.py"]
cwd = "{root}/fixtures/app"
source = "{root}/fixtures/app"
"""
LIVE = """
[target]
kind = "live"
[paths]
forms = "forms"
rules = "{root}/masking_rules"
[app]
instrumented = "{app.instrumented}"
bare = "{app.bare}"
[run]
protocols = [2]
workers = {workers}
allow_submit = {forms}
allow_idle_rules = true
session_deadline_s = 120
recording_begins_ms = 10000
[live.openreplay]
ingest = "{openreplay.ingest}"
api = "{openreplay.api}"
project_id = {openreplay.project_id}
project_key_env = "SLOW_KEY"
user_env = "SLOW_USER"
password_env = "SLOW_PASSWORD"
api_key_env = "SLOW_API_KEY"
[live.umami]
url = "{umami.server}"
website_id = "{umami.website_id}"
user_env = "SLOW_UMAMI_USER"
password_env = "SLOW_UMAMI_PASSWORD"
"""
DEADLINE_S = 420


def keys_of(addresses: StackAddresses) -> dict[str, str]:
    """The environment of the run: keys, and a browser that shows pages of loopback without a sandbox."""
    openreplay, umami = addresses.openreplay, addresses.umami
    keys = {
        "SLOW_KEY": openreplay.project_key,
        "SLOW_USER": openreplay.user,
        "SLOW_PASSWORD": openreplay.password,
        "SLOW_API_KEY": openreplay.api_key,
        "SLOW_UMAMI_USER": umami.user,
        "SLOW_UMAMI_PASSWORD": umami.password,
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return kept | keys | hand_over(Chromium(working_chromium().path, AS_ROOT))


def verified(folder: Path, addresses: StackAddresses, forms: tuple[str, ...], workers: int) -> dict[str, Any]:
    """The summary of a live run in a folder of its own."""
    shutil.copytree(ROOT / "fixtures/forms", folder / "all")
    (folder / "forms").mkdir()
    for name in (*(f"{form}.yaml" for form in forms), "scripts.py"):
        shutil.copy(folder / "all" / name, folder / "forms")
    text = LIVE.format(
        root=ROOT,
        app=addresses.app,
        openreplay=addresses.openreplay,
        umami=addresses.umami,
        workers=workers,
        forms=json.dumps(forms),
    )
    (folder / "maskproof.toml").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "maskproof.cli", "verify"],
        cwd=folder,
        env=keys_of(addresses),
        capture_output=True,
        text=True,
        timeout=DEADLINE_S,
        check=False,
    )
    file = folder / "reports/summary.json"
    assert file.is_file(), done.stderr
    summary: dict[str, Any] = json.loads(file.read_text())
    return summary | {"status": done.returncode, "messages": done.stderr}


def test_the_limit_of_requests_is_that_of_a_real_server(tmp_path: Path) -> None:
    """More than 30 at once get 429 without `Retry-After`; a client with the same account waits and gets its session."""
    collector = Collector(tmp_path, session_idle_s=0.05)
    slow = SlowServer(collector.start(), Manners(stored_s=1.0, files=dict.fromkeys(Manners().files, 0.0), events_s=0.5))
    addresses = slow.start()
    try:
        tracker = FakeTracker(addresses.ingest, addresses.project_key)
        session = tracker.repeat_recorded("v2")
        tokens = tmp_path / "token"
        client = OpenReplayClient(addresses.api, user=addresses.user, password=addresses.password, token_file=tokens)
        client.login()
        headers = {"Authorization": f"Bearer {tokens.read_text()}"}
        url = f"{addresses.api}/v2/api/1/conditions"
        answers = [requests.get(url, headers=headers, timeout=5) for _ in range(80)]
        limited = [answer for answer in answers if answer.status_code == 429]
        assert len(limited) > 10
        assert {(answer.text, answer.headers.get("Retry-After")) for answer in limited} == {
            ("Too Many Requests\n", None)
        }
        stored = client.wait_for_session(1, session, 60)
        assert client.session_in_database(1, stored.replay, 60).gap == ""
    finally:
        slow.stop()
        collector.stop()


def test_no_check_is_inconclusive_on_a_server_with_delays_and_limits(tmp_path: Path) -> None:
    """Files come late and one by one, requests are limited, some fail: a worker waits for all of it, once."""
    (tmp_path / "stack.toml").write_text(APPLICATION.format(root=ROOT), encoding="utf-8")
    stack = SlowStack(load_settings(tmp_path / "stack.toml"), work_dir=tmp_path / "stack")
    try:
        summary = verified(tmp_path, stack.start(), FORMS, WORKERS)
    finally:
        stack.stop()
    verdicts = {(result["check"], result["form"]): result["verdict"] for result in summary["results"]}
    assert set(verdicts.values()) == {"pass"}, summary["messages"]
    assert (summary["status"], len({form for _, form in verdicts} & set(FORMS))) == (0, len(FORMS))
    assert stack.server.answered[503] > 0
    assert stack.server.early["dom.mobs"] > 0
