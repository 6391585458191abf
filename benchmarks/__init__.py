"""Benchmarks: measured figures, each beside the bar that it has to reach."""
