"""
Codings and hashes that no known tracker uses, one module a family: found by default, left out by `--no-rare`.

They are here because a leak is one in any notation, and apart because they pay for little: a reader of the detector
can skip this folder. The rooms below take what a search adds to them as a parameter; `bundle.py` puts it together.
"""
