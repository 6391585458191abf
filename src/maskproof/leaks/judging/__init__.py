"""
Decides which findings count.

`judge.py` decides by the leak policy (`policy.py`) and the accepted findings (`accepted.py`); `configured.py` makes a
judge from the configuration.
"""
