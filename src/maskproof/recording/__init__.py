"""Records journeys against a target, and pulls what each left behind."""
