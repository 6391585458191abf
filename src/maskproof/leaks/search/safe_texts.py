"""
The choke point: whatever is shown of a search or a run goes through the detector itself first.

A text that holds a value, in any form or encoding, or the long beginning of one, is shown without the words that hold
it. What leaks into a name, a message or a report by another way than the recording is stopped here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from maskproof.leaks.findings import ScanReport, Unread
from maskproof.leaks.search.searcher import Searcher

REDACTED = "[redacted]"
# The parts of a text: a label in quotation marks as a whole, words and steps of a path, and what stands between them.
PART = re.compile(r'"[^"/]*"|[^\s/"]+|[\s/]+|"')
# A text of more parts is not shown in part: looking for the parts that hold a value takes too long.
MOST_PARTS = 64


class SafeTexts:
    """
    Redacts texts with the search for the values that none of them may show.

    Args:
        searcher: The search.

    """

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._known: dict[str, str] = {}

    def text(self, text: str) -> str:
        """A text without the words that hold a value."""
        if text not in self._known:
            self._known[text] = self._redacted(text)
        return self._known[text]

    def texts(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Texts, each without the words that hold a value."""
        return tuple(map(self.text, texts))

    def value(self, value: Any) -> Any:  # noqa: ANN401 - JSON in, JSON out
        """A JSON value with every key and string in it redacted."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(str(key)): self.value(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        return value

    def report(self, report: ScanReport) -> ScanReport:
        """A report of a scan whose lines are redacted; its findings are made safe when they are made."""
        return replace(
            report,
            unscanned=self.texts(report.unscanned),
            problems=self.texts(report.problems),
            unread=tuple(map(self.unread, report.unread)),
        )

    def unread(self, unread: Unread) -> Unread:
        """What is said of a file that was not scanned, redacted."""
        return replace(unread, message=self.text(unread.message), hint=self.text(unread.hint))

    def _redacted(self, text: str) -> str:
        if not self._holds_value(text):
            return text
        parts = PART.findall(text)
        return self._without(parts) if len(parts) <= MOST_PARTS else REDACTED

    def _without(self, parts: Sequence[str]) -> str:
        """The parts of a text without the shortest runs of them that hold a value; nothing of it if that leaves one."""
        shown = list(parts)
        for size in range(1, len(parts)):
            for start in range(len(parts) - size + 1):
                run = shown[start : start + size]
                if REDACTED not in run and run[0].strip("/ ") and self._holds_value("".join(run)):
                    shown[start : start + size] = [REDACTED, *[""] * (size - 1)]
            whole = "".join(shown)
            if not self._holds_value(whole):
                return whole
        return REDACTED

    def _holds_value(self, text: str) -> bool:
        if not text:
            return False
        stopped: dict[int, str] = {}
        found = self._searcher.scan_many([text.encode("utf-8", "surrogatepass")], stopped=stopped)
        if stopped:  # what was not searched to its end is not shown
            return True
        return any(match.kind != "pattern" for _, match in found) or self._searcher.prefixes.begins_in(text)
