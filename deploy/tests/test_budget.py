"""The month of each profile is within its budget, and says which prices nobody has verified."""

import pytest

from deploy.budget.arithmetic import month, read_prices
from deploy.budget.quantities import quantities
from deploy.checks.synthesis import Synthesis
from deploy.tests.conftest import Synthesised
from deploy.tests.faults import Fault, planted


def total(synthesis: Synthesis) -> float:
    """What a month costs."""
    return month(quantities(synthesis), read_prices(), synthesis.profile.budget.monthly_usd).total


@pytest.mark.parametrize("profile", ["small", "production"])
def test_a_profile_is_within_its_budget(synthesised: Synthesised, profile: str) -> None:
    """The total is below the limit; each unverified price is named."""
    synthesis = synthesised(profile)
    made = month(quantities(synthesis), read_prices(), synthesis.profile.budget.monthly_usd)
    print(
        f"{profile}: {made.total:.0f} of {made.limit} USD a month; unverified: {', '.join(made.unverified) or 'none'}"
    )
    assert made.within
    assert set(made.unverified) == {row.name for row in made.rows if not read_prices()[row.name].verified}


def test_more_tasks_cost_more(synthesised: Synthesised) -> None:
    """The total is computed from the template: fifty tasks more break the budget."""

    def plant(synthesis: Synthesis) -> None:
        synthesis.services()["http"]["DesiredCount"] = 50

    sound = synthesised("production")
    bad = planted(sound, Fault("budget", plant))
    assert total(bad) > sound.profile.budget.monthly_usd > total(sound)
