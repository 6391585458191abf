"""Benchmarks: a figure each, beside what it has to reach."""
