"""The checks as pytest tests. `maskproof verify` collects them, here through `tests/verification/`."""
