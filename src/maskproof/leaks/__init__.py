"""
The detector: finds known values in any form, encoding or hash.

Read `search/` first and follow a text down: to `decoding/`, `digests/` and `spelling/`. `files/` and `twin/` provide
texts; `judging/` decides which findings count.
"""

from maskproof.leaks.findings import Finding, ScanReport
from maskproof.leaks.search.matches import Match
from maskproof.leaks.search.scan import scan_fields, scan_session
from maskproof.leaks.search.searcher import ScanOptions, Searcher
from maskproof.leaks.spelling.values import Value, load_values, values_of
from maskproof.leaks.twin.comparison import compare_twins

__all__ = [
    "Finding",
    "Match",
    "ScanOptions",
    "ScanReport",
    "Searcher",
    "Value",
    "compare_twins",
    "load_values",
    "scan_fields",
    "scan_session",
    "values_of",
]
