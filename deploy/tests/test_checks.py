"""Every profile passes every check."""

import pytest

from deploy.checks.table import CHECKS, checks_of
from deploy.tests.conftest import Synthesised
from deploy.tests.synthesising import PROFILES

CASES = [
    pytest.param(
        profile, name, id=f"{profile}-{name}", marks=[pytest.mark.criterion(item) for item in CHECKS[name].criteria]
    )
    for profile in PROFILES
    for name in checks_of(profile)
]


@pytest.mark.parametrize(("profile", "name"), CASES)
def test_a_profile_passes_a_check(synthesised: Synthesised, profile: str, name: str) -> None:
    """The check finds nothing in the templates of the profile."""
    assert list(CHECKS[name].run(synthesised(profile))) == []
