"""The application's server: started by its command, ended by its id."""

import json
from pathlib import Path

import pytest

from maskproof.embedded.app_server import AppServer
from maskproof.errors import ConfigurationError

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
