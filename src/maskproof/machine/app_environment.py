"""
The environment of the application's own programs: that of the user, without what is the run's, such as passwords.

npm and Node.js are found in it also where the machine has none; those of the machine come first.
"""

import os
import sysconfig
from collections.abc import Mapping

from maskproof.environment import OF_A_RUN
from maskproof.machine.node import node_folder

# What pytest says of itself to its own processes; the tests of an application may be pytest's, too.
PYTEST = "PYTEST_"


def app_environment() -> dict[str, str]:
    """The environment in which a configured command runs."""
    return {**outside_a_run(os.environ), "PATH": app_path()}


def app_path() -> str:
    """The search path of such a command."""
    return os.pathsep.join((os.environ.get("PATH", os.defpath), sysconfig.get_path("scripts"), str(node_folder())))


def outside_a_run(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without what a run, and its pytest, tell their own processes."""
    return {name: value for name, value in environment.items() if name not in OF_A_RUN and PYTEST not in name}
