"""What doctor makes of a target that cannot even be started; its findings are tested with the command."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from maskproof.commands.verifying.examine import Finding, examine
from maskproof.errors import EXIT_INCONCLUSIVE, EXIT_USAGE, ConfigurationError, Inconclusive, MaskproofError
from maskproof.machine.probe import Probed
from maskproof.settings import Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The standard configuration."""
    (tmp_path / "maskproof.toml").write_text("", encoding="utf-8")
    return load_settings(tmp_path / "maskproof.toml")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ConfigurationError("no application is named", hint="name one"), EXIT_USAGE),
        (Inconclusive("PostgreSQL does not start", hint="name one"), EXIT_INCONCLUSIVE),
    ],
    ids=["configuration", "start"],
)
def test_a_target_that_does_not_start_is_a_finding(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, error: MaskproofError, status: int
) -> None:
    """With what the error says, what to do, and its status."""

    @contextlib.contextmanager
    def broken(*_: object, **__: object) -> Iterator[None]:
        raise error
        yield

    monkeypatch.setattr("maskproof.commands.verifying.examine.running_target", broken)
    monkeypatch.setattr("maskproof.commands.verifying.examine.probe_machine", list)
    assert examine(settings) == [Finding("target", "wrong", error.message, "name one", status)]


def test_a_machine_that_lacks_a_part_is_told_before_the_target(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A target that needs it is not started; every part has its line."""
    parts = [Probed("Node.js", "v24"), Probed("PostgreSQL", "", Inconclusive("it does not start", hint="mend it"))]
    monkeypatch.setattr("maskproof.commands.verifying.examine.probe_machine", lambda: parts)
    assert examine(settings) == [
        Finding("Node.js", "ok", "v24"),
        Finding("PostgreSQL", "wrong", "it does not start", "mend it", EXIT_INCONCLUSIVE),
    ]
