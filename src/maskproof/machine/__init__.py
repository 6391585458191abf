"""
What the embedded target needs of a machine: fetched once, kept in a cache, started once before the work.

Read `cache.py` first: everything else here puts something into it. `probe.py` starts each part once.
"""
