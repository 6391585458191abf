"""OpenReplay: the wire format, stored recordings, the API client and the embedded collector."""
