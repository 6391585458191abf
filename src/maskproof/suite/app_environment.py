"""The environment of the application's own programs: nothing in it is the run's, such as the passwords of a target."""

from collections.abc import Mapping

from maskproof.environment import OF_A_RUN

# What pytest says of itself to its own processes; the tests of an application may be pytest's, too.
PYTEST = "PYTEST_"


def outside_a_run(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without what a run, and its pytest, tell their own processes."""
    return {name: value for name, value in environment.items() if name not in OF_A_RUN and PYTEST not in name}
