"""Configured commands: what their placeholders stand for, and what is said of one that cannot be started."""

import sys

import pytest

from maskproof.errors import ConfigurationError
from maskproof.machine.process import filled_in, start_command


def test_a_program_that_is_not_there_is_wrong_configuration() -> None:
    """The error says where it is configured."""
    with pytest.raises(ConfigurationError, match="toml:1: command: no-such-program cannot be started") as caught:
        start_command(["no-such-program"], place="toml:1: command")
    assert "{python}" in (caught.value.hint or "")


def test_placeholders_stand_for_python_and_the_port() -> None:
    """The interpreter is a whole argument; a port may be part of one."""
    assert filled_in(["{python}", "--port={port}"], 80) == [sys.executable, "--port=80"]
    assert filled_in(["x{python}", "{port}"]) == ["x{python}", "{port}"]
