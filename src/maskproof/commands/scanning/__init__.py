"""Commands that search what is there: `scan`, `audit`, `decode`. `shared.py` has what they have in common."""
