"""Serves a static build as its team's server would: files, seeded answers, and what is passed on to the team's API."""

from maskproof.embedded.static.server import StaticServer

__all__ = ["StaticServer"]
