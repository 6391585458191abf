"""Whether everything that was started and sent has arrived."""

from maskproof.capture.analytics import check_analytics
from maskproof.capture.sessions import check_capture

__all__ = ["check_analytics", "check_capture"]
