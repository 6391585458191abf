"""The application's server: started by its command, ended by its id."""

import json
from pathlib import Path

import pytest

from maskproof.embedded import app_server
from maskproof.embedded.app_server import AppServer
from maskproof.errors import ConfigurationError
from maskproof.machine.waiting import wait_until

GOOD = (
    "import json, sys, time\n"
    "print(json.dumps({'instrumented': 'http://127.0.0.1:1/', 'bare': 'http://127.0.0.1:2/'}), flush=True)\n"
    "time.sleep(60)\n"
)


def server(tmp_path: Path, program: str) -> AppServer:
    """A server whose program is the given Python text."""
    script = tmp_path / "server.py"
    script.write_text(program)
    return AppServer(["{python}", str(script)], cwd=tmp_path, folder=tmp_path / "work")


def test_the_addresses_are_read_from_the_first_line(tmp_path: Path) -> None:
    """The addresses are those of the printed line, without trailing slashes."""
    app = server(tmp_path, GOOD)
    try:
        addresses = app.start(instrumented=tmp_path, bare=tmp_path, config={"openreplay": {}})
    finally:
        app.stop()
    assert (addresses.instrumented, addresses.bare) == ("http://127.0.0.1:1", "http://127.0.0.1:2")
    assert json.loads((tmp_path / "work" / "tracking-config.json").read_text()) == {"openreplay": {}}


def test_a_server_that_ends_is_an_error_that_names_its_log(tmp_path: Path) -> None:
    """A program that ends and prints nothing is a configuration error, which names the log."""
    with pytest.raises(ConfigurationError, match="one line of JSON") as caught:
        server(tmp_path, "").start(instrumented=tmp_path, bare=tmp_path, config={})
    assert "app-server.log" in caught.value.hint


def test_a_command_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """The error names the missing program."""
    app = AppServer(["no-such-program"], cwd=tmp_path, folder=tmp_path / "work")
    with pytest.raises(ConfigurationError, match="no-such-program"):
        app.start(instrumented=tmp_path, bare=tmp_path, config={})


def test_half_a_line_does_not_block_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that prints no line end, and goes on, is a configuration error after the deadline."""
    monkeypatch.setattr(app_server, "START_DEADLINE_S", 0.5)
    program = "import sys, time\nsys.stdout.write('{')\nsys.stdout.flush()\ntime.sleep(60)\n"
    with pytest.raises(ConfigurationError, match="one line of JSON"):
        server(tmp_path, program).start(instrumented=tmp_path, bare=tmp_path, config={})


def test_a_server_that_prints_on_never_meets_a_full_pipe(tmp_path: Path) -> None:
    """What it prints after its addresses is read and dropped: the file shows that it got past a full pipe."""
    program = GOOD.replace("time.sleep(60)", "print('x' * (1 << 20), flush=True); open('done', 'w'); time.sleep(60)")
    app = server(tmp_path, program)
    try:
        app.start(instrumented=tmp_path, bare=tmp_path, config={})
        assert wait_until((tmp_path / "done").exists, deadline_s=10)
    finally:
        app.stop()
