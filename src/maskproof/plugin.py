"""The pytest plugin of Maskproof: options and wiring of the suite."""
