"""Inspections of a target that cannot be started; all others are tested with the command."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from maskproof.commands.verifying.examine import Inspection, examine
from maskproof.errors import EXIT_INCONCLUSIVE, EXIT_USAGE, ConfigurationError, Inconclusive, MaskproofError
from maskproof.machine.probe import Probed
from maskproof.settings import Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The default configuration."""
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
def test_a_target_that_does_not_start_is_an_inspection(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, error: MaskproofError, status: int
) -> None:
    """The inspection has message, hint and status of the error."""

    @contextlib.contextmanager
    def broken(*_: object, **__: object) -> Iterator[None]:
        raise error
        yield

    monkeypatch.setattr("maskproof.commands.verifying.examine.running_target", broken)
    monkeypatch.setattr("maskproof.commands.verifying.examine.probe_machine", lambda _: [])
    assert examine(settings) == [Inspection("target", "wrong", error.message, "name one", status)]


def test_a_machine_that_lacks_a_part_is_reported_before_the_target(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A target that needs the part is not started, and every part has its line."""
    parts = [Probed("Node.js", "v24"), Probed("PostgreSQL", "", Inconclusive("it does not start", hint="mend it"))]
    monkeypatch.setattr("maskproof.commands.verifying.examine.probe_machine", lambda _: parts)
    assert examine(settings) == [
        Inspection("Node.js", "ok", "v24"),
        Inspection("PostgreSQL", "wrong", "it does not start", "mend it", EXIT_INCONCLUSIVE),
    ]
