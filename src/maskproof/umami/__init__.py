"""Umami: the client of its API (2.10 and v3), the tap on its wire, and the embedded server."""
