"""What an operator runs: a job that is waited for, and the red button."""
