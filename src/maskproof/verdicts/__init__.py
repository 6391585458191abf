"""The words of a result: checks and their titles, outcomes, verdicts, criteria."""
