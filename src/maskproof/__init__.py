"""Maskproof."""
