"""
What gives a value away without showing it, and PII that nobody planted.

`masks.py` reads lengths and parts off masks. `second_net.py` searches by pattern and checksum: `patterns.py` has the
shapes, `ranges.py` the numbers that were issued.
"""
