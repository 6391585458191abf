"""
A corpus for the known-value detector. It is generated from a seed and not stored.

Positives are encoded with the standard library, Node.js and published libraries, never with the detector's own code.
Negatives are recordings of journeys of other people, and near misses.
"""
