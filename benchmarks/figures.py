"""What every benchmark gives back: figures, each beside what it has to reach."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One measured figure.

    Attributes:
        name: What was measured, dotted: `scan.plain_mb_s`.
        value: What came out.
        unit: Its unit: `s`, `MB/s`, `messages/s`, `ratio`, ...
        bar: What it has to reach; None where it only informs.
        better: Whether more or less is better.

    """

    name: str
    value: float
    unit: str
    bar: float | None = None
    better: Literal["more", "less"] = "less"

    @property
    def reached(self) -> bool | None:
        """Whether the bar is reached; None without a bar."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.better == "more" else self.value <= self.bar
