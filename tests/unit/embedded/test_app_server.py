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


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("", "ended with status 0: it said nothing"),
        ("import sys; print('no key', file=sys.stderr); sys.exit(3)", "ended with status 3: no key"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "ended with status -9: it said nothing"),
        ("import os, time; os.close(1); time.sleep(60)", "closed its output without a line"),
        ("print('Listening'); import time; time.sleep(60)", "is: Listening"),
        ("print('[]')", "has to be JSON with two URLs, and is: []"),
        ('print(\'{"bare": "http://127.0.0.1:2"}\')', "lacks 'instrumented'"),
        ('print(\'{"bare": 1, "instrumented": 2}\')', "has to be JSON with two URLs"),
        (GOOD.replace("127.0.0.1:2", "127.0.0.1:0"), "an address that cannot be: http://127.0.0.1:0"),
        (GOOD.replace("http://127.0.0.1:2/", ""), "an address that cannot be: an empty one"),
        (GOOD.replace("127.0.0.1:2", "127.0.0.1:1"), "one address for both builds"),
    ],
)
def test_what_is_wrong_with_a_server_is_said_at_once(tmp_path: Path, program: str, message: str) -> None:
    """Its status and last line, or its first line where that is not what was expected; then it is ended."""
    app = server(tmp_path, f"import sys\nsys.stdout.reconfigure(line_buffering=True)\n{program}")
    with pytest.raises(ConfigurationError) as caught:
        app.start(instrumented=tmp_path, bare=tmp_path, config={})
    assert message in caught.value.message
    assert app.log_path.is_file()


def test_a_port_that_is_taken_is_said_so(tmp_path: Path) -> None:
    """The remedy is another than to read the log."""
    program = "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_server(s.getsockname())"
    with pytest.raises(ConfigurationError, match="in use") as caught:
        server(tmp_path, program).start(instrumented=tmp_path, bare=tmp_path, config={})
    assert "taken by another program" in caught.value.hint


def test_a_command_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """The error names the missing program."""
    app = AppServer(["no-such-program"], cwd=tmp_path, folder=tmp_path / "work")
    with pytest.raises(ConfigurationError, match="no-such-program"):
        app.start(instrumented=tmp_path, bare=tmp_path, config={})


def test_half_a_line_does_not_block_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that prints no line end, and goes on, is a configuration error after the deadline."""
    monkeypatch.setattr(app_server, "START_DEADLINE_S", 0.5)
    program = "import sys, time\nsys.stdout.write('{')\nsys.stdout.flush()\ntime.sleep(60)\n"
    with pytest.raises(ConfigurationError, match="printed no line"):
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
