"""The known-value detector: whatever form, encoding or hash a value takes, and wherever it lies."""

from maskproof.leaks.findings import Finding, ScanReport
from maskproof.leaks.scan import scan_fields, scan_session
from maskproof.leaks.searcher import Match, ScanOptions, Searcher
from maskproof.leaks.twin import compare_twins
from maskproof.leaks.values import Value, load_values, values_of

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
