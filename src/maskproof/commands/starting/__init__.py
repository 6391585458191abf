"""Begins a project for an application of one's own."""
