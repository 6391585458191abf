"""
Hashes of values.

`hashes.py` is the table of functions. `known_digests.py` maps a digest to the value that was hashed; it asks
`hash_chains.py` for hashes of hashes. `raw_digests.py` finds digests as raw bytes inside other bytes.
"""
