"""
The embedded collector: speaks the tracker's ingest protocol, stores sessions as OpenReplay does, answers its API.

Sections in this package's comments are those that docs/reference/embedded-target.md lists.
"""

from maskproof.openreplay.collector.model import CollectorAddresses, Faults
from maskproof.openreplay.collector.server import Collector

__all__ = ["Collector", "CollectorAddresses", "Faults"]
