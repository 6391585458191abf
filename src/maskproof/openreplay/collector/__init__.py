"""
The embedded collector: speaks the tracker's ingest protocol, stores sessions as OpenReplay does, answers its API.

Section numbers in the comments of this package refer to the list in docs/reference/embedded-target.md.
"""

from maskproof.openreplay.collector.model import CollectorAddresses, Faults
from maskproof.openreplay.collector.server import Collector

__all__ = ["Collector", "CollectorAddresses", "Faults"]
