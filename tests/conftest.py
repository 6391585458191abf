"""Hypothesis profiles: few examples, always the same, for the tests; many new examples for `make fuzz`."""

import os

from hypothesis import settings

settings.register_profile("tests", max_examples=100, deadline=None, derandomize=True)
settings.register_profile("fuzz", max_examples=20_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "tests"))
