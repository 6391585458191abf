"""
Which findings count.

`judge.py` decides, by the policy of traces (`policy.py`), the accepted findings (`accepted.py`) and the configuration
(`configured.py`).
"""
