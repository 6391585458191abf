"""The result about the deployment: what passed, what failed, and what needs an account."""

from deploy.checks.criteria import EVALUATED, FAILED, LIVE, NOT_CHECKED, merged, states


def test_every_criterion_of_both_stories_has_a_state() -> None:
    """What no test speaks for is not checked, with what would show it; what tests speak for is theirs to say."""
    found = states({"4.1 AC2": [True, True], "4.2 IV1": [True, False], "4.1 AC3": []}, EVALUATED)
    assert found["4.1 AC2"][0] == EVALUATED
    assert found["4.2 IV1"][0] == FAILED
    assert found["4.1 AC6"][0] == NOT_CHECKED
    assert found["4.1 AC6"][1].startswith("not run")
    assert "4.1 AC3" not in found


def test_evaluation_and_account_complete_each_other() -> None:
    """What was seen live stays when templates are evaluated again, and a failure is never covered by silence."""
    earlier = {"a": (LIVE, ""), "b": (FAILED, ""), "c": (EVALUATED, ""), "d": (LIVE, "")}
    found = {"a": (EVALUATED, ""), "b": (NOT_CHECKED, ""), "c": (FAILED, ""), "d": (FAILED, ""), "e": (NOT_CHECKED, "")}
    states_now = {name: state for name, (state, _) in merged(earlier, found).items()}
    assert states_now == {"a": LIVE, "b": FAILED, "c": FAILED, "d": FAILED, "e": NOT_CHECKED}
