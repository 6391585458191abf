"""
Two sessions of one journey with two personas: a differential test.

`facts.py` lists what one session says, place by place, `run_to_run.py` what two runs never share, and
`comparison.py` reports every other difference.
"""
