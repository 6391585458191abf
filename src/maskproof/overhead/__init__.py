"""The overhead verdict: what tracking costs the user, measured in pairs, with an interval."""

from maskproof.overhead.measure import measure_overhead
from maskproof.overhead.model import Controls, Metric, OverheadReport

__all__ = ["Controls", "Metric", "OverheadReport", "measure_overhead"]
