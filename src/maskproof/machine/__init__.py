"""
What the embedded target needs from a machine: it is downloaded once, kept in a cache, and started once as a test.

Read `cache.py` first: most modules here put something into the cache. `probe.py` starts each part once.
"""
