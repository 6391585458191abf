"""Every check notices what is planted for it; none of them is green whatever the templates say."""

from pathlib import Path

import pytest

from deploy.checks.table import CHECKS
from deploy.tests.conftest import Synthesised
from deploy.tests.faults import FAULTS, of_check, planted

MINIMUM = 30


@pytest.mark.parametrize("title", FAULTS)
def test_a_planted_fault_is_seen(synthesised: Synthesised, title: str) -> None:
    """The check that is named for a fault finds it in the production profile, and nothing without it."""
    sound, fault = synthesised("production"), FAULTS[title]
    bad = planted(sound, fault)
    assert bad.text() != sound.text(), "nothing was planted"
    assert list(CHECKS[fault.check].run(bad)) != []


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_has_a_fault(name: str) -> None:
    """There is no check that nobody has seen fail."""
    assert any(of_check(name))


def test_there_are_enough_faults() -> None:
    """The table is no token."""
    assert len(FAULTS) >= MINIMUM


def test_the_page_has_these_figures() -> None:
    """The reference says how many checks and faults there are."""
    page = Path(__file__).parents[2] / "docs/reference/deployment.md"
    text = page.read_text(encoding="utf-8")
    assert f"{len(CHECKS)} checks over the templates" in text
    assert f"{len(FAULTS)} in all" in text
