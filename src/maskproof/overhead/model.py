"""The overhead verdict as plain values."""

from dataclasses import asdict, dataclass
from typing import Any

from maskproof.verdicts.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Metric:
    """
    One metric's paired difference, instrumented minus bare, in milliseconds.

    `median_ms` is Hodges and Lehmann's, `lower_ms` and `upper_ms` are its one-sided bounds. `upper_ms` under the
    margin is a pass, `lower_ms` over it a fail, anything else is inconclusive.
    """

    name: str
    pairs: int
    median_ms: float
    lower_ms: float
    upper_ms: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Controls:
    """
    What shows that the measurement works.

    `a_a` compares the bare build with itself and has to pass. `sabotage_60ms` compares it with itself plus 60 ms of
    busy work and must not pass.
    """

    a_a: Verdict
    sabotage_60ms: Verdict


@dataclass(frozen=True, slots=True)
class OverheadReport:
    """The whole measurement: verdict, every metric, controls, and how many seconds it took."""

    verdict: Verdict
    margin_ms: float
    metrics: tuple[Metric, ...]
    controls: Controls
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """The object that `maskproof overhead --json` prints."""
        return asdict(self)
