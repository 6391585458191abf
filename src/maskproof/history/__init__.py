"""The history of runs, for dashboards: one narrow row a run and one a finding, never a value."""

from maskproof.history.rows import FindingRow, History, RunRow, read_history

__all__ = ["FindingRow", "History", "RunRow", "read_history"]
