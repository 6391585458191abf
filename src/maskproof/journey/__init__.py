"""Drives one journey through a form in a browser and keeps a ledger of what happened."""

from maskproof.journey.driver import run_journey
from maskproof.journey.model import (
    BrokenByTracking,
    Click,
    JourneyFailed,
    Ledger,
    LedgerStep,
    NotRecorded,
    Send,
    SessionStart,
    Submission,
)
from maskproof.journey.pace import FLUSH, IS_ACTIVE
from maskproof.journey.trackers import Trackers

__all__ = [
    "FLUSH",
    "IS_ACTIVE",
    "BrokenByTracking",
    "Click",
    "JourneyFailed",
    "Ledger",
    "LedgerStep",
    "NotRecorded",
    "Send",
    "SessionStart",
    "Submission",
    "Trackers",
    "run_journey",
]
