"""
The differential test: two sessions of one journey with two personas.

`facts.py` lists what one session says, place by place. `run_to_run.py` lists what two runs never share.
`comparison.py` reports every other difference.
"""
