"""Collects the suite for the reference application."""

from maskproof.suite.checks.test_forms import *  # noqa: F403 - the suite is the package's; this only collects it
from maskproof.suite.checks.test_project import *  # noqa: F403
