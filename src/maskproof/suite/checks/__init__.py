"""The checks as pytest tests; `tests/verification/` collects them, and `maskproof verify` does anywhere."""
