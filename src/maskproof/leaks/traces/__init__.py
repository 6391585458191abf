"""
Traces that reveal a value without showing it, and PII that nobody planted.

`masks.py` reads lengths and parts from masks. `second_net.py` is the pattern-based detection: `patterns.py` has the
shapes, `ranges.py` the numbers that were issued.
"""
