"""
A generated corpus for the known-value detector: a seed makes it, nothing of it is stored.

Positives are coded by means that are not the detector's: the standard library, Node.js, and published
libraries. Negatives are recordings of journeys of other people, and near misses.
"""
