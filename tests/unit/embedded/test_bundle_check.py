"""What a build shows is held against rules and protocol versions."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.commands.verifying.wrong_configurations import write_project
from tests.unit.samples import FORM

from maskproof.embedded.bundle_check import check_bundle, check_protocols
from maskproof.errors import ConfigurationError
from maskproof.rules import load_rules
from maskproof.settings import load_settings

APP = "dist/instrumented/app.js"


def bundle_notes(folder: Path, text: str) -> list[str]:
    """What is said of a project whose bundle holds a text."""
    (folder / APP).write_text(text)
    settings = load_settings(folder / "maskproof.toml")
    assert settings.app.server
    return list(
        check_bundle(
            settings, "app.server.instrumented_dir", folder / "dist/instrumented", load_rules(folder / "rules")
        )
    )


def protocol_notes(folder: Path, tracker: str, protocols: str, asked: tuple[int, ...] = (1, 2)) -> list[str]:
    """What is said of a project with a tracker, a configured value and a form."""
    write_project(folder)
    (folder / APP).write_text(f'trackerVersion:"{tracker}"')
    file = folder / "maskproof.toml"
    file.write_text(file.read_text().replace("protocols = [1, 2]\n", protocols))
    return list(check_protocols(load_settings(file), [replace(FORM, protocols=asked)]))


def test_a_bundle_of_the_current_rules_and_a_known_tracker_says_nothing(tmp_path: Path) -> None:
    """A left-over of older rules beside them does no harm."""
    write_project(tmp_path)
    current = (tmp_path / APP).read_text()
    assert bundle_notes(tmp_path, f'{current};x="maskproof-rules:000000000000";trackerVersion:"19.0.1"') == []


def test_a_bundle_without_a_stamp_is_reported_and_not_refused(tmp_path: Path) -> None:
    """It may be an older one, or one that masks without rules."""
    write_project(tmp_path)
    (line,) = bundle_notes(tmp_path, 'trackerVersion:"19.0.1"')
    assert "does not show which masking rules" in line


def test_a_bundle_of_other_rules_is_refused(tmp_path: Path) -> None:
    """The message has both versions."""
    write_project(tmp_path)
    with pytest.raises(ConfigurationError, match="built from other rules: 0123456789ab"):
        bundle_notes(tmp_path, 'x="maskproof-rules:0123456789ab"')


def test_a_tracker_that_was_never_checked_is_unknown(tmp_path: Path) -> None:
    """A made-up version among them."""
    write_project(tmp_path)
    current = (tmp_path / APP).read_text()
    (line,) = bundle_notes(tmp_path, f'{current};trackerVersion:"19.77.1"')
    assert line.startswith("OpenReplay tracker 19.77.1 is unknown")


@pytest.mark.parametrize("protocols", ["", 'protocols = "auto"\n'])
def test_auto_takes_what_the_tracker_speaks(tmp_path: Path, protocols: str) -> None:
    """It is the default, and says so where it leaves a version out."""
    (line,) = protocol_notes(tmp_path, "17.2.11", protocols)
    assert line == "OpenReplay tracker 17.2.11 speaks protocol version 1 only"
    assert load_settings(tmp_path / "maskproof.toml").run.protocols == (1,)


@pytest.mark.parametrize("protocols", ["protocols = [2]\n", "protocols = [1, 2]\n"])
def test_a_version_that_the_tracker_does_not_speak_is_refused(tmp_path: Path, protocols: str) -> None:
    """It would look like sessions that are lost."""
    with pytest.raises(
        ConfigurationError, match=r"toml:15: run.protocols: asks for protocol version 2, and OpenReplay"
    ):
        protocol_notes(tmp_path, "16.4.10", protocols)


def test_a_form_that_is_left_out_is_named(tmp_path: Path) -> None:
    """A form that no protocol version of the run fits is not recorded at all."""
    left_out, _ = protocol_notes(tmp_path, "17.0.0", "", asked=(2,))
    assert left_out == "form demo is left out: it asks for protocol version 2, and this run has 1"
