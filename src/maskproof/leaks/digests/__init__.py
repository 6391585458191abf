"""
Hashes of values.

`hashes.py` is the table of functions. `known_digests.py` answers what a digest is the hash of; it asks
`hash_chains.py` for hashes of hashes. `raw_digests.py` finds digests as bytes inside other bytes.
"""
