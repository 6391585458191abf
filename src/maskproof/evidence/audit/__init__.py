"""The audit pack: recorded sessions for a person to look at, how they were chosen, and what is signed."""
