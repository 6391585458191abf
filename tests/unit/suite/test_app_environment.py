"""The application's own programs get nothing that is the run's."""

from maskproof.environment import OF_A_RUN
from maskproof.suite.app_environment import outside_a_run


def test_what_a_run_tells_its_own_processes_is_left_out() -> None:
    """Passwords of the target, and what pytest says of itself; everything else stays."""
    own = dict.fromkeys([*OF_A_RUN, "PYTEST_CURRENT_TEST", "PYTEST_XDIST_WORKER"], "own")
    assert outside_a_run({**own, "PATH": "/bin", "MASKPROOF_CACHE": "/cache"}) == {
        "PATH": "/bin",
        "MASKPROOF_CACHE": "/cache",
    }
