"""OpenReplay: wire format, stored recordings, API client and embedded collector."""
