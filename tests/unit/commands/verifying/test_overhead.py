"""Bad input to `maskproof overhead`."""

from pathlib import Path

import pytest

from maskproof import cli
from maskproof.errors import EXIT_USAGE

Capture = pytest.CaptureFixture[str]


def test_a_live_target_refuses_sabotage(live: Path, capsys: Capture) -> None:
    """It is not ignored: the figures would be of another build than the one that was asked for."""
    assert cli.main(["overhead", "--switch", "guard=false"]) == EXIT_USAGE
    assert "--switch: a live target refuses sabotage" in capsys.readouterr().err
    assert live.is_dir()


def test_a_switch_without_a_value_is_wrong_usage(live: Path, capsys: Capture) -> None:
    """It is refused before anything is started."""
    assert cli.main(["overhead", "--switch", "guard"]) == EXIT_USAGE
    assert "expected NAME=VALUE" in capsys.readouterr().err
    assert live.is_dir()
