"""What every benchmark returns: figures, each beside the bar that it has to reach."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One measured figure.

    Attributes:
        name: What was measured, dotted: `scan.plain_mb_s`.
        value: The result.
        unit: Its unit: `s`, `MB/s`, `messages/s`, `ratio`, ...
        bar: The value that it has to reach; None if the figure is for information only.
        better: Whether higher (`more`) or lower (`less`) values are better.

    """

    name: str
    value: float
    unit: str
    bar: float | None = None
    better: Literal["more", "less"] = "less"

    @property
    def reached(self) -> bool | None:
        """Whether the value reaches the bar; None without a bar."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.better == "more" else self.value <= self.bar
