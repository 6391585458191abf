"""Whether every session that was started and every event that was sent is stored."""

from maskproof.capture.analytics import check_analytics
from maskproof.capture.sessions import check_capture

__all__ = ["check_analytics", "check_capture"]
