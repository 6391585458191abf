"""The overhead verdict: how much time tracking costs the user, measured in pairs, with bounds."""

from maskproof.overhead.measure import measure_overhead
from maskproof.overhead.model import Controls, Metric, OverheadReport

__all__ = ["Controls", "Metric", "OverheadReport", "measure_overhead"]
